/** Sequences from `from` up to, not including, `to`. */
export interface SequenceRange {
  from: number;
  to: number;
}

/** A range that was acknowledged, with the time (epoch ms) and the epoch of the store. */
export interface AcknowledgedRange extends SequenceRange {
  at: number;
  epoch: string;
}

export interface LedgerState {
  /** First sequence of the live lane, which has everything from there on. */
  live: number;
  /** Ranges that the backlog lane still has to deliver, ascending, apart from each other. */
  backlog: SequenceRange[];
  /** Ascending by time of acknowledgement. */
  acknowledged: AcknowledgedRange[];
  /** The store's epoch as last reported by the server; empty before the first answer. */
  epoch: string;
}

export type Lane = 'live' | 'backlog';

/** Acknowledgements closer than this are kept as one entry. */
const MERGE_WITHIN_MS = 5000;
/**
 * Most ranges that are kept; beyond it neighbours are joined over what lies between, which is then sent again:
 * harmless, and bounded.
 */
const MAX_RANGES = 64;

/**
 * Tracks the sequences that each lane still has to deliver. Holds no data and does no I/O. The live lane has everything
 * from `live` on, so new data never waits behind a backlog; the backlog lane has the ranges before it. Each lane
 * delivers in order.
 */
export class DeliveryLedger {
  #state: LedgerState;
  readonly #keepMs: number;

  /** @param keepMs how long acknowledged ranges are kept to be sent again when the store's epoch changes */
  constructor(state: LedgerState, keepMs: number) {
    this.#keepMs = keepMs;
    this.#state = {
      live: state.live,
      backlog: normalise(state.backlog),
      acknowledged: [...state.acknowledged],
      epoch: state.epoch,
    };
  }

  get state(): Readonly<LedgerState> {
    return this.#state;
  }

  /** Returns the range that the lane has to deliver next. */
  next(lane: Lane, head: number): SequenceRange | undefined {
    const range =
      lane === 'live' ? { from: Math.min(this.#state.live, head), to: head } : this.#state.backlog[0];
    return range && range.from < range.to ? range : undefined;
  }

  /** Returns the oldest sequence that no acknowledgement covers; `head` when everything is delivered. */
  oldestPending(head: number): number {
    return this.#state.backlog[0]?.from ?? Math.min(this.#state.live, head);
  }

  /** True when the segment part [from, to) is neither waiting nor kept. */
  isFree(from: number, to: number): boolean {
    if (to > this.#state.live) return false;
    const overlaps = (range: SequenceRange) => range.from < to && range.to > from;
    return !this.#state.backlog.some(overlaps) && !this.#state.acknowledged.some(overlaps);
  }

  /** True when something of [from, to) still waits to be delivered. */
  isPending(from: number, to: number): boolean {
    return to > this.#state.live || this.#state.backlog.some((range) => range.from < to && range.to > from);
  }

  /** Hands what the live lane has not delivered to the backlog lane; the live lane starts at `head`. */
  demote(head: number): void {
    if (this.#state.live >= head) return;
    this.#state.backlog = normalise([...this.#state.backlog, { from: this.#state.live, to: head }]);
    this.#state.live = head;
  }

  /**
   * `range` was delivered. It was read as one piece, so sequences inside it that do not exist count as delivered.
   * A new epoch puts back what the old one acknowledged in the last `keepMs`.
   */
  acknowledge(lane: Lane, range: SequenceRange, now: number, epoch: string): { replayed: SequenceRange[] } {
    const replayed = this.#enterEpoch(epoch, now);
    this.#remove(lane, range);
    const last = this.#state.acknowledged.at(-1);
    if (last && last.to === range.from && last.epoch === epoch && now - last.at < MERGE_WITHIN_MS) {
      last.to = range.to;
    } else {
      this.#state.acknowledged.push({ ...range, at: now, epoch });
    }
    return { replayed };
  }

  /** Leaves `range` out for good: nothing good is there, or it was set aside. */
  skip(lane: Lane, range: SequenceRange): void {
    this.#remove(lane, range);
  }

  /** Forgets everything before `sequence`: its data is gone. */
  dropBefore(sequence: number): void {
    const cut = <T extends SequenceRange>(ranges: T[]) =>
      ranges
        .filter((range) => range.to > sequence)
        .map((range) => Object.assign({}, range, { from: Math.max(range.from, sequence) }));
    this.#state.backlog = cut(this.#state.backlog);
    this.#state.acknowledged = cut(this.#state.acknowledged);
    this.#state.live = Math.max(this.#state.live, sequence);
  }

  /** Forgets acknowledged ranges that are old enough; ranges from the future (the clock went back) too. */
  expire(now: number): void {
    this.#state.acknowledged = this.#state.acknowledged.filter(
      (range) => Math.abs(now - range.at) <= this.#keepMs + MERGE_WITHIN_MS,
    );
  }

  #enterEpoch(epoch: string, now: number): SequenceRange[] {
    if (epoch === '' || epoch === this.#state.epoch) return [];
    this.expire(now);
    const lost = this.#state.acknowledged.filter((range) => range.epoch !== epoch);
    this.#state.acknowledged = this.#state.acknowledged.filter((range) => range.epoch === epoch);
    this.#state.backlog = normalise([
      ...this.#state.backlog,
      ...lost.map(({ from, to }) => ({ from, to: Math.min(to, this.#state.live) })),
    ]);
    this.#state.epoch = epoch;
    return lost.map(({ from, to }) => ({ from, to }));
  }

  #remove(lane: Lane, range: SequenceRange): void {
    if (lane === 'live' && range.from <= this.#state.live) {
      this.#state.live = Math.max(this.#state.live, range.to);
      return;
    }
    this.#state.backlog = this.#state.backlog.flatMap((piece) => {
      if (piece.to <= range.from || piece.from >= range.to) return [piece];
      const left = { from: piece.from, to: Math.min(piece.to, range.from) };
      const right = { from: Math.max(piece.from, range.to), to: piece.to };
      return [left, right].filter((part) => part.from < part.to);
    });
  }
}

function normalise(ranges: readonly SequenceRange[]): SequenceRange[] {
  const sorted = ranges.filter((range) => range.from < range.to).toSorted((a, b) => a.from - b.from);
  const merged: SequenceRange[] = [];
  for (const range of sorted) {
    const last = merged.at(-1);
    if (last && range.from <= last.to) last.to = Math.max(last.to, range.to);
    else merged.push({ ...range });
  }
  while (merged.length > MAX_RANGES) joinClosest(merged);
  return merged;
}

function joinClosest(ranges: SequenceRange[]): void {
  let best = 1;
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < ranges.length; i += 1) {
    const gap = (ranges[i]?.from ?? 0) - (ranges[i - 1]?.to ?? 0);
    if (gap < smallest) {
      smallest = gap;
      best = i;
    }
  }
  const right = ranges[best];
  const left = ranges[best - 1];
  if (left && right) ranges.splice(best - 1, 2, { from: left.from, to: right.to });
}
