export { NO_DATA_YET } from '@stratora/contract';
export {
  applyChanges,
  applyEvidence,
  applyReasons,
  deleteOldChanges,
  resetNodeStates,
  type StatusChange,
} from './node-state-queries.ts';
export { forgetTargets, forgetTargetsOf, keepTargets } from './target-queries.ts';
