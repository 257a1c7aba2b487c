import type { AlertDefinition, UpdateAlertDefinition, WrittenDefinition } from '@stratora/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';
import { fetchAll } from './list.ts';

const PATH = '/alert-definitions';
const KEY = 'alert-definitions';

/** Every alert definition: there are some dozens, and as many overrides as people wrote. */
export const definitionsQuery = queryOptions({
  queryKey: [KEY, 'all'],
  queryFn: async ({ signal }) =>
    (await fetchAll<AlertDefinition>(PATH, { query: { sort: 'name' }, signal })).items,
  staleTime: 60_000,
});

export function definitionPath(id: string): string {
  return `${PATH}/${encodeURIComponent(id)}`;
}

export function definitionQuery(id: string) {
  return queryOptions({
    queryKey: [KEY, 'one', id],
    queryFn: ({ signal }) => request<AlertDefinition>(definitionPath(id), { signal }),
  });
}

function useDefinitionChange<V, A>(call: (variables: V) => Promise<A>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: call,
    onSuccess: () => client.invalidateQueries({ queryKey: [KEY] }),
  });
}

export function useCreateDefinition() {
  return useDefinitionChange((body: WrittenDefinition) =>
    request<AlertDefinition>(PATH, { method: 'POST', body }),
  );
}

export function useUpdateDefinition() {
  return useDefinitionChange(
    ({ id, body, ifMatch }: { id: string; body: UpdateAlertDefinition; ifMatch?: string | undefined }) =>
      request<AlertDefinition>(definitionPath(id), { method: 'PATCH', body, ifMatch }),
  );
}

export function useCloneDefinition() {
  return useDefinitionChange((id: string) =>
    request<AlertDefinition>(`${definitionPath(id)}/clone`, { method: 'POST', body: {} }),
  );
}

/** Gives a shipped definition back what it came with. */
export function useResetDefinition() {
  return useDefinitionChange((id: string) =>
    request<AlertDefinition>(`${definitionPath(id)}/reset`, { method: 'POST' }),
  );
}

export function useDeleteDefinition() {
  return useDefinitionChange((id: string) => request<void>(definitionPath(id), { method: 'DELETE' }));
}
