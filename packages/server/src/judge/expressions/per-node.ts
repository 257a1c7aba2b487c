import type { Expression } from './expression.ts';
import { losesNode } from './node-label.ts';
import { childrenOf, type Matching, type SyntaxNode } from './syntax-node.ts';

/**
 * Whether the value of a node comes of its own series alone, so that the expression gives a node the same value when it is
 * limited to that node. One that sets nodes against others, or against what has no node, does not.
 */
export function isPerNode({ syntax }: Expression): boolean {
  return keepsNode(syntax);
}

function keepsNode(node: SyntaxNode): boolean {
  const picksAmongNodes =
    node.kind === 'aggregate' &&
    (node.name === 'topk' || node.name === 'bottomk') &&
    !(node.grouping?.mode === 'by' && node.grouping.labels.includes('node_id'));
  const joinsNodes = node.kind === 'binary' && node.matching !== null && !matchesByNode(node.matching);
  if (picksAmongNodes || joinsNodes || (hasSelector(node) && losesNode(node))) return false;
  return childrenOf(node).every(keepsNode);
}

function matchesByNode({ mode, labels }: Matching): boolean {
  return labels.includes('node_id') === (mode === 'on');
}

function hasSelector(node: SyntaxNode): boolean {
  return node.kind === 'selector' || childrenOf(node).some(hasSelector);
}
