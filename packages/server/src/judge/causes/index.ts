export type { CauseFacts, Causes, NodeReturn } from './cause-facts.ts';
export { findCauses } from './find-causes.ts';
export { findHold, type Hold } from './hold.ts';
export { buildNetwork, type Network } from './network.ts';
