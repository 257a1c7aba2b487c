import type { Alert } from '@stratora/contract';
import { plural } from '../ui/format/units.ts';
import { namedSummary } from './alert-words.ts';

/** What a page remembers of the alerts that it saw. */
export interface AlertMemory {
  /** When the newest alert began that was there at the first look; empty where there was none. */
  readonly begin: string;
  /** Alerts that were told, or were there at the first look. */
  readonly known: ReadonlySet<string>;
  /** Alerts that were held or muted when they were last seen: they are news once they are not. */
  readonly quiet: ReadonlySet<string>;
}

/**
 * Finds what is new among the newest alerts since the last look. The first look finds nothing new; and an older one that
 * moves up, as a newer one ends, is none either.
 */
export function lookAtAlerts(
  alerts: readonly Alert[],
  memory: AlertMemory | undefined,
): { readonly fresh: readonly Alert[]; readonly memory: AlertMemory } {
  const begin =
    memory?.begin ?? alerts.map(({ triggered_at: at }) => at).reduce((a, b) => (a > b ? a : b), '');
  const known = new Set(memory?.known);
  const quiet = new Set(memory?.quiet);
  const fresh: Alert[] = [];
  for (const alert of alerts) {
    if (alert.held !== null || alert.muted !== null) {
      if (!known.has(alert.id)) quiet.add(alert.id);
      continue;
    }
    const isNews = !known.has(alert.id) && (alert.triggered_at > begin || quiet.has(alert.id));
    known.add(alert.id);
    quiet.delete(alert.id);
    if (isNews && memory !== undefined) fresh.push(alert);
  }
  return { fresh, memory: { begin, known, quiet } };
}

/** Says in one sentence what is new: one by its text, several by their number and the worst of them. */
export function newAlertsWords(alerts: readonly Pick<Alert, 'severity' | 'summary' | 'node_name'>[]): string {
  const [first] = alerts;
  if (first === undefined) return '';
  const critical = alerts.filter(({ severity }) => severity === 'critical');
  if (alerts.length === 1) return `New ${first.severity} alert: ${namedSummary(first)}`;
  const worst = critical[0] ?? first;
  const count = critical.length > 0 ? `, ${critical.length} critical` : '';
  return `${plural(alerts.length, 'new alert')}${count}: ${namedSummary(worst)} and others`;
}
