export { captureSource } from './capture-source.ts';
export type { EntityRow, Evidence, HeldObject, WebEvidence } from './evidence.ts';
export type { EvidenceSource } from './evidence-source.ts';
export { type Identity, identify } from './identify.ts';
export { readEvidence } from './read-evidence.ts';
export { RuleBook } from './rule-book.ts';
export { type LoadedRules, type RuleFault, readRuleFiles } from './rule-files.ts';
export { type SnmpSourceOptions, snmpSource } from './snmp-source.ts';
export { type MatchableTemplate, TemplateChooser } from './template-choice.ts';
