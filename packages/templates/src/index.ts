export { MetricNormalizer, type Normalized, type RowDefaults } from './metric-normalizer.ts';
export { findRuleConflict } from './rule-conflict.ts';
export {
  type LoadedTemplates,
  loadTemplates,
  readDeviceTemplates,
  readTemplate,
  resolveTemplates,
} from './template-files.ts';
export type { TemplateSets } from './walk/proposal-choice.ts';
export { type ProposeOptions, proposeTemplate } from './walk/propose-template.ts';
