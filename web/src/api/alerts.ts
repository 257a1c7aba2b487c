import type {
  Alert,
  AlertCounts,
  AlertDetail,
  AlertListQuery,
  AlertWhy,
  BulkAlerts,
  BulkAlertsAnswer,
  ListAnswer,
} from '@stratora/contract';
import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { request } from './client.ts';
import { fetchAll } from './list.ts';

/** The most active alerts that the page holds; beyond it people filter on the server, by site or definition. */
const ACTIVE_MAX = 20_000;
const HISTORY_PAGE = 200;
/** The most alerts of one call. */
const BULK_MAX = 500;

export interface ActiveAlerts {
  readonly alerts: readonly Alert[];
  readonly total: number;
}

/** Every active alert, for a list that is filtered and grouped in the page: what is behind a cause stands on another page of the answer. */
export const activeAlertsQuery = queryOptions({
  queryKey: ['alerts', 'active'],
  queryFn: async ({ signal }): Promise<ActiveAlerts> => {
    const { items, total } = await fetchAll<Alert>('/alerts', {
      query: { state: 'active', sort: '-triggered_at' },
      signal,
      maxItems: ACTIVE_MAX,
    });
    // Pages are read one after the other: what moved meanwhile may be on two of them.
    const alerts = [...new Map(items.map((alert) => [alert.id, alert])).values()];
    return { alerts, total: Math.max(total, alerts.length) };
  },
});

/** A part of the filters of the list, as the server takes them. */
export type AlertQuery = Partial<Omit<AlertListQuery, 'limit' | 'cursor'>>;

/** The alerts that are over, page by page as the server sorts them. */
export function alertHistoryQuery(query: AlertQuery) {
  return infiniteQueryOptions({
    queryKey: ['alerts', 'history', query],
    queryFn: ({ signal, pageParam }) =>
      request<ListAnswer<Alert>>('/alerts', {
        query: { ...query, state: 'resolved', limit: HISTORY_PAGE, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor: next }) => next ?? undefined,
  });
}

/** A short list of alerts. */
export function alertsQuery(query: AlertQuery & { readonly limit: number }) {
  return queryOptions({
    queryKey: ['alerts', 'some', query],
    queryFn: ({ signal }) => request<ListAnswer<Alert>>('/alerts', { query, signal }),
  });
}

/** The active alerts that nobody holds back, worst first: for a page that shows only the first of them. */
export const tellingAlertsQuery = alertsQuery({
  state: 'active',
  held: 'false',
  sort: '-severity',
  limit: 50,
});

/** The newest active alerts: of them the page tells those that it has not seen. */
export const newestAlertsQuery = alertsQuery({ state: 'active', sort: '-triggered_at', limit: 20 });

/** The alert that ended last. */
export const lastResolvedQuery = alertsQuery({ state: 'resolved', sort: '-resolved_at', limit: 1 });

export const alertCountsQuery = queryOptions({
  queryKey: ['alerts', 'counts'],
  queryFn: ({ signal }) => request<AlertCounts>('/alerts/counts', { signal }),
});

export function alertQuery(id: string) {
  return queryOptions({
    queryKey: ['alerts', 'one', id],
    queryFn: ({ signal }) => request<AlertDetail>(`/alerts/${encodeURIComponent(id)}`, { signal }),
  });
}

/** Why nobody was told of a node by a definition at a moment; now where none is given. */
export function alertWhyQuery(nodeId: string, definitionId: string, at: string | undefined) {
  return queryOptions({
    queryKey: ['alerts', 'why', nodeId, definitionId, at],
    queryFn: ({ signal }) =>
      request<AlertWhy>('/alerts/why', {
        query: { node_id: nodeId, definition_id: definitionId, at },
        signal,
      }),
  });
}

/** Asks again for what is shown of alerts. One that is being read is not begun anew: in a storm it would never end. */
export function reloadAlerts(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ queryKey: ['alerts'] }, { cancelRefetch: false });
}

/** What people do to alerts; without alerts it is about one that the page names. */
export type AlertActing = Omit<BulkAlerts, 'alert_ids'>;

/** Acts on alerts, however many. @returns how many of them are now as was asked */
async function actOnAlerts(ids: readonly string[], acting: AlertActing): Promise<BulkAlertsAnswer> {
  const sum: BulkAlertsAnswer = { affected: 0, results: [] };
  for (let from = 0; from < ids.length; from += BULK_MAX) {
    const answer = await request<BulkAlertsAnswer>('/alerts/bulk', {
      method: 'POST',
      body: { alert_ids: ids.slice(from, from + BULK_MAX), ...acting },
    });
    sum.affected += answer.affected;
    sum.results.push(...answer.results);
  }
  return sum;
}

export function useActOnAlerts() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ ids, acting }: { ids: readonly string[]; acting: AlertActing }) =>
      actOnAlerts(ids, acting),
    onSettled: () => client.invalidateQueries({ queryKey: ['alerts'] }),
  });
}
