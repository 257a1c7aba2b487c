import type {
  ChannelPreview,
  ChannelType,
  CreateChannel,
  NotificationChannel,
  UpdateChannel,
} from '@stratora/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';
import { fetchAll } from './list.ts';

const PATH = '/notification-channels';
const KEY = 'notification-channels';

/** Every notification channel: there are some dozens at most. */
export const channelsQuery = queryOptions({
  queryKey: [KEY, 'all'],
  queryFn: async ({ signal }) =>
    (await fetchAll<NotificationChannel>(PATH, { query: { sort: 'name' }, signal })).items,
});

export function channelPath(id: string): string {
  return `${PATH}/${encodeURIComponent(id)}`;
}

export function channelQuery(id: string) {
  return queryOptions({
    queryKey: [KEY, 'one', id],
    queryFn: ({ signal }) => request<NotificationChannel>(channelPath(id), { signal }),
  });
}

/** What sample notices look like with a text; nothing is sent. */
export function channelPreviewQuery(type: ChannelType, text: string | null) {
  return queryOptions({
    queryKey: [KEY, 'preview', type, text],
    queryFn: ({ signal }) =>
      request<ChannelPreview>(`${PATH}/preview`, { method: 'POST', body: { type, text }, signal }),
    retry: false,
    staleTime: 60_000,
    gcTime: 60_000,
  });
}

function useChannelChange<V, A>(call: (variables: V) => Promise<A>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: call,
    onSuccess: () => client.invalidateQueries({ queryKey: [KEY] }),
  });
}

export function useCreateChannel() {
  return useChannelChange((body: CreateChannel) =>
    request<NotificationChannel>(PATH, { method: 'POST', body }),
  );
}

export function useUpdateChannel() {
  return useChannelChange(
    ({ id, body, ifMatch }: { id: string; body: UpdateChannel; ifMatch?: string | undefined }) =>
      request<NotificationChannel>(channelPath(id), { method: 'PATCH', body, ifMatch }),
  );
}

export function useDeleteChannel() {
  return useChannelChange((id: string) => request<void>(channelPath(id), { method: 'DELETE' }));
}

/** Sends a test through the real path; what becomes of it is among the deliveries. */
export function useTestChannel() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      request<{ delivery_id: string }>(`${channelPath(id)}/test`, { method: 'POST' }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['deliveries'] }),
  });
}
