import type {
  EscalationPreview,
  EscalationTeam,
  OnCallAnswer,
  Rota,
  StandIns,
  TeamOverride,
  UpdateTeam,
  WrittenTeam,
} from '@stratora/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';
import { fetchAll } from './list.ts';

const PATH = '/escalation-teams';
const KEY = 'escalation-teams';

/** Every escalation team, the default one too. */
export const teamsQuery = queryOptions({
  queryKey: [KEY, 'all'],
  queryFn: async ({ signal }) =>
    (await fetchAll<EscalationTeam>(PATH, { query: { sort: 'name' }, signal })).items,
});

export function teamPath(id: string): string {
  return `${PATH}/${encodeURIComponent(id)}`;
}

export function teamQuery(id: string) {
  return queryOptions({
    queryKey: [KEY, 'one', id],
    queryFn: ({ signal }) => request<EscalationTeam>(teamPath(id), { signal }),
  });
}

/** Everybody who may be put on call, by name alone. */
export const standInsQuery = queryOptions({
  queryKey: [KEY, 'stand-ins'],
  queryFn: async ({ signal }) => (await request<StandIns>(`${PATH}/stand-ins`, { signal })).items,
});

/** Who is on call now, and who is next. */
export function onCallQuery(id: string) {
  return queryOptions({
    queryKey: [KEY, 'on-call', id],
    queryFn: ({ signal }) => request<OnCallAnswer>(`${teamPath(id)}/on-call`, { signal }),
  });
}

/** The shifts of the next `days` days, from now or from a moment (RFC 3339). */
export function rotaQuery(id: string, days: number, from?: string) {
  return queryOptions({
    queryKey: [KEY, 'rota', id, days, from],
    queryFn: ({ signal }) => request<Rota>(`${teamPath(id)}/rota`, { query: { days, from }, signal }),
  });
}

/** A sample alert; without `at` it begins now. */
export interface SampleAlert {
  readonly severity: 'info' | 'warning' | 'critical';
  readonly node_id: string | null;
  readonly site_id: string | null;
  readonly definition_id: string | null;
  readonly at?: string;
}

/** Who would hear what and when of a sample alert. Nobody is told. */
export function escalationPreviewQuery(sample: SampleAlert) {
  return queryOptions({
    queryKey: [KEY, 'preview', sample],
    queryFn: ({ signal }) =>
      request<EscalationPreview>(`${PATH}/preview`, { method: 'POST', body: sample, signal }),
    retry: false,
  });
}

function useTeamChange<V, A>(call: (variables: V) => Promise<A>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: call,
    onSuccess: () => client.invalidateQueries({ queryKey: [KEY] }),
  });
}

export function useCreateTeam() {
  return useTeamChange((body: WrittenTeam) => request<EscalationTeam>(PATH, { method: 'POST', body }));
}

export function useUpdateTeam() {
  return useTeamChange(
    ({ id, body, ifMatch }: { id: string; body: UpdateTeam; ifMatch?: string | undefined }) =>
      request<EscalationTeam>(teamPath(id), { method: 'PATCH', body, ifMatch }),
  );
}

/** Puts somebody on call in the place of whoever's turn it is. */
export function useAddOverride() {
  return useTeamChange(({ id, override, ifMatch }: { id: string; override: TeamOverride; ifMatch: string }) =>
    request<EscalationTeam>(`${teamPath(id)}/overrides`, { method: 'POST', body: override, ifMatch }),
  );
}

/** Takes an override back, by its place in the list. */
export function useRemoveOverride() {
  return useTeamChange(({ id, place, ifMatch }: { id: string; place: number; ifMatch: string }) =>
    request<EscalationTeam>(`${teamPath(id)}/overrides/${place}`, { method: 'DELETE', ifMatch }),
  );
}

export function useDeleteTeam() {
  return useTeamChange((id: string) => request<void>(teamPath(id), { method: 'DELETE' }));
}
