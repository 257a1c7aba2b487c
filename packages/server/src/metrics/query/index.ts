import type { QueryClient } from '@stratora/victoriametrics';
import type { Routes } from '../../platform/http/index.ts';
import { QUERY_LIMITS, type QueryLimits } from './query-parameters.ts';
import { queryRoutes } from './query-routes.ts';
import { QueryService } from './query-service.ts';

export { QUERY_LIMITS, type QueryLimits } from './query-parameters.ts';

export interface QueryOptions {
  client: QueryClient;
  limits?: Partial<QueryLimits>;
  /** 30 s unless told. */
  timeoutMs?: number;
}

/** PromQL for users and programs: routes of the user scope. */
export function createQuery(options: QueryOptions): { routes: (routes: Routes) => void } {
  const service = new QueryService({
    client: options.client,
    limits: { ...QUERY_LIMITS, ...options.limits },
    timeoutMs: options.timeoutMs ?? 30_000,
  });
  return { routes: queryRoutes(service) };
}
