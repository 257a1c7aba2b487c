import type { DiscoveryOrder, DiscoveryPartInput } from '@stratora/contract';
import type { RuleBook } from '@stratora/identify';
import { type Clock, errorMessage, type OutboundGuard, sleep, systemClock } from '@stratora/runtime';
import { CrawlSource } from '../crawl/crawl-source.ts';
import { CrawlTables } from '../crawl/neighbour-tables.ts';
import { findSeed } from '../crawl/seed-address.ts';
import { unpackRules } from '../identity/evidence-wire.ts';
import { PacketLedger } from '../pace/packet-ledger.ts';
import { readCredentials } from '../snmp/scan-credential.ts';
import { UserGuard } from '../snmp/user-guard.ts';
import { readTargets } from '../targets/scan-targets.ts';
import { foundDeviceOf, type IdentifyDevice } from './found-device.ts';
import { type HostSource, RangeSource } from './host-source.ts';
import { PartGatherer } from './part-gatherer.ts';
import { readCursor, writeCursor } from './scan-cursor.ts';
import { ScanPipeline } from './scan-pipeline.ts';
import { type ScanSettings, settingsOf } from './scan-settings.ts';

export interface RunScanOptions {
  /** The rules by which devices are asked, where the order has none. */
  readonly book?: RuleBook | undefined;
  /** Tells what a device is; without it only the evidence is told. */
  readonly identify?: IdentifyDevice | undefined;
  /** Decides which addresses TCP and HTTP may connect to. */
  readonly guard: OutboundGuard;
  /** Ends the scan as `cancelled`. */
  readonly signal: AbortSignal;
  readonly clock?: Clock | undefined;
  /** The program for pings, by name or path; `fping` by default. */
  readonly fping?: string | undefined;
  /** Servers of DNS; the system's by default. */
  readonly nameServers?: readonly string[] | undefined;
  /** What is otherwise than the options of the order say. */
  readonly settings?: Partial<ScanSettings> | undefined;
}

type ScanEnd = NonNullable<NonNullable<DiscoveryPartInput['end']>>;

/** Milliseconds after which it is looked whether there is enough for a part. */
const LOOK_MS = 50;

/**
 * Scans what an order says, and gives parts of what came of it, numbered from the order's `next_part`; the last one has an `end`. A part
 * comes at least every `part_seconds`, and when enough was found. The scan goes on while a part is being delivered. Whoever stops taking parts
 * ends the scan.
 */
export async function* runScan(
  order: DiscoveryOrder,
  options: RunScanOptions,
): AsyncGenerator<DiscoveryPartInput, void> {
  const clock = options.clock ?? systemClock;
  const run = new ScanRun(order, options, clock);
  try {
    yield* run.parts();
  } finally {
    await run.stop();
  }
}

/** One run: its pipeline, and the parts that are made of what it finds. */
class ScanRun {
  readonly #order: DiscoveryOrder;
  readonly #options: RunScanOptions;
  readonly #clock: Clock;
  readonly #ledger = new PacketLedger();
  readonly #gatherer: PartGatherer;
  readonly #halt = new AbortController();
  readonly #users: UserGuard;
  #source: HostSource | undefined;
  #pipeline: ScanPipeline | undefined;
  #end: ScanEnd | undefined;
  #work: Promise<void> | undefined;

  constructor(order: DiscoveryOrder, options: RunScanOptions, clock: Clock) {
    this.#order = order;
    this.#options = options;
    this.#clock = clock;
    const cursor = readCursor(order.cursor);
    this.#gatherer = new PartGatherer(this.#ledger, { next: order.next_part, cursor: order.cursor ?? '' });
    this.#users = new UserGuard(cursor.stoppedUsers, (sentence) => this.#gatherer.remark(sentence));
  }

