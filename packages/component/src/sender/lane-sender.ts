import {
  type Backoff,
  type Clock,
  createBackoff,
  errorMessage,
  type HttpClient,
  type Logger,
  OutboundError,
  sleep,
} from '@stratora/runtime';
import type { Lane } from '../spool/delivery-ledger.ts';
import type { SpoolBatch } from '../spool/lane-reader.ts';
import type { Spool } from '../spool/spool.ts';
import { type DeliveryOutcome, deliverBatch } from './batch-delivery.ts';
import type { Refusal } from './ingest-answer.ts';
import type { Quarantine } from './quarantine.ts';

export interface LaneSenderOptions {
  lane: Lane;
  spool: Spool;
  /** A client of the lane's own, with one connection. */
  client: HttpClient;
  apiKey: () => string;
  quarantine: Quarantine;
  clock: Clock;
  logger: Logger;
  onRefused: (refusal: Refusal) => void;
}

export interface SenderStats {
  batches: number;
  sentBytes: number;
  sentLines: number;
  /** Lines that the server refused out of batches that it took. */
  rejectedLines: number;
  failures: number;
  lastSuccessAt: number | undefined;
  /** The reason why the last try failed; undefined after a success. */
  problem: string | undefined;
}

/** Largest unpacked size of a batch: large for the backlog, small where latency counts. */
const MAX_PLAIN_BYTES: Readonly<Record<Lane, number>> = { live: 1024 * 1024, backlog: 2 * 1024 * 1024 };
const MIN_PLAIN_BYTES = 64 * 1024;
/** Milliseconds that new data waits for more. */
const COALESCE_MS = 200;
/** Age at which live data becomes backlog. */
const LIVE_MAX_AGE_MS = 20_000;
/**
 * Pauses after failures, with full jitter downwards, so that a thousand components do not come back in the same second.
 */
const RETRY = { minMs: 500, maxMs: 15_000, jitter: 0.5 };
const REFUSED_RETRY_MS = 30_000;
const LONGEST_WAIT_MS = 3_600_000;

/**
 * Delivers one lane of the spool in order, one request at a time. Nothing is acknowledged to the spool before the
 * server has answered 204 (or the batch was set aside).
 */
export class LaneSender {
  readonly stats: SenderStats = {
    batches: 0,
    sentBytes: 0,
    sentLines: 0,
    rejectedLines: 0,
    failures: 0,
    lastSuccessAt: undefined,
    problem: undefined,
  };
  readonly #options: LaneSenderOptions;
  readonly #backoff: Backoff = createBackoff(RETRY);
  readonly #abort = new AbortController();
  #wake = new AbortController();
  #waitsFor: 'data' | 'retry' | undefined;
  #maxPlainBytes: number;
  #stopping = false;
  #loop: Promise<void> | undefined;

  constructor(options: LaneSenderOptions) {
    this.#options = options;
    this.#maxPlainBytes = MAX_PLAIN_BYTES[options.lane];
  }

  start(): void {
    this.#options.spool.onChange(() => this.#signal('data'));
    this.#loop ??= this.#run();
  }

  /** Ends the wait after a failure: the server was just reached by another call. */
  retryNow(): void {
    this.#signal('retry');
  }

