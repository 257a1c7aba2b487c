import { type Clock, errorMessage, sleep, systemClock } from '@stratora/runtime';
import type { PacketBudget } from '../pace/packet-budget.ts';
import type { PacketLedger } from '../pace/packet-ledger.ts';
import type { ScanHost } from '../scan/scan-host.ts';
import { hasFping, runFpingBatch } from './fping-batch.ts';

export interface PingSweepOptions {
  /** The program, by name or path. */
  readonly fping: string;
  readonly budget: PacketBudget;
  readonly ledger: PacketLedger;
  readonly signal: AbortSignal;
  readonly clock?: Clock | undefined;
  /** Packets per second that pings may have. */
  readonly packetsPerSecond: number;
  /** Addresses in all, as far as is known. */
  readonly total: number;
  /** Waits for an answer, one for each ping that an address gets at most; milliseconds. */
  readonly timeoutsMs: readonly number[];
  /** Gives up to `most` addresses that were not pinged yet; none where there is no room now. */
  readonly pull: (most: number) => readonly ScanHost[];
  /** Whether `pull` will ever give anything again. */
  readonly isDry: () => boolean;
  /** Called once for each address, when it has answered or all of its pings are over. */
  readonly onOutcome: (host: ScanHost) => void;
  /** Looks for an address in another way, where there is no ICMP; undefined: there is none. */
  readonly fallback: ((host: ScanHost) => Promise<void>) | undefined;
  readonly onRemark: (sentence: string) => void;
}

/** Seconds of pings that one fping is given, and most addresses. */
const BATCH_SECONDS = 4;
const BATCH_MOST = 4096;
const BATCH_LEAST = 32;
/**
 * Most packets per second of one fping: 1,000 is what it allows who is not root, and 5,000 about what it does, since it sleeps between any two,
 * for 50 us at least by the kernel's slack of timers. More go by several at once.
 */
const LANE_RATE = { root: 5000, others: 1000 };
const MOST_LANES = 16;
/** Addresses that are looked for at once without fping. */
const FALLBACK_AT_ONCE = 64;
const LOOK_AGAIN_MS = 20;

/** Number of addresses that one fping gets. */
export function batchSizeFor(packetsPerSecond: number): number {
  return Math.min(BATCH_MOST, Math.max(BATCH_LEAST, Math.round(packetsPerSecond * BATCH_SECONDS)));
}

/**
 * The sweep by ICMP. An fping gets a batch of addresses in the order of the scan and paces them; the next one
 * begins when the last packet of the one before is out; at high rates several are at work. Who does not answer is pinged once more, after all that were
 * pinged before.
 */
export class PingSweep {
  readonly #options: PingSweepOptions;
  readonly #clock: Clock;
  readonly #again: ScanHost[] = [];
  readonly #lanes: number;
  readonly #batchSize: number;
  #running = 0;
  /** Why fping does not work here, in its words. */
  #failure: string | undefined;

