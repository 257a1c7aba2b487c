import type { QueryClient } from '@stratora/victoriametrics';
import type { ServerModule } from '../../platform/module.ts';
import { QUERY_LIMITS, type QueryLimits } from './query-parameters.ts';
import { queryRoutes } from './query-routes.ts';
import { QueryService } from './query-service.ts';

export interface QueryOptions {
  client: QueryClient;
  limits?: Partial<QueryLimits>;
  /** Milliseconds that a query may take; 30 s by default. */
  timeoutMs?: number;
}

/** Builds the module of PromQL for users and programs: routes of the user scope. */
export function createQuery(options: QueryOptions): ServerModule {
  const service = new QueryService({
    client: options.client,
    limits: { ...QUERY_LIMITS, ...options.limits },
    timeoutMs: options.timeoutMs ?? 30_000,
  });
  return { name: 'query', routes: { user: [queryRoutes(service)] } };
}
