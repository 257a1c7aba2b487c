import type {
  Component,
  ComponentGap,
  ComponentReport,
  ConfigDiff,
  ConfigGeneration,
  ConfigText,
  Deployment,
  ListAnswer,
  Node,
  OutageNotices,
  UpdateComponent,
} from '@stratora/contract';
import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { ApiError, request } from './client.ts';
import { fetchAll } from './list.ts';

const LIST_KEY = ['components', 'list'] as const;
const oneKey = (id: string) => ['components', 'one', id] as const;

/** Every collector and agent: tables and headlines sort and filter up to thousands of them in the page. */
export const componentsQuery = queryOptions({
  queryKey: LIST_KEY,
  queryFn: async ({ signal }) => (await fetchAll<Component>('/components', { signal })).items,
});

const pathOf = (id: string) => `/components/${encodeURIComponent(id)}`;

export function componentQuery(id: string) {
  return queryOptions({
    queryKey: oneKey(id),
    queryFn: ({ signal }) => request<Component>(pathOf(id), { signal }),
  });
}

/** A list that is read page by page, newest first. */
function pagesOf<T>(key: readonly string[], path: string, limit: number) {
  return infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      request<ListAnswer<T>>(path, { query: { limit, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

const PAGE_SIZE = 30;

export function configsQuery(id: string) {
  return pagesOf<ConfigGeneration>(['components', 'configs', id], `${pathOf(id)}/configs`, PAGE_SIZE);
}

export function reportsQuery(id: string) {
  return pagesOf<ComponentReport>(['components', 'reports', id], `${pathOf(id)}/reports`, PAGE_SIZE);
}

export function gapsQuery(id: string) {
  return pagesOf<ComponentGap>(['components', 'gaps', id], `${pathOf(id)}/gaps`, PAGE_SIZE);
}

/** Whether a collector tells people when it cannot reach the server, and what it told. */
export function outageNoticesQuery(id: string) {
  return queryOptions({
    queryKey: ['components', 'outage-notices', id],
    queryFn: ({ signal }) => request<OutageNotices>(`${pathOf(id)}/outage-notices`, { signal }),
  });
}

/** The newest generation of a component, for what it leaves out; undefined where there is none yet. */
export function newestConfigQuery(id: string) {
  return queryOptions({
    queryKey: ['components', 'newest-config', id],
    queryFn: async ({ signal }): Promise<ConfigGeneration | null> => {
      const page = await request<ListAnswer<ConfigGeneration>>(`${pathOf(id)}/configs`, {
        query: { limit: 1 },
        signal,
      });
      return page.items[0] ?? null;
    },
    staleTime: 15_000,
  });
}

/** The text of a generation never changes; which one runs or is wanted does. */
export function configTextQuery(id: string, generation: number) {
  return queryOptions({
    queryKey: ['components', 'config-text', id, generation],
    queryFn: ({ signal }) => request<ConfigText>(`${pathOf(id)}/configs/${generation}`, { signal }),
    staleTime: 60_000,
  });
}

export function configDiffQuery(id: string, generation: number, against: number | undefined) {
  return queryOptions({
    queryKey: ['component-diff', id, generation, against ?? 'before'],
    queryFn: ({ signal }) =>
      request<ConfigDiff>(`${pathOf(id)}/configs/${generation}/diff`, { query: { against }, signal }),
    staleTime: Infinity,
  });
}

/** Nodes that a collector polls. */
export function polledNodesQuery(id: string) {
  return queryOptions({
    queryKey: ['nodes', 'polled-by', id],
    queryFn: async ({ signal }) =>
      (await fetchAll<Node>('/nodes', { query: { collector_id: id, sort: 'name' }, signal })).items,
  });
}

export const deploymentQuery = queryOptions({
  queryKey: ['deployment'],
  queryFn: ({ signal }) => request<Deployment>('/deployment', { signal }),
  staleTime: 60_000,
});

/** The most components to load one by one: above it the whole list is cheaper. */
const SINGLE_RELOADS_MAX = 10;

/** Brings components that events named into what is cached. */
export async function reloadComponents(
  client: QueryClient,
  changes: ReadonlyMap<string, 'created' | 'updated' | 'deleted'>,
): Promise<void> {
  for (const id of changes.keys()) {
    for (const part of ['configs', 'reports', 'gaps', 'newest-config', 'config-text']) {
      void client.invalidateQueries({ queryKey: ['components', part, id] });
    }
  }
  if (changes.size > SINGLE_RELOADS_MAX) {
    await client.invalidateQueries({ queryKey: ['components', 'list'] });
    await client.invalidateQueries({ queryKey: ['components', 'one'] });
    return;
  }
  const answers = await Promise.all([...changes].map(([id, change]) => reloadOne(client, id, change)));
  if (answers.includes('unknown')) {
    await client.invalidateQueries({ queryKey: LIST_KEY });
    return;
  }
  const found = answers.filter((answer) => typeof answer === 'object');
  client.setQueryData<Component[]>(LIST_KEY, (known) => known && patchComponents(known, found));
}

type Reloaded = { readonly id: string; readonly component: Component | undefined } | 'unknown';

async function reloadOne(client: QueryClient, id: string, change: string): Promise<Reloaded> {
  if (change === 'deleted') {
    // The page of a component that is gone says so by itself.
    void client.invalidateQueries({ queryKey: oneKey(id) });
    return { id, component: undefined };
  }
  try {
    const component = await request<Component>(pathOf(id));
    client.setQueryData<Component>(oneKey(id), component);
    return { id, component };
  } catch (error) {
    void client.invalidateQueries({ queryKey: oneKey(id) });
    return error instanceof ApiError && error.status === 404 ? { id, component: undefined } : 'unknown';
  }
}

/** The list with some of it replaced, added or removed. */
function patchComponents(
  known: readonly Component[],
  changes: readonly { readonly id: string; readonly component: Component | undefined }[],
): Component[] {
  const byId = new Map(known.map((component) => [component.id, component]));
  for (const { id, component } of changes) {
    if (component === undefined) byId.delete(id);
    else byId.set(id, component);
  }
  return [...byId.values()];
}

export type ComponentAction = 'approve' | 'reject' | 'revoke' | 'rotate-key' | 'delete';

function useComponentChange<V, A>(call: (variables: V) => Promise<A>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: call,
    onSuccess: async () => {
      await Promise.all(
        ['components', 'summary', 'nodes', 'rollouts'].map((key) =>
          client.invalidateQueries({ queryKey: [key] }),
        ),
      );
    },
  });
}

/** Approves, rejects, revokes or deletes a component or rotates its key; that answers the new key, shown once. */
export function useComponentAction() {
  return useComponentChange(({ id, action }: { id: string; action: ComponentAction }) =>
    action === 'delete'
      ? request<undefined>(pathOf(id), { method: 'DELETE' })
      : request<{ api_key?: string } | undefined>(`${pathOf(id)}/${action}`, { method: 'POST' }),
  );
}

/** Name, site and engine of a component. */
export function useUpdateComponent() {
  return useComponentChange(
    ({ id, body, ifMatch }: { id: string; body: UpdateComponent; ifMatch?: string }) =>
      request<Component>(pathOf(id), { method: 'PATCH', body, ifMatch }),
  );
}

/** Holds a component at a generation; without one it gets the newest again. */
export function useConfigPin() {
  return useComponentChange(({ id, generation }: { id: string; generation: number | undefined }) =>
    generation === undefined
      ? request<Component>(`${pathOf(id)}/config-pin`, { method: 'DELETE' })
      : request<Component>(`${pathOf(id)}/config-pin`, { method: 'PUT', body: { generation } }),
  );
}
