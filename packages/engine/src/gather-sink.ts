import { LineWriter } from '@stratora/lineprotocol';
import { type Clock, sanitizeText } from '@stratora/runtime';
import type { EngineStats, InputStats } from './engine-stats.ts';
import type { Fields, FieldValue, Sink, Tags } from './input.ts';
import type { MetricBuffer } from './metric-buffer.ts';
import type { MetricShape } from './metric-shape.ts';

export interface SinkOptions {
  readonly shape: MetricShape;
  readonly buffer: Pick<MetricBuffer, 'append'>;
  readonly clock: Clock;
  readonly precisionMs: number;
  readonly stats: InputStats;
  readonly engineStats: EngineStats;
}

/** A writer for all sinks: a metric is written and copied out within one call. */
const lineWriter = new LineWriter();

/** The way of one gather into the buffer; closed when the gather has settled. */
export class GatherSink implements Sink {
  readonly #options: SinkOptions;
  #isClosed = false;
  #lines = 0;

  constructor(options: SinkOptions) {
    this.#options = options;
  }

  /** Number of lines that this gather wrote. */
  get lines(): number {
    return this.#lines;
  }

  metric(name: string, tags: Tags, fields: Fields, timestampMs?: number): void {
    const { shape } = this.#options;
    const series = shape.encodeSeries(name, tags);
    if (series === undefined) return;
    lineWriter.reset();
    lineWriter.startEncoded(series);
    for (const key in fields) {
      if (shape.keepsField(key)) writeField(lineWriter, key, fields[key]);
    }
    if (lineWriter.end(this.#round(timestampMs ?? this.#options.clock.now()))) this.raw(lineWriter.view(), 1);
  }

  raw(bytes: Uint8Array, lines: number): void {
    const { buffer, stats, engineStats } = this.#options;
    if (this.#isClosed) {
      engineStats.total.lateWrites += lines;
      return;
    }
    buffer.append(bytes, lines);
    this.#lines += lines;
    stats.metrics += lines;
    engineStats.total.metrics += lines;
  }

  timestampMs(): number {
    return this.#round(this.#options.clock.now());
  }

  close(): void {
    this.#isClosed = true;
  }

  #round(timestampMs: number): number {
    const { precisionMs } = this.#options;
    if (precisionMs <= 1) return Math.round(timestampMs);
    return Math.round(timestampMs / precisionMs) * precisionMs;
  }
}

function writeField(writer: LineWriter, key: string, value: FieldValue): void {
  if (typeof value === 'number') writer.float(key, value);
  else if (typeof value === 'bigint') writer.integer(key, value);
  else if (typeof value === 'string') writer.string(key, sanitizeText(value));
  else if (typeof value === 'boolean') writer.boolean(key, value);
}

/**
 * Returns the unit that timestamps are rounded to: the precision where one is set, else the unit of the interval, as
 * Telegraf does.
 *
 * @returns ms; 1 is the finest this engine's clock has
 */
export function effectivePrecisionMs(precisionMs: number | undefined, intervalMs: number): number {
  if (precisionMs !== undefined && precisionMs > 0) return Math.max(1, Math.round(precisionMs));
  return intervalMs >= 1000 ? 1000 : 1;
}
