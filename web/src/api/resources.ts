import type {
  CreateCredential,
  CreatedEnrollmentToken,
  CreateEnrollmentToken,
  Credential,
  DeviceTemplate,
  EnrollmentToken,
  Health,
  NodeGroup,
  Role,
  Site,
  Summary,
  UpdateCredential,
  User,
} from '@stratora/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';
import { fetchAll } from './list.ts';

function allOf<T>(path: string, key: string) {
  return queryOptions({
    queryKey: [key],
    queryFn: async ({ signal }) => (await fetchAll<T>(path, { signal })).items,
  });
}

export const sitesQuery = allOf<Site>('/sites', 'sites');
export const groupsQuery = allOf<NodeGroup>('/node-groups', 'node-groups');
export const tokensQuery = allOf<EnrollmentToken>('/enrollment-tokens', 'enrollment-tokens');
export const credentialsQuery = allOf<Credential>('/credentials', 'credentials');
export const usersQuery = allOf<User>('/users', 'users');

export const summaryQuery = queryOptions({
  queryKey: ['summary'],
  queryFn: ({ signal }) => request<Summary>('/summary', { signal }),
});

/** The server's health. Degraded it answers 503 with the same body, which is an answer too. */
export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: async ({ signal }): Promise<Health> => {
    const answer = await fetch('/api/v1/health', { signal });
    return (await answer.json()) as Health;
  },
  retry: false,
});

export type TemplateSummary = Pick<
  DeviceTemplate,
  'slug' | 'name' | 'description' | 'gathered_by' | 'part'
> & {
  readonly vendor: string | null;
  /** Whether somebody wrote it, and the product has not brought it. */
  readonly custom: boolean;
};

/** The templates that a node can have; short facts only. */
export const templatesQuery = queryOptions({
  queryKey: ['device-templates'],
  queryFn: async ({ signal }) => (await fetchAll<TemplateSummary>('/device-templates', { signal })).items,
  staleTime: 5 * 60_000,
});

/** One template with everything it inherits. */
export function templateQuery(slug: string) {
  return queryOptions({
    queryKey: ['device-templates', slug],
    queryFn: ({ signal }) =>
      request<DeviceTemplate>(`/device-templates/${encodeURIComponent(slug)}`, { signal }),
    staleTime: 5 * 60_000,
  });
}

/** A change of one resource, after which the lists that show it are asked again. */
function useChange<V, A>(call: (variables: V) => Promise<A>, ...keys: string[]) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: call,
    onSuccess: async () => {
      await Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
  });
}

export function useCreateToken() {
  return useChange(
    (body: CreateEnrollmentToken) =>
      request<CreatedEnrollmentToken>('/enrollment-tokens', { method: 'POST', body }),
    'enrollment-tokens',
  );
}

export function useRevokeToken() {
  return useChange(
    (id: string) => request<void>(`/enrollment-tokens/${id}`, { method: 'DELETE' }),
    'enrollment-tokens',
  );
}

export interface SiteBody {
  readonly name: string;
  readonly description: string | null;
  readonly default_collector_id: string | null;
}

export function useSaveSite() {
  return useChange(
    ({ id, body, ifMatch }: { id: string | undefined; body: SiteBody; ifMatch: string | undefined }) =>
      id === undefined
        ? request<Site>('/sites', { method: 'POST', body })
        : request<Site>(`/sites/${id}`, { method: 'PATCH', body, ifMatch }),
    'sites',
    'summary',
    'nodes',
  );
}

export function useDeleteSite() {
  return useChange((id: string) => request<void>(`/sites/${id}`, { method: 'DELETE' }), 'sites', 'summary');
}

export function useCreateCredential() {
  return useChange(
    (body: CreateCredential) => request<Credential>('/credentials', { method: 'POST', body }),
    'credentials',
  );
}

export function useUpdateCredential() {
  return useChange(
    ({ id, body, ifMatch }: { id: string; body: UpdateCredential; ifMatch: string }) =>
      request<Credential>(`/credentials/${id}`, { method: 'PATCH', body, ifMatch }),
    'credentials',
  );
}

/** One credential, without its secret. */
export function credentialQuery(id: string) {
  return queryOptions({
    queryKey: ['credentials', 'one', id],
    queryFn: ({ signal }) => request<Credential>(`/credentials/${encodeURIComponent(id)}`, { signal }),
  });
}

/** Switches a credential on or off; nothing else of it changes. */
export function useSwitchCredential() {
  return useChange(
    ({ id, enabled }: { id: string; enabled: boolean }) =>
      request<Credential>(`/credentials/${id}`, { method: 'PATCH', body: { enabled } }),
    'credentials',
  );
}

export function useDeleteCredential() {
  return useChange((id: string) => request<void>(`/credentials/${id}`, { method: 'DELETE' }), 'credentials');
}

export function useRevealCredential() {
  return useMutation({
    mutationFn: ({ id, reason }: { id: string; reason: string }) =>
      request<{ secret: Record<string, unknown> }>(`/credentials/${id}/reveal`, {
        method: 'POST',
        body: { reason },
      }),
    gcTime: 0,
  });
}

export interface CreateUserBody {
  readonly username: string;
  readonly password: string;
  readonly role: Role;
  readonly display_name: string | null;
  readonly email: string | null;
  readonly must_change_password: boolean;
}

export function useCreateUser() {
  return useChange((body: CreateUserBody) => request<User>('/users', { method: 'POST', body }), 'users');
}

export interface UpdateUserBody {
  readonly role?: Role;
  readonly display_name?: string | null;
  readonly email?: string | null;
  readonly enabled?: boolean;
  readonly password?: string;
}

export function useUpdateUser() {
  return useChange(
    ({ id, body, ifMatch }: { id: string; body: UpdateUserBody; ifMatch: string }) =>
      request<User>(`/users/${id}`, { method: 'PATCH', body, ifMatch }),
    'users',
    'session',
  );
}

export function useDeleteUser() {
  return useChange((id: string) => request<void>(`/users/${id}`, { method: 'DELETE' }), 'users');
}
