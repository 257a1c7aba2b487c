import { labelState } from './node-label.ts';
import { type BinaryNode, childrenOf, isComparison, type Matching, type SyntaxNode } from './syntax-node.ts';
import { isScalar } from './type-check.ts';

/**
 * The functions for which VictoriaMetrics also reads the sample before the window. With no sample in the window it says
 * that nothing changed: 0, for up to five minutes in an instant query and for about one interval in a range query. A
 * device that is gone would read as one that is well.
 */
const READS_BEFORE_WINDOW: ReadonlySet<string> = new Set([
  'rate',
  'irate',
  'increase',
  'delta',
  'idelta',
  'changes',
  'resets',
  'timestamp',
]);

/** What must have a value for that of a node to count, and the labels by which both find each other. */
export interface Presence {
  of: SyntaxNode;
  matching: Matching | null;
}

/**
 * Returns what must be present for the value of a node; undefined where the store gives none on its own.
 *
 * - A function that reads before its window counts while the window has a sample.
 * - `sgn`, for which nothing is 0, counts while its argument has a value, and so does a power, for which nothing to the 0 is 1.
 * - `bool` and `!=` between series count while the right side has a value: a range query, which knows the series from
 *   other times, compares with NaN there, and gives 0 or the left side.
 */
export function presenceOf(node: SyntaxNode): Presence | undefined {
  if (node.kind === 'call' && READS_BEFORE_WINDOW.has(node.name)) {
    const window = node.args.find(
      (argument) =>
        argument.kind === 'subquery' || (argument.kind === 'selector' && argument.windowMs !== null),
    );
    if (window === undefined) return undefined;
    const { from, to } = node;
    return { of: { kind: 'call', name: 'last_over_time', args: [window], from, to }, matching: null };
  }
  if (node.kind === 'call' && node.name === 'sgn') return presenceIn(node.args[0]);
  if (node.kind !== 'binary') return undefined;
  if (node.operator === '^') return ofPower(node);
  if (!isComparison(node.operator)) return undefined;
  const makesUp = node.isBool || node.operator === '!=';
  if (!makesUp || isScalar(node.left) || isScalar(node.right)) return undefined;
  return { of: node.right, matching: matchingOfResult(node) };
}

function presenceIn(of: SyntaxNode | undefined): Presence | undefined {
  return of === undefined ? undefined : { of, matching: null };
}

function ofPower({ left, right }: BinaryNode): Presence | undefined {
  const isPlain = right.kind === 'number' && right.value !== 0;
  const isOfNumber = isScalar(left) !== isScalar(right);
  return isPlain || !isOfNumber ? undefined : presenceIn(isScalar(left) ? right : left);
}

/** Returns how the result of a comparison finds the series of its right side. */
function matchingOfResult({ matching, right }: BinaryNode): Matching | null {
  const plain = { many: null, include: [] } as const;
  if (matching === null) return labelState(right).isBare ? { ...plain, mode: 'on', labels: [] } : null;
  if (matching.many !== 'right') return { ...plain, mode: matching.mode, labels: matching.labels };
  // The result has the labels of the right side then, but for those that came from the left.
  return matching.include.length === 0 ? null : { ...plain, mode: 'ignoring', labels: matching.include };
}

/**
 * Counts the nodes of an expression with all that is tied to it, which is asked twice each time; Infinity from `most` on.
 */
export function tiedSize(node: SyntaxNode, most: number): number {
  let size = 1;
  for (const child of childrenOf(node)) {
    size += tiedSize(child, most);
    if (size >= most) return Infinity;
  }
  const presence = presenceOf(node);
  if (presence !== undefined) size += tiedSize(presence.of, most);
  return size >= most ? Infinity : size;
}
