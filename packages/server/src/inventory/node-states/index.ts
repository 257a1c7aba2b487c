export {
  applyChanges,
  applyEvidence,
  applyReasons,
  deleteOldChanges,
  type StatusChange,
  startOver,
} from './node-state-queries.ts';
export { keepTargets } from './target-queries.ts';
