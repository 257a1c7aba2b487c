import type { Tree } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { EXPRESSION_MAX } from '@stratora/contract';
import { canonicalText } from './canonical-text.ts';
import { type ExpressionFacts, expressionWarnings, factsOf } from './expression-facts.ts';
import { losesNode } from './node-label.ts';
import { tiedSize } from './presence.ts';
import { syntaxFaults } from './syntax-faults.ts';
import { type BinaryNode, isComparison, rebuild, type SyntaxNode } from './syntax-node.ts';
import { type PlacedMessage, type TextFault, textFaults } from './text-fault.ts';
import { TreeReader } from './tree-reader.ts';
import { isScalar, typeFaults } from './type-check.ts';

/** Most nodes of an expression as it is asked. */
const MOST_NODES = 2_000;

/** An expression that a rule may rest on. */
export interface Expression extends ExpressionFacts {
  /**
   * The expression in its one form: the same for texts that differ in white space, comments, quotes, parentheses that
   * change nothing, the order of matchers and the way in which a duration is written. It can be read again, by the
   * grammar and by the store, and gives itself.
   */
  readonly text: string;
  /**
   * True when results cannot be joined to nodes: an aggregation, a match of two sides or a rewritten label took
   * `node_id` away.
   */
  readonly aggregatesAwayNode: boolean;
  /** What its author may have meant otherwise; places are those of the text that was read. */
  readonly warnings: readonly TextFault[];
  /** The nodes, for the functions of this module. */
  readonly syntax: SyntaxNode;
}

export type ReadExpression =
  | { ok: true; expression: Expression }
  | { ok: false; faults: readonly TextFault[] };

/** Reads an expression as rules take it (docs/reference/alert-expressions.md), or says all that is wrong with it. */
export function readExpression(text: string): ReadExpression {
  if (text.length > EXPRESSION_MAX) {
    const message = `An expression has ${EXPRESSION_MAX} characters at most; this has ${text.length}.`;
    return refuse(text, [{ from: EXPRESSION_MAX, to: text.length, message }]);
  }
  const tree = parser.parse(text);
  const isEmpty = tree.topNode.firstChild === null || text.replace(/#[^\n]*/g, '').trim() === '';
  if (isEmpty) return refuse(text, [{ from: 0, to: text.length, message: 'The expression is empty.' }]);
  return readTree(text, tree);
}

function readTree(text: string, tree: Tree): ReadExpression {
  const unread = syntaxFaults(text, tree);
  if (unread.length > 0) return refuse(text, unread);
  const reader = new TreeReader(text);
  const read = reader.read(tree.topNode);
  const faults = [...reader.faults, ...(read === undefined ? [] : typeFaults(read))];
  if (read === undefined || faults.length > 0) return refuse(text, faults);
  const syntax = rebuild(read, valueFirst);
  if (tiedSize(syntax, MOST_NODES) === Infinity) {
    const message =
      'Comparisons or windows stand within each other too often: the store would be asked too much.';
    return refuse(text, [{ from: 0, to: text.length, message }]);
  }
  return { ok: true, expression: expressionOf(syntax, text) };
}

function refuse(text: string, faults: readonly PlacedMessage[]): ReadExpression {
  return { ok: false, faults: textFaults(text, faults) };
}

/** Builds an expression of sound nodes. */
export function expressionOf(syntax: SyntaxNode, source: string): Expression {
  return {
    ...factsOf(syntax),
    text: canonicalText(syntax),
    aggregatesAwayNode: losesNode(syntax),
    warnings: textFaults(source, expressionWarnings(syntax)),
    syntax,
  };
}

const MIRRORED: Readonly<Record<string, string>> = { '>': '<', '<': '>', '>=': '<=', '<=': '>=' };

/**
 * Puts the series of a comparison to the left of a single number: Prometheus gives the value of the series from either
 * side, VictoriaMetrics gives what stands to the left, and with `bool` takes nothing to the right for a value.
 */
function valueFirst(node: SyntaxNode): SyntaxNode {
  if (node.kind !== 'binary' || !isComparison(node.operator)) return node;
  if (!isScalar(node.left) || isScalar(node.right)) return node;
  const turned: BinaryNode = {
    ...node,
    operator: MIRRORED[node.operator] ?? node.operator,
    left: node.right,
    right: node.left,
  };
  return turned;
}
