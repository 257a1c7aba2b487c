/**
 * A log of the samples, in the order of their arrival at the store, of the series that a `NumberedLoad` marked. Feed it
 * from a `StoreRecorder`.
 */
export class ArrivalLog {
  /** Times of samples by series, epoch ms, in the order of their first arrival. */
  readonly #series = new Map<string, { times: number[]; seen: Set<number> }>();
  readonly #delays: { time: number; delayMs: number }[] = [];
  /** Number of lines that had arrived before: they were sent again after an answer that did not come. */
  repeats = 0;

  read(body: Buffer): void {
    const now = Date.now();
    for (let at = body.indexOf('marked_'); at >= 0; at = body.indexOf('marked_', at)) {
      const end = body.indexOf(0x0a, at);
      const line = body.toString('latin1', at, end < 0 ? body.length : end);
      at = end < 0 ? body.length : end;
      const time = Number(line.slice(line.lastIndexOf(' ') + 1, -6));
      this.#note(line.slice(0, line.indexOf(' ')), time, now);
    }
  }

  #note(name: string, time: number, now: number): void {
    let series = this.#series.get(name);
    if (!series) this.#series.set(name, (series = { times: [], seen: new Set() }));
    if (series.seen.has(time)) {
      this.repeats += 1;
      return;
    }
    series.seen.add(time);
    series.times.push(time);
    this.#delays.push({ time, delayMs: now - time });
  }

  /** Counts samples before a moment of the series whose names begin with `name`. */
  countOf(name: string, before = Number.POSITIVE_INFINITY): number {
    let count = 0;
    for (const [series, { times }] of this.#series) {
      if (series.startsWith(name)) count += times.filter((time) => time < before).length;
    }
    return count;
  }

  /** Milliseconds from a sample's time to its arrival, ascending, of the samples between two times. */
  delaysMs(from: number, to: number): number[] {
    return this.#delays
      .filter(({ time }) => time >= from && time < to)
      .map(({ delayMs }) => delayMs)
      .toSorted((a, b) => a - b);
  }

  /**
   * Lists the series whose samples did not arrive in the order of their times. Two lanes deliver at once, each in
   * order: the arrivals must be two ascending lists, shuffled into one.
   */
  disordered(): string[] {
    return [...this.#series].filter(([, { times }]) => !isTwoAscending(times)).map(([name]) => name);
  }
}

/**
 * Tells whether numbers are two ascending lists, shuffled. Greedily puts each behind the larger end that it can follow.
 */
function isTwoAscending(times: readonly number[]): boolean {
  let high = Number.NEGATIVE_INFINITY;
  let low = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    if (time > high) high = time;
    else if (time > low) low = time;
    else return false;
  }
  return true;
}
