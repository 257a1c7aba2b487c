import type { LabelMatcher } from '@stratora/victoriametrics';

/**
 * The nodes of an expression, without parentheses, comments and ways to write the same. All are immutable; `from` and
 * `to` are offsets into the text that was read.
 */
export type SyntaxNode =
  | NumberNode
  | StringNode
  | SelectorNode
  | SubqueryNode
  | CallNode
  | AggregateNode
  | BinaryNode
  | NegationNode;

interface Place {
  readonly from: number;
  readonly to: number;
}

export interface NumberNode extends Place {
  readonly kind: 'number';
  readonly value: number;
}

export interface StringNode extends Place {
  readonly kind: 'string';
  readonly value: string;
}

export interface SelectorNode extends Place {
  readonly kind: 'selector';
  /** Name that series must have; null where only matchers say which series are meant. */
  readonly metric: string | null;
  /** In the order of label, operator, value; none twice. */
  readonly matchers: readonly LabelMatcher[];
  /** Null for the newest sample of each series (an instant vector). */
  readonly windowMs: number | null;
  readonly offsetMs: number;
}

/** An expression at many times: `of[window:step]`. */
export interface SubqueryNode extends Place {
  readonly kind: 'subquery';
  readonly of: SyntaxNode;
  readonly windowMs: number;
  readonly stepMs: number;
  readonly offsetMs: number;
}

export interface CallNode extends Place {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly SyntaxNode[];
}

export interface AggregateNode extends Place {
  readonly kind: 'aggregate';
  readonly name: string;
  /** Null for one group of all. */
  readonly grouping: Grouping | null;
  /** The vector is the last one. */
  readonly args: readonly SyntaxNode[];
}

export interface Grouping {
  readonly mode: 'by' | 'without';
  readonly labels: readonly string[];
}

export interface BinaryNode extends Place {
  readonly kind: 'binary';
  readonly operator: string;
  /** True for a comparison that gives 0 or 1 and filters nothing. */
  readonly isBool: boolean;
  readonly matching: Matching | null;
  readonly left: SyntaxNode;
  readonly right: SyntaxNode;
}

/** The labels by which series of both sides find each other. */
export interface Matching {
  readonly mode: 'on' | 'ignoring';
  readonly labels: readonly string[];
  /** The side that may have many series for one of the other. */
  readonly many: 'left' | 'right' | null;
  /** Labels that come from the side of one. */
  readonly include: readonly string[];
}

export interface NegationNode extends Place {
  readonly kind: 'negation';
  readonly of: SyntaxNode;
}

/** Returns the nodes directly below a node. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.kind) {
    case 'number':
    case 'string':
    case 'selector':
      return [];
    case 'subquery':
    case 'negation':
      return [node.of];
    case 'call':
    case 'aggregate':
      return node.args;
    case 'binary':
      return [node.left, node.right];
  }
}

/** Rebuilds a node with each node directly below it mapped. */
export function mapChildren(node: SyntaxNode, map: (node: SyntaxNode) => SyntaxNode): SyntaxNode {
  switch (node.kind) {
    case 'number':
    case 'string':
    case 'selector':
      return node;
    case 'subquery':
    case 'negation':
      return { ...node, of: map(node.of) };
    case 'call':
    case 'aggregate':
      return { ...node, args: node.args.map(map) };
    case 'binary':
      return { ...node, left: map(node.left), right: map(node.right) };
  }
}

/** Rebuilds a tree from its leaves up: `change` gets each node after the nodes below it. */
export function rebuild(node: SyntaxNode, change: (node: SyntaxNode) => SyntaxNode): SyntaxNode {
  return change(mapChildren(node, (child) => rebuild(child, change)));
}

const SET_OPERATORS: ReadonlySet<string> = new Set(['and', 'or', 'unless']);
const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '>', '<', '>=', '<=']);

export function isSetOperator(operator: string): boolean {
  return SET_OPERATORS.has(operator);
}

export function isComparison(operator: string): boolean {
  return COMPARISONS.has(operator);
}
