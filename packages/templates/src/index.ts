export { MetricNormalizer, type Normalized, type RowDefaults } from './metric-normalizer.ts';
export { findRuleConflict } from './rule-conflict.ts';
export {
  type LoadedTemplates,
  loadTemplates,
  readDeviceTemplates,
  readTemplate,
  resolveTemplates,
} from './template-files.ts';
