export { notValid } from './definition-refusal.ts';
export { DefinitionSamples } from './definition-samples.ts';
export { effectiveDefinitions, type PlacedSubject } from './effective-definitions.ts';
export { instanceName, keptLabels, storedInstance, storedName } from './instance-name.ts';
export type { Rule, Rules } from './rule-book.ts';
export { createRules, type RulesModule, type RulesOptions } from './rules-module.ts';
export { type Level, levelOf, severityOf } from './severity-level.ts';
export { requireSound } from './sound-definition.ts';
export { crosses, firesAt, holdsAt, isIdle, levelRange, type Thresholds, thresholdOf } from './thresholds.ts';
