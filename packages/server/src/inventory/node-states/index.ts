export {
  applyChanges,
  applyEvidence,
  applyReasons,
  deleteOldChanges,
  type StatusChange,
  resetNodeStates,
} from './node-state-queries.ts';
export { keepTargets } from './target-queries.ts';
