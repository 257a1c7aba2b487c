export { type Expression, type ReadExpression, readExpression } from './expression.ts';
export type { ExpressionFacts, Selector } from './expression-facts.ts';
export { withLookBack } from './look-back.ts';
export { isPerNode } from './per-node.ts';
export { type PlacedMessage, type TextFault, textFault, textFaults } from './text-fault.ts';
export { forNode, withMatchers } from './with-matchers.ts';
