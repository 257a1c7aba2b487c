export { MetricNormalizer } from './metric-normalizer.ts';
