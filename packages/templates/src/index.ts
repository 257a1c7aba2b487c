export { matchFaults, type TemplateFault } from './match-breadth.ts';
export { MetricNormalizer, type Normalized, type RowDefaults } from './metric-normalizer.ts';
export { findRuleConflict, type RuleConflict, ruleConflicts } from './rule-conflict.ts';
export {
  type LoadedTemplates,
  loadTemplates,
  readDeviceTemplates,
  readTemplate,
  readTemplateText,
  resolveTemplates,
} from './template-files.ts';
export { TomlLines } from './toml-lines.ts';
export type { TemplateSets } from './walk/proposal-choice.ts';
export { type ProposeOptions, proposeTemplate } from './walk/propose-template.ts';
