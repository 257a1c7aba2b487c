export { type Expression, readExpression } from './expression.ts';
export { withLookBack } from './look-back.ts';
export { isPerNode } from './per-node.ts';
export { type PlacedMessage, type TextFault, textFaults } from './text-fault.ts';
export { forNode, withMatchers } from './with-matchers.ts';
