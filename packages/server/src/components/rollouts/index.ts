export {
  findHoldingRollout,
  findVersionsFor,
  JOIN_HOLDING_ROLLOUT,
  listReferredVersions,
} from './component-version-queries.ts';
export { beginRollouts } from './rollout-begin.ts';
export { lockMember, recordReleasedGeneration } from './rollout-member-queries.ts';
export { createRollouts } from './rollouts-module.ts';
