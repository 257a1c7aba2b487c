import { Pace } from '../config-render/index.ts';
import { HunkBuilder, type LineDiff } from './diff-hunks.ts';
import { LineComparison } from './line-comparison.ts';
import { commonEnds, Lines } from './line-text.ts';

export interface DiffOptions {
  /** Lines shown around a change; 3 by default. */
  context?: number;
  /** Most lines of all hunks together; 5,000 by default. */
  maxLines?: number;
}

const CONTEXT = 3;
const MAX_LINES = 5000;

/**
 * Compares two texts by lines: first the lines that occur once on both sides are matched (patience
 * diff: Bram Cohen), which cuts a config at its blocks; what is between two of them is compared by Myers' algorithm
 * ("An O(ND) Difference Algorithm and Its Variations", 1986). Time is bounded: where a stretch has little in common it is
 * shown as replaced. Counts are whole even where hunks are cut off.
 */
export async function diffLines(before: string, after: string, options: DiffOptions = {}): Promise<LineDiff> {
  const context = options.context ?? CONTEXT;
  const pace = new Pace();
  const same = await commonEnds(before, after, { context, pace });
  const symbols = new Map<string, number>();
  const old = await Lines.of(before, { from: same.start, to: before.length - same.tail, symbols, pace });
  const fresh = await Lines.of(after, { from: same.start, to: after.length - same.tail, symbols, pace });
  const compared = new LineComparison(old.symbols, fresh.symbols, symbols.size);
  await compared.run(pace);
  const builder = new HunkBuilder(old, fresh, {
    context,
    maxLines: options.maxLines ?? MAX_LINES,
    skipped: same.lines,
  });
  return builder.build(compared, pace);
}
