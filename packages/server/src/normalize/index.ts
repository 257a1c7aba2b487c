export { MetricNormalizer, type Normalized, type RowDefaults } from './metric-normalizer.ts';
