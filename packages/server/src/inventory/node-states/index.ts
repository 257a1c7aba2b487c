export {
  applyChanges,
  applyEvidence,
  applyReasons,
  deleteOldChanges,
  resetNodeStates,
  type StatusChange,
} from './node-state-queries.ts';
export { keepTargets } from './target-queries.ts';
