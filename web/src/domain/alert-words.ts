import type { Alert, HeldReason } from '@stratora/contract';
import { measuredNumber } from '@stratora/contract/measured-value';
import { formatAgo, formatMoment, type ZoneChoice } from '../ui/format/time.ts';
import { plural } from '../ui/format/units.ts';
import { formatMeasure } from './measure.ts';

/** Names what an alert is about: its node, its collector, or the system itself. */
export function subjectOf({
  node_name: node,
  component_name: component,
}: Pick<Alert, 'node_name' | 'component_name'>): string {
  return node ?? component ?? 'Stratora itself';
}

/** The text of an alert with the name of its node before it, where the text does not have it: for places that name no node. */
export function namedSummary({ summary, node_name: node }: Pick<Alert, 'summary' | 'node_name'>): string {
  return node === null || summary.includes(node) ? summary : `${node}: ${summary}`;
}

/** The page of what an alert is about; none for the system. */
export function subjectAddress({
  node_id: node,
  component_id: component,
}: Pick<Alert, 'node_id' | 'component_id'>): string | undefined {
  if (node !== null) return `/nodes/${node}`;
  return component === null ? undefined : `/collection/components/${component}`;
}

/** "98 %, above 95 %", or "93 %, fires above 95 %" where it is on its way back; empty where there is no value. */
export function valueWords(alert: Pick<Alert, 'value' | 'threshold' | 'comparison' | 'unit'>): string {
  const { value, threshold, comparison, unit } = alert;
  if (value === null) return '';
  if (threshold === null) return formatMeasure(value, unit);
  const number = measuredNumber(value);
  const isBeyond = comparison === '>' ? number > threshold : number < threshold;
  return `${formatMeasure(value, unit)}, ${isBeyond ? '' : 'fires '}${limitWords(alert)}`;
}

/** "above 95 %": the limit beyond which the value is bad. */
export function limitWords({
  threshold,
  comparison,
  unit,
}: Pick<Alert, 'threshold' | 'comparison' | 'unit'>): string {
  if (threshold === null) return '';
  return `${comparison === '>' ? 'above' : 'below'} ${formatMeasure(threshold, unit)}`;
}

const HELD_WORDS: Readonly<Record<HeldReason, string>> = {
  unreachable: 'node is unreachable',
  upstream: 'upstream is down',
  maintenance: 'maintenance',
  flapping: 'it comes and goes',
};

/** "Held: node is unreachable". */
export function heldWords(by: HeldReason): string {
  return `Held: ${HELD_WORDS[by]}`;
}

/** "12 alerts behind it": what an alert holds; empty where it holds none. */
export function behindWords({ behind_count: count }: Pick<Alert, 'behind_count'>): string {
  return count === 0 ? '' : `${plural(count, 'alert')} behind it`;
}

/** Whether nobody has to look at an alert now: somebody is on it, wants to hear nothing of it, or another one explains it. */
export function isQuiet(alert: Pick<Alert, 'state' | 'acknowledged' | 'muted' | 'held'>): boolean {
  return (
    alert.state === 'resolved' || alert.acknowledged !== null || alert.muted !== null || alert.held !== null
  );
}

/** What became of an alert, each in words: acknowledged, muted, held, unstable. */
export function markWords(
  alert: Pick<Alert, 'acknowledged' | 'muted' | 'held' | 'flapping_since' | 'changes'>,
  nowMs: number,
  zone: ZoneChoice,
): readonly string[] {
  const { acknowledged, muted, held, flapping_since: flapping, changes } = alert;
  return [
    ...(acknowledged === null ? [] : [`Acknowledged by ${acknowledged.by}`]),
    ...(muted === null ? [] : [`Muted ${muteEndWords(muted.until, nowMs, zone)}`]),
    ...(flapping === null ? [] : [`Unstable, ${changes} times`]),
    ...(held === null || held.by === 'flapping' ? [] : [heldWords(held.by)]),
  ];
}

const DAY_MS = 86_400_000;

/** "until it resolves", "for 2 h more", "until 3 Dec 2026, 08:00:00". */
export function muteEndWords(until: string | null, nowMs: number, zone: ZoneChoice): string {
  if (until === null) return 'until it resolves';
  const end = Date.parse(until);
  if (end - nowMs > DAY_MS) return `until ${formatMoment(end, zone)}`;
  return end <= nowMs ? 'until just now' : `for ${formatAgo(end, nowMs).replace(/^in /, '')} more`;
}
