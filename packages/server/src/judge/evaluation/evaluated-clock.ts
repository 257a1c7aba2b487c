import type { CycleTime } from './condition-machine.ts';

/** Milliseconds of evaluated time after which a wall clock that was set back counts as right. */
const BACK_MAX_MS = 10 * 60_000;
/** Milliseconds by which the wall clock may part from the monotonic one between two cycles without having been set. */
const JUMP_MS = 5000;
/** Milliseconds of evaluated time after a leap forward in which samples of the new time are not all there yet. */
const AHEAD_MS = 60_000;
/** Most intervals that the time between two cycles counts for. */
const STEP_MAX_INTERVALS = 1.5;

/** What is kept of the clock with each cycle. */
export interface ClockRecord {
  clockMs: number;
  /** Latest wall time that a cycle was evaluated at, epoch milliseconds. */
  wallMs: number;
}

export interface ClockReading extends CycleTime {
  monotonic: number;
  /** Why no sample can be judged: the wall clock was set; undefined while it is right. */
  fault: string | undefined;
  /** Whether the wall clock was set since the cycle before: times of before and after it do not compare. */
  isSet: boolean;
}

/**
 * The clock by which the evaluator counts. It advances from one cycle that went well to the next, by the monotonic time
 * between them and no more than one and a half intervals; so neither time without evaluation nor a wall clock that is set
 * counts for anything.
 */
export class EvaluatedClock {
  readonly #intervalMs: number;
  #record: ClockRecord;
  #cycle: { monotonic: number; wall: number } | undefined;
  /** Reading at which the wall clock was found to be set back, or leapt. */
  #setBackAt: number | undefined;
  #leaptAt: number | undefined;

  /** @param record that of the last cycle of any server; undefined before the first one ever */
  constructor(intervalMs: number, record: ClockRecord | undefined) {
    this.#intervalMs = intervalMs;
    this.#record = record ?? { clockMs: 0, wallMs: 0 };
  }

  /** Reads the clock for a cycle, which counts once `commit` was called with the reading. */
  read(wall: number, monotonic: number): ClockReading {
    const { clockMs: last, wallMs } = this.#record;
    const passedMs = this.#cycle === undefined ? 0 : monotonic - this.#cycle.monotonic;
    const now = last + Math.min(Math.max(passedMs, 0), this.#intervalMs * STEP_MAX_INTERVALS);
    const drift = this.#cycle === undefined ? 0 : wall - this.#cycle.wall - passedMs;
    if (drift > JUMP_MS) this.#leaptAt = now;
    const isBack = wall < wallMs - JUMP_MS;
    this.#setBackAt = isBack ? (this.#setBackAt ?? now) : undefined;
    return { now, last, wall, monotonic, fault: this.#faultAt(now), isSet: Math.abs(drift) > JUMP_MS };
  }

  commit({ now, wall, monotonic }: ClockReading): void {
    const isAccepted = this.#setBackAt !== undefined && now - this.#setBackAt >= BACK_MAX_MS;
    if (isAccepted) this.#setBackAt = undefined;
    this.#record = { clockMs: now, wallMs: isAccepted ? wall : Math.max(this.#record.wallMs, wall) };
    this.#cycle = { monotonic, wall };
  }

  get record(): ClockRecord {
    return this.#record;
  }

  #faultAt(now: number): string | undefined {
    if (this.#setBackAt !== undefined && now - this.#setBackAt < BACK_MAX_MS)
      return "This server's clock was set back.";
    if (this.#leaptAt === undefined) return undefined;
    if (now - this.#leaptAt < AHEAD_MS) return "This server's clock leapt ahead.";
    this.#leaptAt = undefined;
    return undefined;
  }
}
