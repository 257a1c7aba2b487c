import { createQueryClient } from '@stratora/victoriametrics';
import { CallerPlaces } from '../../platform/http/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import { QUERY_LIMITS, type QueryLimits } from './query-parameters.ts';
import { queryRoutes } from './query-routes.ts';
import { QueryService } from './query-service.ts';

/**
 * Queries of users that the store works on at a time; others wait for their turn, within their own time. The store takes
 * four with two processors, more with more, and makes the others wait: so one place is left for the evaluator, which would
 * know nothing while people ask for much.
 */
export const USER_QUERIES_AT_ONCE = 3;
/** Those of one user, so that slow ones of one leave others a place. */
export const QUERIES_OF_ONE_USER = 2;
/** Queries of one user that may wait: a page of charts asks for some dozens. */
const WAITING_OF_ONE_USER = 200;

export interface QueryOptions {
  /** URL of the store, as for a `QueryClient`. */
  url: string;
  limits?: Partial<QueryLimits>;
  /** Milliseconds that a query may take; 30 s by default. */
  timeoutMs?: number;
  /** Most bytes of an answer; the client's own bound by default. */
  maxResponseBytes?: number;
}

/** Builds the module of PromQL for users and programs: routes of the user scope, with a client of their own. */
export function createQuery(options: QueryOptions): ServerModule {
  const { url, maxResponseBytes } = options;
  const client = createQueryClient({
    url,
    maxSockets: USER_QUERIES_AT_ONCE,
    ...(maxResponseBytes === undefined ? {} : { maxResponseBytes }),
  });
  const service = new QueryService({
    client,
    limits: { ...QUERY_LIMITS, ...options.limits },
    timeoutMs: options.timeoutMs ?? 30_000,
    places: new CallerPlaces({
      places: USER_QUERIES_AT_ONCE,
      perCaller: QUERIES_OF_ONE_USER,
      waitingPerCaller: WAITING_OF_ONE_USER,
      what: 'Queries',
    }),
  });
  return { name: 'query', routes: { user: [queryRoutes(service)] }, stop: async () => client.close() };
}
