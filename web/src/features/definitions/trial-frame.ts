import type { BacktestSeries, DefinitionBacktest } from '@stratora/contract';
import type { ChartSpan } from '../../ui/chart/chart-marks.ts';
import type { Frame, Value } from '../../ui/chart/series-frame.ts';

/** More than this many usual distances between two points are a gap. */
const GAP_STEPS = 1.5;

/** Names a series of a trial: its node, and what of it. */
export function seriesName({
  node_name: node,
  instance,
}: Pick<BacktestSeries, 'node_name' | 'instance'>): string {
  return instance === '' ? node : `${node}: ${instance}`;
}

/**
 * Makes a frame of one series of a trial. Times without samples have no point; a moment without a value is put into each
 * such gap, so that no line bridges it.
 */
export function trialFrame(series: Pick<BacktestSeries, 'node_name' | 'instance' | 'points'>): Frame {
  const { points } = series;
  const step = usualStep(points);
  const times: number[] = [];
  const values: Value[] = [];
  for (const [index, [time, value]] of points.entries()) {
    const before = points[index - 1]?.[0];
    if (before !== undefined && time - before > step * GAP_STEPS) {
      times.push(before + step);
      values.push(null);
    }
    times.push(time);
    values.push(value);
  }
  return { times, series: [{ label: seriesName(series), values, mirrored: false, colour: 0 }] };
}

/** Finds the seconds of which each point is the worst value; undefined where each is a step of the trial. */
export function secondsOfPoint(
  { points }: Pick<BacktestSeries, 'points'>,
  { step_seconds: step }: Pick<DefinitionBacktest, 'step_seconds'>,
): number | undefined {
  const seconds = usualStep(points);
  return Number.isFinite(seconds) && seconds > step ? seconds : undefined;
}

/** The least distance of two points: gaps are longer, and no point comes early. */
function usualStep(points: BacktestSeries['points']): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [index, [time]] of points.entries()) {
    const before = points[index - 1]?.[0];
    if (before !== undefined && time > before) least = Math.min(least, time - before);
  }
  return least;
}

/** The times in which a series had an alert. */
export function trialSpans({ active }: Pick<BacktestSeries, 'active'>): readonly ChartSpan[] {
  return active.map(({ from, to, severity }) => ({
    from,
    to,
    tone: severity === 'critical' ? 'critical' : 'warning',
  }));
}
