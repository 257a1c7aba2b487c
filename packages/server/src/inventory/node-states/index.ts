export {
  applyChanges,
  applyEvidence,
  applyReasons,
  deleteOldChanges,
  resetNodeStates,
  type StatusChange,
} from './node-state-queries.ts';
export { forgetTargets, keepTargets } from './target-queries.ts';

/** The reason of a node that was just added and that nothing is wrong with. */
export const NO_DATA_YET = 'No data yet.';
