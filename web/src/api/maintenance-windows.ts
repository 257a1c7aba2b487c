import type {
  HeldAlerts,
  MaintenanceCalendar,
  MaintenancePreview,
  MaintenanceWindow,
  MaintenanceWindowListQuery,
  UpdateMaintenanceWindow,
  WrittenWindow,
} from '@stratora/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';
import { fetchAll } from './list.ts';

const PATH = '/maintenance-windows';
const KEY = 'maintenance-windows';

/** Every maintenance window: what runs first, then what is to come, then what is over. */
export const windowsQuery = queryOptions({
  queryKey: [KEY, 'all'],
  queryFn: async ({ signal }) => (await fetchAll<MaintenanceWindow>(PATH, { signal })).items,
});

/** The windows that run now, everywhere or as the query says. */
export function runningWindowsQuery(query: Pick<MaintenanceWindowListQuery, 'node_id' | 'site_id'> = {}) {
  return queryOptions({
    queryKey: [KEY, 'running', query],
    queryFn: async ({ signal }) =>
      (await fetchAll<MaintenanceWindow>(PATH, { query: { ...query, active: 'true' }, signal })).items,
  });
}

export function windowPath(id: string): string {
  return `${PATH}/${encodeURIComponent(id)}`;
}

export function windowQuery(id: string) {
  return queryOptions({
    queryKey: [KEY, 'one', id],
    queryFn: ({ signal }) => request<MaintenanceWindow>(windowPath(id), { signal }),
  });
}

/** What a window held back in the occurrence that runs, or in its last one. */
export function heldAlertsQuery(id: string) {
  return queryOptions({
    queryKey: [KEY, 'held', id],
    queryFn: ({ signal }) => request<HeldAlerts>(`${windowPath(id)}/held`, { signal }),
  });
}

/** When a window is, as people write it. */
export type WindowTimes = Pick<WrittenWindow, 'starts_at' | 'ends_at' | 'rrule' | 'exdates' | 'timezone'>;

/** The next ten occurrences of a window, saved or not. */
export function windowPreviewQuery(times: WindowTimes) {
  return queryOptions({
    queryKey: [KEY, 'preview', times],
    queryFn: ({ signal }) =>
      request<MaintenancePreview>(`${PATH}/preview`, { method: 'POST', body: times, signal }),
    retry: false,
  });
}

/** What takes place between two times (RFC 3339), of all windows. */
export function plannedQuery(from: string, to: string) {
  return queryOptions({
    queryKey: [KEY, 'calendar', from, to],
    queryFn: ({ signal }) =>
      request<MaintenanceCalendar>(`${PATH}/calendar`, { query: { from, to }, signal }),
  });
}

function useWindowChange<V, A>(call: (variables: V) => Promise<A>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: call,
    onSuccess: () => client.invalidateQueries({ queryKey: [KEY] }),
  });
}

/** A window to make; what is absent is as the server has it by default. */
export type NewWindow = Pick<WrittenWindow, 'name' | 'scope' | 'starts_at' | 'ends_at'> &
  Partial<WrittenWindow>;

export function useCreateWindow() {
  return useWindowChange((body: NewWindow) => request<MaintenanceWindow>(PATH, { method: 'POST', body }));
}

export function useUpdateWindow() {
  return useWindowChange(
    ({ id, body, ifMatch }: { id: string; body: UpdateMaintenanceWindow; ifMatch?: string | undefined }) =>
      request<MaintenanceWindow>(windowPath(id), { method: 'PATCH', body, ifMatch }),
  );
}

/** Ends the occurrence that runs; a recurring window goes on with its next one. */
export function useEndWindow() {
  return useWindowChange((id: string) =>
    request<MaintenanceWindow>(`${windowPath(id)}/end`, { method: 'POST' }),
  );
}

export function useDeleteWindow() {
  return useWindowChange((id: string) => request<void>(windowPath(id), { method: 'DELETE' }));
}
