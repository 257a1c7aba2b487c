export type { MetricNormalizer } from '@stratora/templates';
export { createNormalize } from './normalize-module.ts';
