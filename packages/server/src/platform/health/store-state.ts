import type { Clock } from '@stratora/runtime';
import type { StoreRefusal, StoreUse, WriteResult } from '@stratora/victoriametrics';

/**
 * Milliseconds for which a fault of the set-up outlives a success: what a proxy refuses for its size alternates with what
 * it lets through.
 */
const SETUP_FAULT_HOLDS_MS = 30_000;

interface Direction {
  /** Whether a call was answered yet, one way or the other. */
  isKnown: boolean;
  refusal: StoreRefusal | undefined;
  failedAt: number;
}

/** The state of the metric store in each direction, as the calls that are made anyway show it. */
export class StoreState {
  readonly #clock: Clock;
  readonly #directions: Readonly<Record<StoreUse, Direction>> = {
    write: { isKnown: false, refusal: undefined, failedAt: 0 },
    read: { isKnown: false, refusal: undefined, failedAt: 0 },
  };

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether both directions have worked, and neither has a fault. */
  get isGood(): boolean {
    const { write, read } = this.#directions;
    return write.isKnown && read.isKnown && !write.refusal && !read.refusal;
  }

  /** The fault of a direction; undefined while none is known. */
  faultOf(use: StoreUse): StoreRefusal | undefined {
    return this.#directions[use].refusal;
  }

  noteWrite(result: WriteResult): void {
    this.#note('write', result.ok ? undefined : result);
  }

  noteRead(refusal: StoreRefusal | undefined): void {
    this.#note('read', refusal);
  }

  #note(use: StoreUse, refusal: StoreRefusal | undefined): void {
    const direction = this.#directions[use];
    const now = this.#clock.monotonic();
    direction.isKnown = true;
    // What is wrong with a line or an expression says that the store is well.
    if (refusal && refusal.reason !== 'rejected') {
      direction.refusal = refusal;
      direction.failedAt = now;
      return;
    }
    const holds = direction.refusal?.reason === 'misconfigured';
    if (holds && now - direction.failedAt < SETUP_FAULT_HOLDS_MS) return;
    direction.refusal = undefined;
  }
}
