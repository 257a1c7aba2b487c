import type { LabelMatcher } from '@stratora/victoriametrics';
import { type Expression, expressionOf } from './expression.ts';
import { isLabelName, orderedMatchers } from './matchers.ts';
import { rebuild } from './syntax-node.ts';

/**
 * Adds matchers to every selector of an expression. Values may be any text; they are escaped where it is written.
 * @throws TypeError for a label name that is no identifier
 */
export function withMatchers(expression: Expression, matchers: readonly LabelMatcher[]): Expression {
  const wrong = matchers.find(({ label }) => !isLabelName(label));
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
