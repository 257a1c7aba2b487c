/** The times at which the gathers of one instance begin. */
export interface ScheduleSettings {
  readonly intervalMs: number;
  /** True when they begin at whole multiples of the interval since the epoch. */
  readonly isRounded: boolean;
  readonly offsetMs: number;
  /**
   * Span of the jitter; each instance keeps a place of its own in [0, jitterMs], so that its samples stay evenly apart.
   */
  readonly jitterMs: number;
  /** Place of this instance in the jitter, 0..1. */
  readonly jitterFraction: number;
}

/**
 * The rhythm of one instance. A wall clock that jumps never stops it for long: after a jump back as after one forward
 * the next gather is at most two intervals away.
 */
export class InputSchedule {
  readonly #settings: ScheduleSettings;
  #lastSlot = Number.NEGATIVE_INFINITY;

  constructor(settings: ScheduleSettings) {
    this.#settings = settings;
  }

  /**
   * Returns the time from now to the next gather.
   *
   * @param nowMs wall clock, ms since the epoch
   */
  nextDelayMs(nowMs: number): number {
    const { intervalMs, isRounded } = this.#settings;
    if (!isRounded) return this.#lastSlot === Number.NEGATIVE_INFINITY ? this.#first() : intervalMs;

    const shiftMs = this.#shiftMs();
    const current = Math.floor((nowMs - shiftMs) / intervalMs);
    // A timer that fires a moment early must not fire twice for one slot; far ahead, the clock went back.
    const isEarly = this.#lastSlot >= current && this.#lastSlot - current <= 1;
    const slot = isEarly ? this.#lastSlot + 1 : current + 1;
    this.#lastSlot = slot;
    return Math.max(0, slot * intervalMs + shiftMs - nowMs);
  }

  #first(): number {
    this.#lastSlot = 0;
    return this.#settings.intervalMs + this.#shiftMs();
  }

  #shiftMs(): number {
    return this.#settings.offsetMs + Math.round(this.#settings.jitterMs * this.#settings.jitterFraction);
  }
}
