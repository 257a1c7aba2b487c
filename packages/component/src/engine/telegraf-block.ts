import type { TargetStatus } from '@stratora/contract';
import type { TargetFacts } from './target-facts.ts';

/** The sentence about a fault, and Telegraf's own words where it had any. */
export type Words = Pick<TargetStatus, 'message' | 'detail'>;

type Status = TargetStatus['status'];

interface Fault {
  /** Monotonic time at which it was last told. */
  at: number;
  /** The same by the wall clock, as samples have it. */
  wallAt: number;
  /** The words when it began. */
  words: Words;
}

/** The moment, by both clocks. */
export interface Moment {
  readonly at: number;
  readonly wallAt: number;
}

export interface TelegrafBlockOptions {
  readonly facts: TargetFacts;
  readonly intervalMs: number;
  /** The names of its samples; undefined where they are not known. */
  readonly measurements: ReadonlySet<string> | undefined;
}

/** States in ascending order of urgency. */
const SEVERITY: readonly Status[] = ['ok', 'limit', 'bad_answer', 'timeout', 'refused', 'auth'];
/** Time after the next gather's begin in which it would say again what is wrong. */
const REPEAT_WITHIN_MS = 60_000;
const SLACK_MS = 2000;
/** Telegraf rounds the times of its samples to the second. */
const SAMPLE_PRECISION_MS = 1000;
/** Number of intervals after which a block without a sample has none for now. */
const FRESH_INTERVALS = 2;
/** Least time without any sample after which a gather that does not end is a fault of its target. */
const HANGS_AFTER_MS = 30_000;
const LEAST_OVERRUNS = 2;

/**
 * The state of one input block. A fault is told again at every gather while it lasts, so that it is over once a gather has
 * passed without it; how long that takes is a matter of the block's own interval, not of the node's slowest.
 *
 * A gather that takes longer than its interval delays samples and loses none. It becomes a fault once no sample came for
 * several intervals, and ends with the first that does, or with the first gather that is done in time.
 */
export class TelegrafBlock {
  readonly facts: TargetFacts;
  readonly intervalMs: number;
  readonly #measurements: ReadonlySet<string> | undefined;
  readonly #faults = new Map<Status, Fault>();
  #overruns: { count: number; at: number; words: Words } | undefined;
  #sampledAt: number | undefined;
  /** True when it has had a fault: that is over is then worth a word. */
  #hasFailed = false;

  constructor({ facts, intervalMs, measurements }: TelegrafBlockOptions) {
    this.facts = facts;
    this.intervalMs = intervalMs;
    this.#measurements = measurements;
  }

  /** True when one of the measurements may be its own. */
  writes(measurements: ReadonlySet<string>): boolean {
    const own = this.#measurements;
    if (own === undefined) return true;
    for (const measurement of measurements) if (own.has(measurement)) return true;
    return false;
  }

  /** Notes a fault that ends a gather. @returns true when it is a new one */
  noteFault(status: Status, words: Words, { at, wallAt }: Moment): boolean {
    const before = this.#faults.get(status);
    const isNew = before === undefined || !this.#lasts(before, at);
    this.#faults.set(status, { at, wallAt, words: isNew ? words : before.words });
    this.#overruns = undefined;
    return isNew;
  }

  /** Notes that a gather is still not done. @returns how it stands: just begun to be a fault, known to be one, or none */
  noteOverrun(words: Words, at: number): 'known' | 'new' | undefined {
    const before = this.#overruns;
    const count = before !== undefined && this.#lasts(before, at) ? before.count + 1 : 1;
    this.#overruns = { count, at, words };
    const most = overrunsOfFault(this.intervalMs);
    if (count < most) return undefined;
    return count === most ? 'new' : 'known';
  }

  /** Notes a sample: whatever was late has come. */
  noteSample(at: number): void {
    this.#sampledAt = at;
    this.#overruns = undefined;
  }

  /** Ends the faults told before a sample of a check that only a good answer gives. */
  endFaultsBefore(wallAt: number): void {
    for (const [status, fault] of this.#faults) {
      if (fault.wallAt + SAMPLE_PRECISION_MS <= wallAt) this.#faults.delete(status);
    }
  }

  /** True when the log has just said why a gather failed, which a sample of a check does not know. */
  isExplained(at: number): boolean {
    return [...this.#faults.values()].some(
      (fault) => fault.words.detail !== undefined && this.#lasts(fault, at),
    );
  }

  /** Returns its worst fault, `ok` when its samples are fresh, undefined when nothing is known. */
  state(at: number): (Words & { status: Status }) | undefined {
    const worst = SEVERITY.findLast((status) => {
      const fault = this.#faults.get(status);
      return fault !== undefined && this.#lasts(fault, at);
    });
    const fault = worst && this.#faults.get(worst);
    if (worst && fault) {
      this.#hasFailed = true;
      return { status: worst, ...fault.words };
    }
    const overruns = this.#overruns;
    if (overruns && overruns.count >= overrunsOfFault(this.intervalMs) && this.#lasts(overruns, at)) {
      this.#hasFailed = true;
      return { status: 'timeout', ...overruns.words };
    }
    const isFresh =
      this.#sampledAt !== undefined && at - this.#sampledAt <= FRESH_INTERVALS * this.intervalMs + SLACK_MS;
    // A gather that is not done, or fails, says so in each interval: with no word of it any more there was a good one.
    return isFresh || this.#hasFailed ? { status: 'ok', message: '' } : undefined;
  }

  #lasts(told: { at: number }, at: number): boolean {
    return at - told.at <= this.intervalMs + Math.min(this.intervalMs, REPEAT_WITHIN_MS) + SLACK_MS;
  }
}

/** Compares two states: positive when the first is the more urgent. */
export function compareUrgency(a: Status, b: Status): number {
  return SEVERITY.indexOf(a) - SEVERITY.indexOf(b);
}

function overrunsOfFault(intervalMs: number): number {
  return Math.max(LEAST_OVERRUNS, Math.ceil(HANGS_AFTER_MS / intervalMs));
}
