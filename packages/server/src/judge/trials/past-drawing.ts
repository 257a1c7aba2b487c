import { BACKTEST_POINTS_MAX, BACKTEST_SERIES_MAX, type BacktestSeries } from '@stratora/contract';
import { crosses } from '../rules/index.ts';
import type { PastAlert } from './past-alerts.ts';

interface DrawnSeries {
  readonly nodeId: string;
  readonly instance: string;
  /** Worst value of each part of the range; NaN where there was none. */
  readonly worst: Float64Array;
  peak: number;
}

/** Most series of which a drawing is kept, 4 kB each. */
const KEPT_MAX = 2000;

/** The drawing of a trial: the worst value of each part of the range, of the series that say most. */
export class PastDrawing {
  readonly #series = new Map<string, DrawnSeries>();
  readonly #parts: { fromMs: number; partMs: number; count: number };
  readonly #comparison: '>' | '<';
  /** Series that were seen, whether drawn or not. */
  readonly #known = new Set<string>();

  constructor(
    { fromMs, toMs, stepMs }: { fromMs: number; toMs: number; stepMs: number },
    comparison: '>' | '<',
  ) {
    const steps = Math.floor((toMs - fromMs) / stepMs) + 1;
    const partMs = Math.ceil(steps / BACKTEST_POINTS_MAX) * stepMs;
    this.#parts = { fromMs, partMs, count: Math.ceil((steps * stepMs) / partMs) };
    this.#comparison = comparison;
  }

  get seriesCount(): number {
    return this.#known.size;
  }

  note(nodeId: string, instance: string, { timeMs, value }: { timeMs: number; value: number }): void {
    const key = `${nodeId} ${instance}`;
    let series = this.#series.get(key);
    if (series === undefined) {
      this.#known.add(key);
      if (this.#series.size >= KEPT_MAX) return;
      series = { nodeId, instance, worst: new Float64Array(this.#parts.count).fill(Number.NaN), peak: value };
      this.#series.set(key, series);
    }
    const part = Math.floor((timeMs - this.#parts.fromMs) / this.#parts.partMs);
    const known = series.worst[part] ?? Number.NaN;
    if (Number.isNaN(known) || crosses(this.#comparison, value, known)) series.worst[part] = value;
    if (crosses(this.#comparison, value, series.peak)) series.peak = value;
  }

  /** Returns the series to draw, without points that are infinite: those with most alerts first, then those with the worst values. */
  list(
    alerts: readonly PastAlert[],
    { nameOf, endMs }: { nameOf: (nodeId: string) => string; endMs: number },
  ): BacktestSeries[] {
    const own = Map.groupBy(alerts, ({ nodeId, instance }) => `${nodeId} ${instance}`);
    const rank = (key: string) => own.get(key)?.length ?? 0;
    const isWorse = (value: number, other: number) => Number(crosses(this.#comparison, value, other));
    const order = [...this.#series].toSorted(
      ([a, { peak: left }], [b, { peak: right }]) =>
        rank(b) - rank(a) || isWorse(right, left) - isWorse(left, right),
    );
    return order.slice(0, BACKTEST_SERIES_MAX).map(([key, { nodeId, instance, worst }]) => ({
      node_id: nodeId,
      node_name: nameOf(nodeId),
      instance,
      points: [...worst.entries()]
        .filter(([, value]) => Number.isFinite(value))
        .map(([part, value]): [number, number] => [
          (this.#parts.fromMs + part * this.#parts.partMs) / 1000,
          value,
        ]),
      active: (own.get(key) ?? []).flatMap((alert) => activeTimes(alert, endMs)),
    }));
  }
}

/** Lists the times in which an alert was active, one for each severity that it had in a row. */
function activeTimes({ courses, toMs }: PastAlert, endMs: number): BacktestSeries['active'] {
  return courses.map(({ fromMs, severity }, index) => ({
    from: fromMs / 1000,
    to: (courses[index + 1]?.fromMs ?? toMs ?? endMs) / 1000,
    severity,
  }));
}
