import { ALERT_SEVERITIES, type AlertSeverity } from '@stratora/contract';

/** Rank of a severity; 0 is none. */
export type Level = 0 | 1 | 2 | 3;

export function severityOf(level: Level): AlertSeverity {
  return ALERT_SEVERITIES[Math.max(level, 1) - 1] ?? 'info';
}

export function levelOf(severity: AlertSeverity | null): Level {
  return severity === null ? 0 : ((ALERT_SEVERITIES.indexOf(severity) + 1) as Level);
}
