import {
  type AggregateNode,
  type BinaryNode,
  type CallNode,
  isSetOperator,
  type SyntaxNode,
} from './syntax-node.ts';
import { isScalar } from './type-check.ts';

/** The label by which results are joined to nodes. */
const NODE_LABEL = 'node_id';

/** What is known of the labels of a result. */
export interface LabelState {
  /** Whether every series of it has the node of its own samples. */
  hasNode: boolean;
  /** True for a result of one series without any label, which the store takes for a single number. */
  isBare: boolean;
}

/** Tells whether a result cannot be joined to nodes, since something in the expression drops or rewrites their label. */
export function losesNode(expression: SyntaxNode): boolean {
  return !labelState(expression).hasNode;
}

/** Follows what becomes of the labels of the selectors. */
export function labelState(node: SyntaxNode): LabelState {
  switch (node.kind) {
    case 'number':
    case 'string':
      return { hasNode: false, isBare: true };
    case 'selector': {
      const isBarred = node.matchers.some(
        ({ label, operator, value }) => label === NODE_LABEL && operator === '=' && value === '',
      );
      return { hasNode: !isBarred, isBare: false };
    }
    case 'subquery':
    case 'negation':
      return labelState(node.of);
    case 'call':
      return ofCall(node);
    case 'aggregate':
      return ofAggregate(node);
    case 'binary':
      return ofBinary(node);
  }
}

function ofCall({ name, args }: CallNode): LabelState {
  if (name === 'scalar' || name === 'vector') return { hasNode: false, isBare: true };
  const vector = args.find((argument) => argument.kind !== 'string' && !isScalar(argument));
  if (vector === undefined) return { hasNode: false, isBare: true };
  const state = labelState(vector);
  if (name !== 'label_replace' && name !== 'label_join') return state;
  const target = args[1]?.kind === 'string' ? args[1].value : NODE_LABEL;
  return { hasNode: state.hasNode && target !== NODE_LABEL, isBare: false };
}

function ofAggregate({ name, grouping, args }: AggregateNode): LabelState {
  const vector = args.at(-1);
  if (vector === undefined) return { hasNode: false, isBare: true };
  const inner = labelState(vector);
  // These choose among the series of a group and leave their labels alone.
  if (name === 'topk' || name === 'bottomk') return inner;
  const isListed = grouping?.labels.includes(NODE_LABEL) ?? false;
  const isKept = grouping?.mode === 'without' ? !isListed : isListed;
  const [label] = args;
  const isOverwritten = name === 'count_values' && label?.kind === 'string' && label.value === NODE_LABEL;
  return {
    hasNode: inner.hasNode && isKept && !isOverwritten,
    isBare: grouping === null && name !== 'count_values',
  };
}

function ofBinary(node: BinaryNode): LabelState {
  const { operator, matching } = node;
  if (isScalar(node.left)) return labelState(node.right);
  if (isScalar(node.right)) return labelState(node.left);
  const left = labelState(node.left);
  const right = labelState(node.right);
  if (operator === 'or') return { hasNode: left.hasNode && right.hasNode, isBare: false };
  if (isSetOperator(operator)) return left;
  const both = left.hasNode && right.hasNode;
  if (matching === null) {
    if (left.isBare) return right;
    return right.isBare ? left : { hasNode: both, isBare: false };
  }
  if (matching.many === null) {
    const isListed = matching.labels.includes(NODE_LABEL);
    const isKept = matching.mode === 'on' ? isListed : !isListed;
    return { hasNode: both && isKept, isBare: matching.mode === 'on' && matching.labels.length === 0 };
  }
  const [many, one] = matching.many === 'left' ? [left, right] : [right, left];
  // A label that is taken from the side of one replaces that of the other.
  return { hasNode: matching.include.includes(NODE_LABEL) ? one.hasNode : many.hasNode, isBare: false };
}
