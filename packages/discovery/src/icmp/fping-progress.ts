export interface FpingCourse {
  /** Milliseconds from one packet to the next. */
  readonly intervalMs: number;
  /** Wait for an answer, in milliseconds. */
  readonly timeoutMs: number;
  /** When the program was started, by the same clock as all other times here. */
  readonly startedAt: number;
}

/** Milliseconds by which a line of the program, or a signal to it, may come late. */
const LATE_MS = 5;

/**
 * How far an fping is in its list. One that is interrupted says nothing of the packets that were on their way (seen with
 * 5.1): they follow from its pace, and from the last address of which it said that the time is over. What may have been
 * sent counts as sent.
 */
export class FpingProgress {
  readonly #positions: ReadonlyMap<string, number>;
  readonly #course: FpingCourse;
  /** A position in the list, and a time at which its packet was not sent yet, or just then. */
  #known: { position: number; at: number };

  constructor(addresses: readonly string[], course: FpingCourse) {
    this.#positions = new Map(addresses.map((address, position) => [address, position]));
    this.#course = course;
    this.#known = { position: 0, at: course.startedAt };
  }

  /** Notes that the program waited for an address in vain. */
  noteSilent(address: string, now: number): void {
    const position = this.#positions.get(address);
    if (position === undefined || position < this.#known.position) return;
    this.#known = { position, at: now - this.#course.timeoutMs - LATE_MS };
  }

  /** Whether a packet may have gone to an address by a time. */
  mayHaveSent(address: string, now: number): boolean {
    const { position, at } = this.#known;
    const reached = position + Math.ceil((now + LATE_MS - at) / this.#course.intervalMs);
    return (this.#positions.get(address) ?? Number.POSITIVE_INFINITY) <= reached;
  }
}
