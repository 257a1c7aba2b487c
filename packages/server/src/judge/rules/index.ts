export {
  type EffectiveFamily,
  effectiveDefinitions,
  type PlacedDefinition,
  type PlacedSubject,
} from './effective-definitions.ts';
export { instanceName } from './instance-name.ts';
export { type Rule, RuleBook, type Rules } from './rule-book.ts';
