import type { LabelMatcher } from '@stratora/victoriametrics';
import { canonicalText } from './canonical-text.ts';
import { type Expression, expressionOf } from './expression.ts';
import { orderedMatchers } from './matchers.ts';
import { mapChildren, rebuild, type SelectorNode, type SyntaxNode } from './syntax-node.ts';

const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * Writes an expression with its look-back said: each selector without a window becomes `last_over_time(m[..])`, or gets
 * the window where `timestamp` reads it. So an instant query, a preview and a range query agree, whatever the store's own
 * look-back. What has a window stays; subqueries keep their resolution.
 *
 * @throws RangeError for a look-back that is no positive whole number of milliseconds
 */
export function withLookBack(expression: Expression, lookBackMs: number): string {
  if (!Number.isSafeInteger(lookBackMs) || lookBackMs <= 0) {
    throw new RangeError(`Not a look-back in milliseconds: ${lookBackMs}`);
  }
  const windowed = (node: SelectorNode): SelectorNode =>
    node.windowMs === null ? { ...node, windowMs: lookBackMs } : node;
  const visit = (node: SyntaxNode): SyntaxNode => {
    if (node.kind === 'selector') {
      if (node.windowMs !== null) return node;
      const { from, to } = node;
      return { kind: 'call', name: 'last_over_time', args: [windowed(node)], from, to };
    }
    if (node.kind === 'call' && node.name === 'timestamp') {
      return { ...node, args: node.args.map((argument) => (argument.kind === 'selector' ? windowed(argument) : argument)) };
    }
    return mapChildren(node, visit);
  };
  return canonicalText(visit(expression.syntax));
}

/**
 * Adds matchers to every selector of an expression.
 * @throws TypeError for a label name that is no identifier
 */
export function withMatchers(expression: Expression, matchers: readonly LabelMatcher[]): Expression {
  const wrong = matchers.find(({ label }) => !LABEL_NAME.test(label));
  if (wrong !== undefined) throw new TypeError(`Not a label name: ${wrong.label}`);
  const syntax = rebuild(expression.syntax, (node) =>
    node.kind === 'selector' ? { ...node, matchers: orderedMatchers([...node.matchers, ...matchers]) } : node,
  );
  return { ...expressionOf(syntax, ''), warnings: expression.warnings };
}

/** Limits an expression to the series of one node. */
export function forNode(expression: Expression, nodeId: string): Expression {
  return withMatchers(expression, [{ label: 'node_id', operator: '=', value: nodeId }]);
}
