export { EXPRESSION_MAX_LENGTH, type Expression, type ReadExpression, readExpression } from './expression.ts';
export type { ExpressionFacts, Selector } from './expression-facts.ts';
export { forNode, withLookBack, withMatchers } from './look-back.ts';
export { type PlacedMessage, type TextFault, textFault, textFaults } from './text-fault.ts';
