import type { Clock, Logger } from '@stratora/runtime';
import type { SeriesClient, SeriesSample } from '@stratora/victoriametrics';
import { type Database, LedLoop, type LedRound } from '../../platform/db/index.ts';
import { alertLabels, type FiringAlert, RESERVED_LABELS } from './prometheus-form.ts';
import { listFiringAlerts, listJustResolved } from './prometheus-queries.ts';

export interface AlertSeriesOptions {
  db: Database;
  clock: Clock;
  logger: Logger;
  series: Pick<SeriesClient, 'write'>;
  /** Returns the number of labels beside the name that the store keeps of a series. */
  labelLimit: () => number;
}

const EVERY_MS = 10_000;
/** Seconds for which the store shows a series that gets no samples any more: five minutes, and a cycle. */
const SHOWN_SECONDS = 320;
const NAME = 'ALERTS';

/**
 * Writes the active alerts to the metric store as Prometheus does: `ALERTS{alertname, alertstate="firing", severity, ...} 1`
 * every ten seconds, and a marker of its end when an alert resolves or gets another severity, so that it is gone from
 * the next query on.
 */
export class AlertSeries {
  readonly loop: LedLoop;
  readonly #options: AlertSeriesOptions;
  /** Series that the store shows, by the text of their labels. */
  #shown = new Map<string, SeriesSample['labels']>();
  #isFailing = false;

  constructor(options: AlertSeriesOptions) {
    const { db, clock, logger } = options;
    this.#options = options;
    this.loop = new LedLoop({
      name: 'alert-series',
      intervalMs: EVERY_MS,
      db,
      clock,
      logger,
      run: (round) => this.#write(round),
    });
  }

  async #write({ isNew }: LedRound): Promise<void> {
    const { db, clock, series } = this.#options;
    if (isNew) this.#shown = this.#textsOf(await listJustResolved(db, SHOWN_SECONDS));
    // A server that is frozen from here on writes into the past, where it harms nobody.
    const timeMs = clock.now();
    const active = this.#textsOf(await listFiringAlerts(db));
    const ended = [...this.#shown].filter(([text]) => !active.has(text));
    const result = await series.write([
      ...[...active.values()].map((labels): SeriesSample => ({ labels, value: 1, timeMs })),
      ...ended.map(([, labels]): SeriesSample => ({ labels, value: 'ended', timeMs })),
    ]);
    if (result.ok) this.#shown = active;
    // The markers are written again, until the store has taken them.
    else this.#shown = new Map([...this.#shown, ...active]);
    if (result.ok === this.#isFailing) this.#note(result.ok ? undefined : result.cause);
  }

  #note(cause: string | undefined): void {
    this.#isFailing = cause !== undefined;
    if (cause === undefined) this.#options.logger.info('alerts are written as series again');
    else this.#options.logger.warn({ cause }, 'alerts cannot be written as series');
  }

  #textsOf(alerts: readonly FiringAlert[]): Map<string, SeriesSample['labels']> {
    const limit = this.#options.labelLimit();
    return new Map(
      alerts.map((alert) => {
        const labels = seriesLabels(alert, limit);
        return [JSON.stringify(labels), labels];
      }),
    );
  }
}

/** Most bytes of a value of a label that every version of the store keeps. */
const VALUE_MAX_BYTES = 1000;

/** Returns the labels of an alert's series: its own first, and of the others as many as the store keeps. */
export function seriesLabels(alert: FiringAlert, limit: number): Record<string, string> {
  const labels = Object.entries({ alertstate: 'firing', ...alertLabels(alert) });
  const isOfOurs = ([name]: [string, string]) => RESERVED_LABELS.has(name);
  const others = labels.filter((label) => !isOfOurs(label)).sort(([a], [b]) => (a < b ? -1 : 1));
  const kept = [...labels.filter(isOfOurs), ...others].slice(0, limit);
  return { __name__: NAME, ...Object.fromEntries(kept.map(([name, value]) => [name, cut(value)])) };
}

function cut(value: string): string {
  if (Buffer.byteLength(value) <= VALUE_MAX_BYTES) return value;
  // A character has four bytes at most.
  return value.slice(0, VALUE_MAX_BYTES / 4).toWellFormed();
}
