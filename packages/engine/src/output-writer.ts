import {
  type Backoff,
  type Clock,
  createBackoff,
  type HttpClient,
  type Logger,
  OutboundError,
  type TimerHandle,
} from '@stratora/runtime';
import type { OutputStats } from './engine-stats.ts';
import type { Batch, MetricBuffer } from './metric-buffer.ts';
import { type OutputAddress, openOutput } from './output-address.ts';

export interface OutputSettings {
  readonly address: OutputAddress;
  readonly flushIntervalMs: number;
  readonly flushJitterMs: number;
}

export interface OutputWriterOptions {
  readonly buffer: MetricBuffer;
  readonly stats: OutputStats;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random?: () => number;
  /** Called when a write went well after one that had reached nobody: the component is a new one. */
  readonly onReturn: () => void;
}

type Outcome = 'written' | 'refused' | 'too_large' | 'away';

/** Longest pause before the component is tried again: it is back within seconds when it is killed. */
const RETRY = { minMs: 250, maxMs: 5000 };

/** Writes what waits in the buffer to the component, batch by batch and in order, and keeps what it cannot write. */
export class OutputWriter {
  readonly #options: OutputWriterOptions;
  readonly #backoff: Backoff;
  #settings: OutputSettings | undefined;
  #client: HttpClient | undefined;
  #timer: TimerHandle | undefined;
  #flushing: Promise<boolean> | undefined;
  #isAway = false;
  #isStopped = false;

  constructor(options: OutputWriterOptions) {
    this.#options = options;
    this.#backoff = createBackoff({ ...RETRY, ...(options.random ? { random: options.random } : {}) });
  }

  /** The client of the address in use, for other calls to the same component. */
  get client(): HttpClient | undefined {
    return this.#client;
  }

  /** The name of the config that runs, which the component knows what it is told by; see `OutputAddress`. */
  get database(): string | undefined {
    return this.#settings?.address.database;
  }

  /** Takes new settings; the connection is kept when the address is the same. */
  configure(settings: OutputSettings): void {
    const before = this.#settings?.address;
    const { address } = settings;
    const isSame =
      before?.url === address.url &&
      before.timeoutMs === address.timeoutMs &&
      before.login?.password === address.login?.password;
    if (!isSame) {
      this.#client?.close();
      this.#client = openOutput(address);
      this.#backoff.reset();
    }
    this.#settings = settings;
    this.#arm();
  }

  /** Writes soon: a batch is full. Does nothing while the component is away; the next try is on its way. */
  flushSoon(): void {
    if (!this.#isAway && this.#flushing === undefined) void this.flush();
  }

  /** Writes all that waits; resolves to true when nothing is left. */
  flush(): Promise<boolean> {
    this.#flushing ??= this.#flushAll().finally(() => {
      this.#flushing = undefined;
      this.#arm();
    });
    return this.#flushing;
  }

  /** Writes what waits, trying again until the deadline, then closes the connection. */
  async stop(deadlineMs: number): Promise<void> {
    if (this.#isStopped) return;
    const { clock, logger, buffer } = this.#options;
    const endsAt = clock.monotonic() + deadlineMs;
    while (!(await this.#flushUntil(endsAt)) && clock.monotonic() < endsAt) {
      await new Promise<void>((resolve) => {
        clock.setTimeout(resolve, Math.min(200, Math.max(1, endsAt - clock.monotonic())));
      });
    }
    this.#isStopped = true;
    clock.clearTimeout(this.#timer);
    if (buffer.lines > 0) logger.warn({ lines: buffer.lines }, 'stopped with lines that were not written');
    this.#client?.close();
  }

  async #flushUntil(endsAt: number): Promise<boolean> {
    const { clock } = this.#options;
    let timer: TimerHandle | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = clock.setTimeout(() => resolve(false), Math.max(1, endsAt - clock.monotonic()));
    });
    const isEmpty = await Promise.race([this.flush(), late]);
    clock.clearTimeout(timer);
    return isEmpty;
  }

  #arm(): void {
    const { clock, random = Math.random } = this.#options;
    clock.clearTimeout(this.#timer);
    if (this.#isStopped || this.#settings === undefined || this.#flushing !== undefined) return;
    const { flushIntervalMs, flushJitterMs } = this.#settings;
    const delayMs = this.#isAway ? this.#backoff.next() : flushIntervalMs + random() * flushJitterMs;
    this.#timer = clock.setTimeout(() => void this.flush(), delayMs);
  }

  async #flushAll(): Promise<boolean> {
    const { buffer } = this.#options;
    // What arrives while this runs fills later batches; a full one is taken along, the rest waits its turn.
    for (let batch = buffer.take(); batch !== undefined; batch = buffer.take()) {
      if (!(await this.#deliver(batch))) return false;
    }
    return true;
  }

  /** @returns false when the batch had to go back */
  async #deliver(batch: Batch): Promise<boolean> {
    const { buffer, stats, logger } = this.#options;
    const outcome = await this.#write(batch);
    if (outcome === 'away') {
      stats.failures += 1;
      buffer.giveBack(batch);
      return false;
    }
    if (outcome === 'written') {
      stats.written += batch.lines;
      stats.bytesWritten += batch.bytes.length;
    } else if (outcome === 'too_large' && batch.lines > 1) {
      const [first, second] = split(batch);
      buffer.giveBack(second);
      return this.#deliver(first);
    } else {
      stats.rejected += batch.lines;
      logger.error({ lines: batch.lines }, 'component refused lines for good; they are dropped');
    }
    return true;
  }

  async #write(batch: Batch): Promise<Outcome> {
    const { clock, stats } = this.#options;
    const client = this.#client;
    const settings = this.#settings;
    if (client === undefined || settings === undefined) return 'away';
    const startedAt = clock.monotonic();
    try {
      const answer = await client.request({
        method: 'POST',
        path: `/write?db=${encodeURIComponent(settings.address.database)}&precision=ns`,
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: batch.bytes,
      });
      stats.writeMs = clock.monotonic() - startedAt;
      if (answer.status >= 200 && answer.status < 300) return this.#came();
      if (answer.status === 413) return 'too_large';
      if (answer.status === 400) return 'refused';
      return this.#went(`answered ${answer.status}`);
    } catch (error) {
      return this.#went(error instanceof OutboundError ? error.reason : String(error));
    }
  }

  #came(): Outcome {
    if (this.#isAway) {
      this.#isAway = false;
      this.#options.logger.info('component takes data again');
      this.#options.onReturn();
    }
    this.#backoff.reset();
    return 'written';
  }

  #went(reason: string): Outcome {
    if (!this.#isAway) this.#options.logger.warn({ reason }, 'component does not take data; keeping it');
    this.#isAway = true;
    return 'away';
  }
}

/** Cuts a batch in two after the line in its middle. */
function split(batch: Batch): [Batch, Batch] {
  const lines = Math.floor(batch.lines / 2);
  let at = 0;
  for (let line = 0; line < lines; line += 1) at = batch.bytes.indexOf(0x0a, at) + 1;
  return [
    { bytes: batch.bytes.subarray(0, at), lines },
    { bytes: batch.bytes.subarray(at), lines: batch.lines - lines },
  ];
}
