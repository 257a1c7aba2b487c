import type { Measurement } from './evaluate-cycles.ts';
import { type BenchRow, median, spreadOf } from './result.ts';

/** Share of the series that a whole cycle reads at least: some come and go with the values of others. */
const WHOLE_SHARE = 0.98;

/** The measurements of one size of plant, each all rounds together. */
export interface EvaluateMeasurements {
  readonly nodes: number;
  /** Series that the expressions have, each expression once. */
  readonly series: number;
  /** The store with the samples alone. */
  readonly idle: Measurement;
  /** Our server without definitions, and with them. */
  readonly resting: Measurement;
  readonly ours: Measurement;
  readonly vmalert: Measurement;
}

/** The goals of a size; what has none is measured and shown. */
interface Goals {
  readonly cycleSeconds: number;
  readonly shareOfStore?: number;
  readonly ofVmalert?: number;
}

const GOALS: Readonly<Record<number, Goals>> = {
  1_000: { cycleSeconds: 2.5, shareOfStore: 0.1, ofVmalert: 0.7 },
  10_000: { cycleSeconds: 10 },
};

/**
 * Costs of an evaluation: CPU seconds of the evaluator beyond its rest, and of the store beyond what the samples cost
 * it, of each interval, over the share of the intervals in which a cycle was done. So a peer that leaves out cycles is
 * not the cheaper for it.
 */
export interface CycleCosts {
  readonly own: number;
  readonly store: number;
  readonly total: number;
}

/** @throws when no cycle ended: there is no figure then */
export function costsOf(
  { cycleSeconds, intervals, own, store }: Measurement,
  rest: { own: number; store: number },
): CycleCosts {
  if (cycleSeconds.length === 0) throw new Error('no cycle ended in the measured time');
  const done = Math.min(1, cycleSeconds.length / intervals);
  const ofOwn = (sum(own) / intervals - rest.own) / done;
  const ofStore = (sum(store) / intervals - rest.store) / done;
  return { own: ofOwn, store: ofStore, total: ofOwn + ofStore };
}

/** Returns the value below which a share of the values lies, one of them. Throws RangeError for none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('no values');
  return value;
}

export function evaluateRows(measured: EvaluateMeasurements): BenchRow[] {
  const { nodes, series, idle, resting, ours, vmalert } = measured;
  const prefix = `${nodes.toLocaleString('en')} nodes: `;
  const goals = GOALS[nodes];
  const storeAtRest = median(idle.store);
  const own = costsOf(ours, { own: median(resting.own), store: storeAtRest });
  const theirs = costsOf(vmalert, { own: 0, store: storeAtRest });
  const row = (label: string, value: number, unit: string): BenchRow => ({
    label: `${prefix}${label}`,
    value,
    unit,
  });
  const p95 = quantile(ours.cycleSeconds, 0.95);
  const fewest = Math.min(...ours.series);
  const isWhole = fewest >= series * WHOLE_SHARE;
  const isKept = ours.missed === 0 && isWhole;
  return [
    {
      ...row('cycle, p95', p95, 's'),
      peer: 'vmalert',
      ratio: p95 / quantile(vmalert.cycleSeconds, 0.95),
      spread: spreadOf(ours.cycleSeconds),
      ...goal(goals?.cycleSeconds, p95, 's', isKept),
    },
    {
      ...row('our CPU of a cycle', own.own, 's'),
      peer: 'the store for the same',
      ratio: own.own / own.store,
      ...goal(goals?.shareOfStore, own.own / own.store, '', isKept),
    },
    row('CPU of the store for it', own.store, 's'),
    {
      ...row('both together', own.total, 's'),
      peer: 'vmalert and the store',
      ratio: own.total / theirs.total,
      ...goal(goals?.ofVmalert, own.total / theirs.total, '', isKept),
    },
    {
      ...row('series read in a cycle, fewest', fewest, 'series'),
      spread: spreadOf(ours.series),
      goal: `all of ${series.toLocaleString('en')}`,
      met: isWhole,
    },
    row('cycles left out', ours.missed, `of ${ours.intervals}`),
    row('server without definitions', median(resting.own), 'CPU s in 10 s'),
    {
      ...row('vmalert, cycle, p95', quantile(vmalert.cycleSeconds, 0.95), 's'),
      spread: spreadOf(vmalert.cycleSeconds),
    },
    row('vmalert, own CPU of a cycle', theirs.own, 's'),
    row('vmalert, CPU of the store for it', theirs.store, 's'),
    row('vmalert, cycles left out', vmalert.missed, `of ${vmalert.intervals}`),
    row('store with the samples alone', storeAtRest, 'CPU s in 10 s'),
  ];
}

/** Puts measurements of the same thing together. */
export function joinMeasurements(parts: readonly Measurement[]): Measurement {
  return {
    cycleSeconds: parts.flatMap(({ cycleSeconds }) => cycleSeconds),
    series: parts.flatMap(({ series }) => series),
    missed: sum(parts.map(({ missed }) => missed)),
    intervals: sum(parts.map(({ intervals }) => intervals)),
    own: parts.flatMap(({ own }) => own),
    store: parts.flatMap(({ store }) => store),
  };
}

/** A goal counts only where no cycle was left out or cut short: that would be less than the whole work. */
function goal(most: number | undefined, value: number, unit: string, isKept: boolean): Partial<BenchRow> {
  if (most === undefined) return {};
  return { goal: `<= ${most} ${unit}`.trim(), met: isKept && value <= most };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
