import type {
  CreateDiscoveryJob,
  DiscoveredDevice,
  DiscoveryChange,
  DiscoveryChangedEvent,
  DiscoveryJob,
  DiscoveryLedger,
  DiscoveryRun,
  ImportDevices,
  ImportedDevices,
  ListAnswer,
  UpdateDiscoveryJob,
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

const PAGE = 200;
/** Most devices of one call; of more, as many calls as that takes. */
const CALL_MAX = 1000;
/** Milliseconds for which something that runs is shown as it was; events tell of it sooner. */
const RUNNING_STALE_MS = 2_000;

const jobPath = (id: string, tail = '') => `/discovery/jobs/${encodeURIComponent(id)}${tail}`;

export const discoveryJobsQuery = queryOptions({
  queryKey: ['discovery', 'jobs'],
  queryFn: async ({ signal }) => (await fetchAll<DiscoveryJob>('/discovery/jobs', { signal })).items,
});

export function discoveryJobQuery(id: string) {
  return queryOptions({
    queryKey: ['discovery', 'job', id],
    queryFn: ({ signal }) => request<DiscoveryJob>(jobPath(id), { signal }),
  });
}

export interface FoundDevices {
  readonly devices: readonly DiscoveredDevice[];
  readonly total: number;
}

/** Everything that a job has found, for a table that is filtered and sorted in the page. */
export function foundDevicesQuery(jobId: string) {
  return queryOptions({
    queryKey: ['discovery', 'devices', jobId],
    queryFn: async ({ signal }): Promise<FoundDevices> => {
      const { items, total } = await fetchAll<DiscoveredDevice>(jobPath(jobId, '/devices'), { signal });
      // Pages are read one after the other: what is found meanwhile may be on two of them.
      const devices = [...new Map(items.map((device) => [device.id, device])).values()];
      return { devices, total: Math.max(total, devices.length) };
    },
    staleTime: RUNNING_STALE_MS,
  });
}

export function discoveryRunsQuery(jobId: string) {
  return infiniteQueryOptions({
    queryKey: ['discovery', 'runs', jobId],
    queryFn: ({ signal, pageParam }) =>
      request<ListAnswer<DiscoveryRun>>(jobPath(jobId, '/runs'), {
        query: { limit: PAGE, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor: next }) => next ?? undefined,
  });
}

/** What a run changed; the last one where none is named. */
export function discoveryChangesQuery(jobId: string, runId: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['discovery', 'changes', jobId, runId],
    queryFn: ({ signal, pageParam }) =>
      request<ListAnswer<DiscoveryChange>>(jobPath(jobId, '/changes'), {
        query: { run_id: runId, limit: PAGE, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor: next }) => next ?? undefined,
  });
}

/** The packets that a run sent, per address; of the last run where none is named. */
export function discoveryLedgerQuery(jobId: string, runId: string | undefined, address: string) {
  return infiniteQueryOptions({
    queryKey: ['discovery', 'ledger', jobId, runId, address],
    queryFn: ({ signal, pageParam }) =>
      request<DiscoveryLedger>(jobPath(jobId, '/ledger'), {
        query: { run_id: runId, search: address, limit: PAGE, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor: next }) => next ?? undefined,
  });
}

/** Notes how far runs are, and asks again for what follows from it: the devices of those that changed. */
export function applyDiscoveryEvents(
  client: QueryClient,
  events: ReadonlyMap<string, DiscoveryChangedEvent>,
): void {
  const noted = (job: DiscoveryJob): DiscoveryJob => {
    const event = events.get(job.id);
    return event === undefined ? job : { ...job, status: event.status, progress: event.progress };
  };
  client.setQueryData<DiscoveryJob[]>(discoveryJobsQuery.queryKey, (jobs) => jobs?.map(noted));
  for (const id of events.keys()) {
    client.setQueryData<DiscoveryJob>(['discovery', 'job', id], (job) => job && noted(job));
    for (const part of ['job', 'devices', 'runs', 'changes', 'ledger'])
      void client.invalidateQueries({ queryKey: ['discovery', part, id] }, { cancelRefetch: false });
  }
  void client.invalidateQueries({ queryKey: discoveryJobsQuery.queryKey }, { cancelRefetch: false });
}

function useDiscoveryChanged() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['discovery'] });
}

