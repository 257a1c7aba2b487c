export { durationText, readDurationMs, readNumber, readString } from './literals.ts';
export { isWordOfLanguage } from './metric-names.ts';
export { queryFault, selectorFault } from './query-guard.ts';
