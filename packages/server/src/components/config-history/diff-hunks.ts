import type { ConfigDiff } from '@stratora/contract';
import type { Pace } from '../config-render/index.ts';
import type { LineComparison } from './line-comparison.ts';
import type { Lines } from './line-text.ts';

export type LineDiff = Pick<ConfigDiff, 'added' | 'removed' | 'hunks' | 'truncated'>;
type Hunk = LineDiff['hunks'][number];

interface HunkLimits {
  context: number;
  maxLines: number;
  /** Number of lines before both. */
  skipped: number;
}

/** The builder of hunks, which puts changed lines together with those around them. */
export class HunkBuilder {
  readonly #old: Lines;
  readonly #fresh: Lines;
  readonly #limits: HunkLimits;
  readonly #hunks: Hunk[] = [];
  #open: Hunk | undefined;
  /** The line after the last one that a hunk has taken, on the old side; and how many lines all hunks have. */
  #taken = 0;
  #lines = 0;
  #truncated = false;

  constructor(old: Lines, fresh: Lines, limits: HunkLimits) {
    this.#old = old;
    this.#fresh = fresh;
    this.#limits = limits;
  }

  async build({ gone, fresh }: LineComparison, pace: Pace): Promise<LineDiff> {
    let [a, b, added, removed] = [0, 0, 0, 0];
    while (a < gone.length || b < fresh.length) {
      if (gone[a] === 1) {
        this.#change('removed', { a, b });
        removed += 1;
        a += 1;
      } else if (fresh[b] === 1) {
        this.#change('added', { a, b });
        added += 1;
        b += 1;
      } else {
        a += 1;
        b += 1;
      }
      if ((a & 0xffff) === 0 && pace.isDue) await pace.rest();
    }
    if (this.#open) this.#take(this.#open, Math.min(this.#taken + this.#limits.context, gone.length));
    return { added, removed, hunks: this.#hunks, truncated: this.#truncated };
  }

  #change(kind: 'added' | 'removed', { a, b }: { a: number; b: number }): void {
    const { context, maxLines, skipped } = this.#limits;
    if (this.#truncated) return;
    if (this.#lines >= maxLines) {
      this.#truncated = true;
      this.#open = undefined;
      return;
    }
    if (this.#open && a - this.#taken > 2 * context) {
      this.#take(this.#open, this.#taken + context);
      this.#open = undefined;
    }
    if (!this.#open) {
      const before = Math.min(context, a - this.#taken);
      this.#open = { from_line: skipped + a - before + 1, to_line: skipped + b - before + 1, lines: [] };
      this.#hunks.push(this.#open);
      this.#taken = a - before;
    }
    this.#take(this.#open, a);
    this.#open.lines.push({ kind, text: kind === 'removed' ? this.#old.text(a) : this.#fresh.text(b) });
    this.#lines += 1;
    if (kind === 'removed') this.#taken = a + 1;
  }

  /** Adds unchanged lines up to `end`, by the old side. */
  #take(hunk: Hunk, end: number): void {
    for (; this.#taken < end; this.#taken += 1) {
      hunk.lines.push({ kind: 'same', text: this.#old.text(this.#taken) });
      this.#lines += 1;
    }
  }
}
