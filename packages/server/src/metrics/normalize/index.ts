export type { MetricNormalizer } from './metric-normalizer.ts';
export { createNormalize } from './normalize-module.ts';
