export {
  findOccurrences,
  nominalMs,
  type Occurrence,
  type OccurrenceNote,
  type OccurrenceSearch,
  shortestDistance,
  type WindowTimes,
} from './occurrences.ts';
export { type RecurrenceRule, readRecurrenceRule } from './recurrence-rule.ts';
export { localText } from './zone-time.ts';
