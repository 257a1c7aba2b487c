import type { ListAnswer, Rollout, RolloutDetail } from '@stratora/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';

/** The open rollouts: those that stopped, then those that run. */
export const openRolloutsQuery = queryOptions({
  queryKey: ['rollouts', 'open'],
  queryFn: async ({ signal }) => {
    const [running, stopped] = await Promise.all(
      ['running', 'stopped'].map((state) =>
        request<ListAnswer<Rollout>>('/rollouts', { query: { state, limit: 10 }, signal }),
      ),
    );
    return [...(stopped?.items ?? []), ...(running?.items ?? [])];
  },
});

export function rolloutQuery(id: string) {
  return queryOptions({
    queryKey: ['rollouts', 'one', id],
    queryFn: ({ signal }) => request<RolloutDetail>(`/rollouts/${encodeURIComponent(id)}`, { signal }),
  });
}

/** Acts on a rollout: `resume` goes on with a stopped one, `finish` gives all the new config at once. */
export function useRolloutAction() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, action }: { id: string; action: 'resume' | 'finish' }) =>
      request<RolloutDetail>(`/rollouts/${encodeURIComponent(id)}/${action}`, { method: 'POST' }),
    onSuccess: async () => {
      await Promise.all(
        ['rollouts', 'components'].map((key) => client.invalidateQueries({ queryKey: [key] })),
      );
    },
  });
}
