import {
  ALERT_SEVERITIES,
  type AlertDefinition,
  type AlertSeverity,
  measuredOrNull,
  type WhyValue,
} from '@stratora/contract';
import type { RangeSeries } from '@stratora/victoriametrics';
import { firesAt, instanceName, severityOf } from '../rules/index.ts';

type Thresholds = Pick<AlertDefinition, 'comparison' | 'warning' | 'critical' | 'instance_labels'>;

export interface WhyRange {
  readonly startMs: number;
  readonly endMs: number;
  readonly stepMs: number;
}

/** Milliseconds between two evaluations. */
const STEP_MS = 10_000;
/** Milliseconds before the duration of a definition that are looked at, to find the begin. */
const BEFORE_MS = 600_000;
/** Most points of a series that are asked for. */
const POINTS_MAX = 2000;

/** Returns the range in which a value that is bad for long enough is seen to be, in coarser steps where it is long. */
export function rangeBefore(atMs: number, durationSeconds: number): WhyRange {
  const spanMs = durationSeconds * 1000 + BEFORE_MS;
  const stepMs = STEP_MS * Math.ceil(spanMs / STEP_MS / POINTS_MAX);
  return { startMs: atMs - spanMs, endMs: atMs, stepMs };
}

/** Works out of the series of a range that ends at a moment what each was then, and since when it had been bad. */
export function valuesAt(
  series: readonly RangeSeries[],
  definition: Thresholds,
  { endMs: atMs, stepMs }: Omit<WhyRange, 'startMs'>,
): WhyValue[] {
  return series
    .map(({ metric, points }) => {
      const last = points.findLast(([timeMs]) => timeMs > atMs - stepMs && timeMs <= atMs);
      const severity = last ? severityAt(last[1], definition) : null;
      const badSince = severity === null ? null : beginOf(points, definition, { atMs, stepMs });
      const { __name__: _, ...labels } = metric;
      return {
        instance: instanceName(metric, definition.instance_labels),
        labels,
        value: measuredOrNull(last?.[1]),
        severity,
        threshold:
          severity === 'critical' ? definition.critical : (definition.warning ?? definition.critical),
        bad_since: badSince === null ? null : new Date(badSince).toISOString(),
      };
    })
    .toSorted((a, b) => rank(b) - rank(a) || (a.instance < b.instance ? -1 : 1));
}

function severityAt(value: number, definition: Thresholds): AlertSeverity | null {
  const level = firesAt(definition, value);
  return level === 0 ? null : severityOf(level);
}

/** Goes back from a moment to where the values began to be bad, without a gap. */
function beginOf(
  points: RangeSeries['points'],
  definition: Thresholds,
  { atMs, stepMs }: { atMs: number; stepMs: number },
): number {
  let begin = atMs;
  for (const [timeMs, value] of points.toReversed()) {
    if (timeMs > atMs) continue;
    if (begin - timeMs > stepMs || severityAt(value, definition) === null) break;
    begin = timeMs;
  }
  return begin;
}

function rank({ severity }: WhyValue): number {
  return severity === null ? 0 : ALERT_SEVERITIES.indexOf(severity) + 1;
}
