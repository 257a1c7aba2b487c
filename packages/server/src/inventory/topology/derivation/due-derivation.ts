/** What a derivation would be made of, as texts that are the same while it is the same. */
export interface DerivationMark {
  /** Number of the newest report of each node. */
  readonly reports: ReadonlyMap<string, string>;
  readonly surroundings: string;
}

/** Milliseconds that a burst of reports is waited for, from the last of them and from the first. */
const QUIET_MS = 2000;
const BURST_MAX_MS = 15_000;
/** Milliseconds after which links are looked at anew although nothing was heard: they age. */
const RENEW_MS = 10 * 60_000;

/** Decides when to derive: some seconds after the last report of a burst, and now and then in any case. */
export class DueDerivation {
  #done: { mark: string; atMs: number } | undefined;
  #seen: { mark: string; firstMs: number; lastMs: number } | undefined;

  /** Notes what there is now. @returns whether to derive now */
  note(mark: DerivationMark, nowMs: number): boolean {
    const text = textOf(mark);
    if (this.#done === undefined) return true;
    if (this.#done.mark === text) {
      this.#seen = undefined;
      return nowMs - this.#done.atMs >= RENEW_MS;
    }
    if (this.#seen === undefined) this.#seen = { mark: text, firstMs: nowMs, lastMs: nowMs };
    else if (this.#seen.mark !== text) this.#seen = { ...this.#seen, mark: text, lastMs: nowMs };
    return nowMs - this.#seen.lastMs >= QUIET_MS || nowMs - this.#seen.firstMs >= BURST_MAX_MS;
  }

  /** Notes that what there was is derived and written. */
  done(mark: DerivationMark, nowMs: number): void {
    this.#done = { mark: textOf(mark), atMs: nowMs };
    this.#seen = undefined;
  }

  /** Forgets what was derived: the next one is due at once. */
  reset(): void {
    this.#done = undefined;
    this.#seen = undefined;
  }
}

function textOf({ reports, surroundings }: DerivationMark): string {
  let sum = 0n;
  for (const number of reports.values()) sum += BigInt(number);
  return `${reports.size} ${sum} ${surroundings}`;
}