  constructor(options: PingSweepOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    const { packetsPerSecond, total } = options;
    const laneRate = process.getuid?.() === 0 ? LANE_RATE.root : LANE_RATE.others;
    this.#lanes = Math.min(MOST_LANES, Math.max(1, Math.ceil(packetsPerSecond / laneRate)));
    const share = Math.max(BATCH_LEAST, Math.ceil(total / this.#lanes));
    this.#batchSize = Math.min(share, batchSizeFor(packetsPerSecond / this.#lanes));
  }

  /** Pings all that `pull` gives. Resolves when every one has its outcome, or the scan was ended. */
  async run(): Promise<void> {
    if (await hasFping(this.#options.fping)) {
      await Promise.all(Array.from({ length: this.#lanes }, () => this.#runLane()));
      if (this.#failure === undefined) return;
      this.#options.onRemark(
        `fping cannot ping from here (${this.#failure}): ${this.#options.fallback ? 'addresses were looked for by TCP in its place' : 'no address was pinged'}.`,
      );
    } else if (!this.#options.signal.aborted) {
      this.#options.onRemark(
        this.#options.fallback
          ? 'fping is not installed where this scan ran: addresses were looked for by TCP ports 443 and 80 in place of ICMP, which finds fewer devices.'
          : 'fping is not installed where this scan ran: no address was pinged, which finds fewer devices.',
      );
    }
    await Promise.all(Array.from({ length: FALLBACK_AT_ONCE }, () => this.#runFallback()));
  }

  async #runLane(): Promise<void> {
    const { signal } = this.#options;
    const batches: Promise<void>[] = [];
    while (!signal.aborted && this.#failure === undefined) {
      const batch = this.#nextBatch();
      if (batch.length > 0) batches.push((await this.#begin(batch)).end);
      else if (this.#isOver()) break;
      else await sleep(LOOK_AGAIN_MS, this.#clock, signal);
    }
    await Promise.all(batches);
  }

  #isOver(): boolean {
    return this.#running === 0 && this.#again.length === 0 && this.#options.isDry();
  }

  /** Takes the next addresses: those that are pinged again first. A few wait for more while others are under way. */
  #nextBatch(): ScanHost[] {
    const size = this.#batchSize;
    const fresh = this.#again.length >= size ? [] : this.#options.pull(size - this.#again.length);
    const isWorth = fresh.length > 0 || this.#again.length >= size || this.#running === 0;
    return isWorth ? [...this.#again.splice(0, size - fresh.length), ...fresh] : [];
  }

  /** Starts a batch, and waits until all of its packets are out. @returns what resolves at its end */
  async #begin(batch: readonly ScanHost[]): Promise<{ end: Promise<void> }> {
    const { budget, packetsPerSecond, signal } = this.#options;
    const intervalMs = (1000 * this.#lanes) / packetsPerSecond;
    const takeBack = budget.lend(packetsPerSecond / this.#lanes);
    this.#running += 1;
    const end = this.#ping(batch, intervalMs).finally(() => {
      this.#running -= 1;
      takeBack();
    });
    await Promise.race([end, sleep(batch.length * intervalMs, this.#clock, signal)]);
    takeBack();
    return { end };
  }

  async #ping(batch: readonly ScanHost[], intervalMs: number): Promise<void> {
    const { fping, ledger, signal, timeoutsMs } = this.#options;
    const hosts = new Map(batch.map((host) => [host.address, host]));
    // Those that are pinged for the last time decide: they have waited longest already.
    const tries = batch.map(({ unansweredPings }) => timeoutsMs[unansweredPings] ?? 0);
    try {
      const { open } = await runFpingBatch({
        command: fping,
        addresses: batch.map(({ address }) => address),
        intervalMs,
        timeoutMs: Math.max(...tries),
        signal,
        onOutcome: (address, isAnswered) => {
          ledger.note(address, 'icmp_echo');
          const host = hosts.get(address);
          hosts.delete(address);
          if (host !== undefined) this.#conclude(host, isAnswered);
        },
      });
      for (const [address, packets] of open) {
        ledger.note(address, 'icmp_echo', packets);
        const host = hosts.get(address);
        if (host !== undefined && !signal.aborted) this.#conclude(host, false);
      }
    } catch (error) {
      if (signal.aborted) return;
      this.#failure = errorMessage(error);
      this.#again.push(...hosts.values());
    }
  }

  #conclude(host: ScanHost, isAnswered: boolean): void {
    host.sentAt = this.#clock.monotonic();
    if (isAnswered) {
      host.answersPing = true;
    } else {
      host.unansweredPings += 1;
      // Who has answered something else meanwhile is there, whatever it thinks of pings.
      if (host.unansweredPings < this.#options.timeoutsMs.length && !host.isThere) {
        this.#again.push(host);
        return;
      }
    }
    this.#options.onOutcome(host);
  }

  async #runFallback(): Promise<void> {
    const { signal, pull, isDry, fallback, onOutcome } = this.#options;
    while (!signal.aborted) {
      const host = this.#again.shift() ?? pull(1)[0];
      if (host === undefined) {
        if (isDry()) return;
        await sleep(LOOK_AGAIN_MS, this.#clock, signal);
        continue;
      }
      await fallback?.(host).catch(() => undefined);
      if (!signal.aborted) onOutcome(host);
    }
  }
}