  async *parts(): AsyncGenerator<DiscoveryPartInput, void> {
    const work = this.#run().then(
      (end) => (this.#end = end),
      (error: unknown) => (this.#end = { how: 'failed', message: `The scan broke: ${errorMessage(error)}` }),
    );
    this.#work = work.then(() => undefined);
    for (let end: ScanEnd | undefined; end === undefined; ) {
      await this.#wait(work);
      end = this.#end;
      yield* this.#gatherer.take({
        progress: this.#pipeline?.progress ?? { phase: 'ping', done: 0, total: 0 },
        cursor: this.#cursor(),
        end: end ?? null,
      });
    }
  }

  async stop(): Promise<void> {
    this.#halt.abort(new Error('nobody takes the parts of the scan'));
    await this.#work;
  }

  /** Waits until a part is due: its time is over, there is enough for one, or the scan is at its end. */
  async #wait(work: Promise<unknown>): Promise<void> {
    const until = this.#clock.monotonic() + this.#order.part_seconds * 1000;
    while (this.#end === undefined && !this.#gatherer.isFull) {
      const leftMs = until - this.#clock.monotonic();
      if (leftMs <= 0) return;
      const woken = new AbortController();
      await Promise.race([work, sleep(Math.min(LOOK_MS, leftMs), this.#clock, woken.signal)]);
      woken.abort();
    }
  }

  #cursor(): string {
    const source = this.#source;
    if (source === undefined) return this.#order.cursor ?? '';
    const count = this.#order.crawl === null ? source.total : 0;
    return writeCursor({ done: source.written(), count, stoppedUsers: this.#users.stopped });
  }

  async #run(): Promise<ScanEnd> {
    const { signal } = this.#options;
    const { stop_at: stopAt, sent_at: sentAt } = this.#order;
    // The clock of a collector may be wrong; how long is left is not.
    const from = sentAt === undefined ? this.#clock.now() : Date.parse(sentAt);
    const stopMs = stopAt === null ? Number.POSITIVE_INFINITY : Date.parse(stopAt) - from;
    if (stopMs <= 0) return { how: 'paused', message: 'Its hours were over before it began.' };
    const hours = new AbortController();
    const timer = Number.isFinite(stopMs)
      ? this.#clock.setTimeout(() => hours.abort(), Math.min(stopMs, 2 ** 31 - 1))
      : undefined;
    const either = AbortSignal.any([signal, hours.signal, this.#halt.signal]);
    try {
      const fault = await this.#scan(either);
      if (fault !== undefined) return { how: 'failed', message: fault };
    } catch (error) {
      if (!either.aborted) throw error;
    } finally {
      this.#clock.clearTimeout(timer);
    }
    if (signal.aborted || this.#halt.signal.aborted) return { how: 'cancelled', message: null };
    if (hours.signal.aborted)
      return { how: 'paused', message: 'Its hours are over; it goes on when they begin.' };
    return { how: 'done', message: null };
  }

  /** Runs the pipeline. @returns in a sentence why there is nothing to scan */
  async #scan(signal: AbortSignal): Promise<string | undefined> {
    const order = this.#order;
    const { rules, options } = order;
    const book = rules === null ? this.#options.book : unpackRules(rules);
    if (book === undefined) return 'The order has no rules by which devices are asked.';
    const settings = { ...settingsOf(options), ...this.#options.settings };
    const { credentials, remarks } = readCredentials(order.credentials);
    for (const sentence of remarks) this.#gatherer.remark(sentence);
    const source = await this.#sourceOf(signal);
    if (typeof source === 'string') return source;
    this.#source = source;
    const { guard, fping = 'fping', nameServers, identify } = this.#options;
    const pipeline = new ScanPipeline({
      source,
      settings,
      credentials,
      users: this.#users,
      ledger: this.#ledger,
      book,
      guard,
      fping,
      nameServers,
      neighbours: order.crawl === null ? undefined : new CrawlTables(signal),
      signal,
      onHost: (host) => {
        if (host.isThere)
          this.#gatherer.add(foundDeviceOf(host, { identify, seenAt: new Date(this.#clock.now()) }));
      },
      onRemark: (sentence) => this.#gatherer.remark(sentence),
    });
    this.#pipeline = pipeline;
    await pipeline.run();
    return undefined;
  }

  async #sourceOf(signal: AbortSignal): Promise<HostSource | string> {
    const { crawl, targets, options, run_id: runId, cursor } = this.#order;
    const { done, count } = readCursor(cursor);
    if (crawl !== null) {
      const seed = await findSeed(crawl.seed);
      signal.throwIfAborted();
      if (seed === undefined) return `The name ${crawl.seed}, from which the crawl starts, has no address.`;
      const onRemark = (sentence: string) => this.#gatherer.remark(sentence);
      return new CrawlSource({ seed, crawl, exclude: options.exclude, written: done, onRemark });
    }
    const read = readTargets(targets, options.exclude);
    for (const sentence of read.faults) this.#gatherer.remark(sentence);
    if (read.count === 0) return read.faults[0] ?? 'Nothing is left to scan: all addresses are excluded.';
    return new RangeSource(read, runId, count === read.count ? done : undefined);
  }
}