export function useCreateDiscoveryJob() {
  const onSuccess = useDiscoveryChanged();
  return useMutation({
    mutationFn: (body: CreateDiscoveryJob) =>
      request<DiscoveryJob>('/discovery/jobs', { method: 'POST', body }),
    onSuccess,
  });
}

export function useUpdateDiscoveryJob() {
  const onSuccess = useDiscoveryChanged();
  return useMutation({
    mutationFn: ({ id, body, ifMatch }: { id: string; body: UpdateDiscoveryJob; ifMatch: string }) =>
      request<DiscoveryJob>(jobPath(id), { method: 'PATCH', body, ifMatch }),
    onSuccess,
  });
}

export function useDeleteDiscoveryJob() {
  const onSuccess = useDiscoveryChanged();
  return useMutation({
    mutationFn: (id: string) => request<void>(jobPath(id), { method: 'DELETE' }),
    onSuccess,
  });
}

/** Cancels the run of a job that is under way, or runs the job once more. */
export function useDiscoveryAction() {
  const onSuccess = useDiscoveryChanged();
  return useMutation({
    mutationFn: ({ id, action }: { id: string; action: 'cancel' | 'rerun' }) =>
      request<DiscoveryJob>(jobPath(id, `/${action}`), { method: 'POST' }),
    onSuccess,
  });
}

/** Takes devices up as nodes, however many, and says what became of each. */
export function useImportDevices(jobId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: ImportDevices): Promise<ImportedDevices> => {
      const sum: ImportedDevices = { items: [], created: 0, existed: 0, failed: 0 };
      for (let at = 0; at < body.device_ids.length; at += CALL_MAX) {
        const ids = body.device_ids.slice(at, at + CALL_MAX);
        const named = new Set(ids);
        const answer = await request<ImportedDevices>(jobPath(jobId, '/import'), {
          method: 'POST',
          body: {
            ...body,
            device_ids: ids,
            overrides: body.overrides.filter(({ device_id: id }) => named.has(id)),
          },
        });
        sum.items.push(...answer.items);
        sum.created += answer.created;
        sum.existed += answer.existed;
        sum.failed += answer.failed;
      }
      return sum;
    },
    // Also of a call that failed after others went through.
    onSettled: async () => {
      await Promise.all(
        ['discovery', 'nodes', 'summary', 'sites', 'topology'].map((key) =>
          client.invalidateQueries({ queryKey: [key] }),
        ),
      );
    },
  });
}

/** Takes devices out of what is new, or back into it. */
export function useIgnoreDevices(jobId: string) {
  const onSuccess = useDiscoveryChanged();
  return useMutation({
    mutationFn: async ({ ids, ignored }: { ids: readonly string[]; ignored: boolean }) => {
      for (let at = 0; at < ids.length; at += CALL_MAX) {
        await request<unknown>(jobPath(jobId, ignored ? '/ignore' : '/unignore'), {
          method: 'POST',
          body: { device_ids: ids.slice(at, at + CALL_MAX) },
        });
      }
    },
    onSuccess,
  });
}

/** Makes several devices one; the first one stays. */
export function useMergeDevices(jobId: string) {
  const onSuccess = useDiscoveryChanged();
  return useMutation({
    mutationFn: (ids: readonly string[]) =>
      request<unknown>(jobPath(jobId, '/merge'), { method: 'POST', body: { device_ids: ids } }),
    onSuccess,
  });
}

/** Makes some addresses of a device a device of their own. */
export function useSplitDevice(jobId: string) {
  const onSuccess = useDiscoveryChanged();
  return useMutation({
    mutationFn: ({ id, addresses }: { id: string; addresses: readonly string[] }) =>
      request<unknown>(jobPath(jobId, '/split'), { method: 'POST', body: { device_id: id, addresses } }),
    onSuccess,
  });
}
