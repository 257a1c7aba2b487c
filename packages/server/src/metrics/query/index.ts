export { createQuery, type QueryOptions } from './query-module.ts';
export { QUERY_LIMITS, type QueryLimits } from './query-parameters.ts';
