import type { BacktestAlert, DefinitionBacktest, DefinitionPreview } from '@stratora/contract';
import { type MeasuredValue, measuredNumber, measuredValue } from '@stratora/contract/measured-value';
import { formatCount, formatDuration, plural } from '../../ui/format/units.ts';

export const TRIAL_RANGES = [
  { value: '24', label: 'Last 24 hours', words: 'the last 24 hours' },
  { value: '168', label: 'Last 7 days', words: 'the last 7 days' },
  { value: '720', label: 'Last 30 days', words: 'the last 30 days' },
] as const;

export type TrialRange = (typeof TRIAL_RANGES)[number]['value'];

const FIELD_NAMES: Readonly<Record<string, string>> = {
  expr: 'Expression',
  warning: 'Warning',
  warning_clear: 'Warning ends at',
  critical: 'Critical',
  critical_clear: 'Critical ends at',
  duration_seconds: 'Must last',
  clear_after_seconds: 'Ends after',
  look_back_seconds: 'A sample counts as present for',
  settle_seconds: 'A new node or series is not judged for',
  instance_labels: 'Labels',
  runbook_url: 'Runbook',
};

/** Names the field of a form that a fault is about, by its path in what was sent. */
export function fieldName(path: string): string {
  const name = path.replace(/^definition\./, '').split('.')[0] ?? '';
  return FIELD_NAMES[name] ?? name.slice(0, 1).toUpperCase() + name.slice(1).replaceAll('_', ' ');
}

/** What matches now, as one sentence. */
export function previewHeadline({ counts, total, nodes }: DefinitionPreview): string {
  const bad = counts.critical + counts.warning;
  if (nodes === 0) return 'It judges no node.';
  if (total === 0) return 'No series matches: it would judge nothing.';
  if (bad === 0) return `Nothing is bad now: ${plural(total, 'series is', 'series are')} good.`;
  const parts = [
    ...(counts.critical > 0 ? [`${formatCount(counts.critical)} critical`] : []),
    ...(counts.warning > 0 ? [`${formatCount(counts.warning)} warning`] : []),
  ];
  return `${parts.join(' and ')} now, of ${formatCount(total)} series.`;
}

/** How many of the nodes have what the expression asks for; nothing where all do. */
export function coverageWords({ nodes, nodes_with_data: withData }: DefinitionPreview): string {
  if (nodes === 0) return '';
  if (withData === nodes)
    return nodes === 1 ? 'The node has data.' : `All ${formatCount(nodes)} nodes have data.`;
  return `${formatCount(withData)} of ${plural(nodes, 'node')} ${withData === 1 ? 'has' : 'have'} data; on the others it judges nothing.`;
}

/** What a trial on the past found, as one sentence. */
export function backtestHeadline(
  { total, notices }: Pick<DefinitionBacktest, 'total' | 'notices'>,
  range: string,
): string {
  if (total === 0) return `No alert in ${range}.`;
  return `${plural(total, 'alert')} in ${range}, with ${plural(notices, 'notice')}.`;
}

/** The longest of some alerts: "25 min", or "25 min so far" where it goes on. */
export function longestWords(alerts: readonly Pick<BacktestAlert, 'duration_seconds' | 'to'>[]): string {
  const [first, ...others] = alerts;
  if (first === undefined) return '–';
  const longest = others.reduce((a, b) => (b.duration_seconds > a.duration_seconds ? b : a), first);
  return `${formatDuration(Math.round(longest.duration_seconds))}${longest.to === null ? ' so far' : ''}`;
}

/** The worst value of some alerts, by the side on which values are bad. */
export function worstPeak(
  alerts: readonly Pick<BacktestAlert, 'peak'>[],
  comparison: DefinitionBacktest['comparison'],
): MeasuredValue | null {
  const peaks = alerts.flatMap(({ peak }) => (peak === null ? [] : [measuredNumber(peak)]));
  if (peaks.length === 0) return null;
  return measuredValue(comparison === '>' ? Math.max(...peaks) : Math.min(...peaks));
}

/** Notices for each node and day: "0.04". */
export function noiseWords(perNodeAndDay: number): string {
  if (perNodeAndDay === 0) return '0';
  return perNodeAndDay < 0.01
    ? 'less than 0.01'
    : perNodeAndDay.toLocaleString('en-US', { maximumFractionDigits: 2 });
}

/** Marks of an alert of the past: held, unstable, going on. */
export function pastMarks({ held_by: heldBy, is_flapping: isFlapping, to }: BacktestAlert): string {
  return [
    ...(to === null ? ['goes on'] : []),
    ...(isFlapping ? ['unstable, told as one'] : []),
    ...(heldBy === 'maintenance' ? ['held by maintenance'] : []),
    ...(heldBy === 'unreachable' ? ['held: its node was unreachable'] : []),
  ].join(', ');
}
