export { type ConfigCipher, openText, packText, sealText } from './config-body.ts';
export { createConfigHistory } from './config-history-module.ts';
export {
  findDesiredGeneration,
  findNewestGeneration,
  insertGeneration,
  lockGenerations,
  type ReportedOutcome,
  recordOutcomes,
} from './generation-queries.ts';
export { JOIN_DESIRED, JOIN_DESIRED_AND_RUNNING } from './history-queries.ts';
