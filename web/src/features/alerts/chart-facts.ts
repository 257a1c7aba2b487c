import type { Alert, AlertDefinition } from '@stratora/contract';
import type { MatrixSeries } from '../../api/metrics.ts';
import { limitLines } from '../../domain/measure.ts';
import type { ChartLimit } from '../../ui/chart/chart-marks.ts';

/**
 * The series of an alert among those of its node: the ones that carry its labels. All of them where none does, as when
 * the labels of a series changed since: values say more than an empty chart.
 */
export function ownSeries(
  series: readonly MatrixSeries[],
  { labels, instance, definition_name: name }: Pick<Alert, 'labels' | 'instance' | 'definition_name'>,
): { readonly legend: string; readonly series: readonly MatrixSeries[] } {
  const wanted = Object.entries(labels);
  const own = series.filter(({ metric }) => wanted.every(([label, value]) => metric[label] === value));
  const shown = own.length === 0 ? series : own;
  const only = instance === '' ? name : instance;
  return { legend: shown.length === 1 ? only.replaceAll(/[{}]/g, '') : tellingLegend(shown), series: shown };
}

/** Makes a legend of the labels in which series differ. */
function tellingLegend(series: readonly MatrixSeries[]): string {
  const names = new Set(series.flatMap(({ metric }) => Object.keys(metric)));
  return [...names]
    .filter((name) => new Set(series.map(({ metric }) => metric[name])).size > 1)
    .toSorted()
    .map((name) => `{{${name}}}`)
    .join(' ');
}

/** The lines of a chart: the limit that was crossed as it was then, and the other one as the definition has it. */
export function chartLimits(
  alert: Pick<Alert, 'severity' | 'threshold' | 'unit'>,
  definition: Pick<AlertDefinition, 'warning' | 'critical'> | undefined,
): readonly ChartLimit[] {
  const levels = {
    warning: alert.severity === 'warning' ? alert.threshold : (definition?.warning ?? null),
    critical: alert.severity === 'critical' ? alert.threshold : (definition?.critical ?? null),
  };
  return limitLines(levels, alert.unit);
}