  /** Delivers what is there if it can be done in time; the rest stays in the spool. */
  async stop(deadlineMs: number): Promise<void> {
    this.#stopping = true;
    this.#signal('retry');
    const { clock } = this.#options;
    const timer = clock.setTimeout(() => this.#abort.abort(), deadlineMs);
    await this.#loop;
    clock.clearTimeout(timer);
    this.#options.client.close();
  }

  /** Wakes the loop when it waits for that; new data does not end the wait after a failure. */
  #signal(kind: 'data' | 'retry'): void {
    if (this.#waitsFor === undefined || (kind === 'data' && this.#waitsFor === 'retry')) return;
    this.#wake.abort();
  }

  async #wait(kind: 'data' | 'retry', delayMs: number): Promise<void> {
    this.#wake = new AbortController();
    this.#waitsFor = kind;
    if (!this.#stopping) await sleep(delayMs, this.#options.clock, this.#wake.signal);
    this.#waitsFor = undefined;
  }

  async #run(): Promise<void> {
    const { spool, lane, clock } = this.#options;
    for (;;) {
      if (this.#abort.signal.aborted || (this.#stopping && lane === 'backlog')) return;
      const range = spool.ledger.next(lane, spool.head);
      if (!range) {
        if (this.#stopping) return;
        await this.#wait('data', LONGEST_WAIT_MS);
        if (lane === 'live' && !this.#stopping) await sleep(COALESCE_MS, clock, this.#abort.signal);
        continue;
      }
      const batch = await this.#read();
      if (!batch) continue;
      if (lane === 'live' && clock.now() - batch.oldestAt > LIVE_MAX_AGE_MS) {
        spool.demote();
        continue;
      }
      const delayMs = await this.#deliver(batch);
      if (delayMs === undefined) continue;
      if (this.#stopping) return;
      await this.#wait('retry', delayMs);
    }
  }

  async #read(): Promise<SpoolBatch | undefined> {
    try {
      return await this.#options.spool.read(this.#options.lane, this.#maxPlainBytes);
    } catch (error) {
      this.#options.logger.error({ err: error, lane: this.#options.lane }, 'spool cannot be read');
      if (this.#stopping) this.#abort.abort();
      await this.#wait('retry', this.#backoff.next());
      return undefined;
    }
  }

  /** Delivers a batch; returns undefined when it is done, else how long to wait. */
  async #deliver(batch: SpoolBatch): Promise<number | undefined> {
    let outcome: DeliveryOutcome;
    try {
      outcome = await deliverBatch(batch.payloads, this.#options, this.#abort.signal);
    } catch (error) {
      if (this.#abort.signal.aborted) return 0;
      const reason =
        error instanceof OutboundError ? `${error.reason}: ${error.message}` : errorMessage(error);
      return this.#failed(reason, undefined);
    }
    if (outcome.kind === 'keep') {
      if (outcome.refusal) this.#options.onRefused(outcome.refusal);
      const atLeastMs = Math.max(outcome.retryAfterMs ?? 0, outcome.refusal ? REFUSED_RETRY_MS : 0);
      return this.#failed(outcome.reason, atLeastMs);
    }
    this.#succeeded(batch, outcome);
    return undefined;
  }

  #failed(reason: string, atLeastMs: number | undefined): number {
    const { stats } = this;
    stats.failures += 1;
    if (stats.problem !== reason) {
      this.#options.logger.warn(
        { reason, lane: this.#options.lane },
        'server does not take data, keeping it',
      );
      stats.problem = reason;
    }
    // The server's delay is stretched, never cut: every component got the same one.
    const stretchedMs = (atLeastMs ?? 0) * (1 + Math.random() * 0.3);
    return Math.max(this.#backoff.next(), stretchedMs);
  }

  #succeeded(batch: SpoolBatch, outcome: Extract<DeliveryOutcome, { kind: 'done' }>): void {
    const { spool, lane, clock, logger } = this.#options;
    const { stats } = this;
    const { replayed } = spool.acknowledge(lane, batch.range, outcome.epoch);
    if (replayed.length > 0) {
      logger.warn(
        { ranges: replayed.length, epoch: outcome.epoch },
        'store restarted, sending the last minutes again',
      );
    }
    if (outcome.split) this.#maxPlainBytes = Math.max(MIN_PLAIN_BYTES, Math.floor(this.#maxPlainBytes / 2));
    if (stats.problem !== undefined) logger.info({ lane }, 'server takes data again');
    this.#backoff.reset();
    stats.problem = undefined;
    stats.batches += 1;
    stats.sentBytes += outcome.sentBytes;
    stats.sentLines += batch.lines;
    stats.rejectedLines += outcome.rejectedLines;
    stats.lastSuccessAt = clock.now();
  }
}
