import type { Clock, TimerHandle } from '@stratora/runtime';
import type { PacketBudget } from '../pace/packet-budget.ts';
import type { Probe } from './probe.ts';

export interface ProbeQueueOptions {
  readonly clock: Clock;
  readonly budget: PacketBudget;
  /** Shortest distance of two packets to one host, milliseconds. */
  readonly hostGapMs: number;
  /** Sends the next message of a probe; false where there was none to send. */
  readonly onTurn: (probe: Probe) => boolean;
  readonly onSilence: (probe: Probe) => void;
}

/** A wait for an answer. */
interface Wait {
  readonly probe: Probe;
  readonly ticket: number;
  readonly dueAt: number;
}

/** A queue of waits of one length, so that the first one is due first. */
class Waits {
  #items: Wait[] = [];
  #head = 0;

  get first(): Wait | undefined {
    return this.#items[this.#head];
  }

  push(wait: Wait): void {
    this.#items.push(wait);
  }

  drop(): void {
    this.#head += 1;
    if (this.#head > 1024 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
  }
}

/** Delay of a turn that shows that the process stood still: answers may wait in the socket, so no wait is over yet. */
const STALL_MS = 120;
/** Most messages that leave in one go: answers are read in between. */
const MOST_AT_ONCE = 256;

/** Probes that wait for their turn and probes that wait for an answer. One timer serves both, and runs only while there are any. */
export class ProbeQueue {
  readonly #options: ProbeQueueOptions;
  readonly #waits = new Map<number, Waits>();
  #ready: Probe[] = [];
  #head = 0;
  #timer: TimerHandle | undefined;
  #timerAt = Number.POSITIVE_INFINITY;
  #isClosed = false;

  constructor(options: ProbeQueueOptions) {
    this.#options = options;
  }

  /** Puts a probe in the queue for its next message. */
  push(probe: Probe): void {
    // Whatever it waited for is over.
    probe.ticket += 1;
    if (!probe.isQueued) this.#ready.push(probe);
    probe.isQueued = true;
    this.#arm();
  }

  /** Lets a probe wait for an answer. */
  wait(probe: Probe, waitMs: number): void {
    let waits = this.#waits.get(waitMs);
    if (waits === undefined) {
      waits = new Waits();
      this.#waits.set(waitMs, waits);
    }
    probe.ticket += 1;
    waits.push({ probe, ticket: probe.ticket, dueAt: this.#options.clock.monotonic() + waitMs });
    this.#arm();
  }

  close(): void {
    this.#isClosed = true;
    this.#options.clock.clearTimeout(this.#timer);
  }

  #arm(): void {
    if (this.#isClosed) return;
    const at = this.#nextAt();
    if (at >= this.#timerAt) return;
    const { clock } = this.#options;
    clock.clearTimeout(this.#timer);
    const now = clock.monotonic();
    this.#timerAt = Math.max(at, now);
    this.#timer = clock.setTimeout(() => this.#turn(), Math.max(0, Math.ceil(at - now)));
  }

  #nextAt(): number {
    const { clock, budget } = this.#options;
    const first = this.#ready[this.#head];
    let at = Number.POSITIVE_INFINITY;
    if (first !== undefined)
      at = Math.max(this.#readyAt(first), clock.monotonic() + Math.max(1, budget.waitMs));
    for (const { first: wait } of this.#waits.values()) if (wait !== undefined) at = Math.min(at, wait.dueAt);
    return at;
  }

  #readyAt({ host }: Probe): number {
    return host.sentAt + this.#options.hostGapMs;
  }

  #turn(): void {
    const now = this.#options.clock.monotonic();
    const isStalled = now - this.#timerAt > STALL_MS;
    this.#timer = undefined;
    this.#timerAt = Number.POSITIVE_INFINITY;
    if (!isStalled) this.#endWaits(now);
    this.#serve(now);
    this.#arm();
  }

  #endWaits(now: number): void {
    for (const waits of this.#waits.values()) {
      for (let wait = waits.first; wait !== undefined && wait.dueAt <= now; wait = waits.first) {
        waits.drop();
        if (wait.ticket === wait.probe.ticket) this.#options.onSilence(wait.probe);
      }
    }
  }

  #serve(now: number): void {
    const { budget, onTurn } = this.#options;
    for (let sent = 0; sent < MOST_AT_ONCE; ) {
      const probe = this.#ready[this.#head];
      if (probe === undefined) break;
      if (!probe.isDone && this.#readyAt(probe) > now) break;
      if (!budget.tryTake()) break;
      this.#head += 1;
      probe.isQueued = false;
      if (onTurn(probe)) sent += 1;
      else budget.spend(-1);
    }
    if (this.#head > 1024 && this.#head * 2 > this.#ready.length) {
      this.#ready = this.#ready.slice(this.#head);
      this.#head = 0;
    }
  }
}
