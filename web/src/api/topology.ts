import type { NodeParents, Topology } from '@stratora/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';

/** A node with the nodes and links next to it; loaded anew with the node. */
export function nodeTopologyQuery(id: string) {
  return queryOptions({
    queryKey: ['nodes', 'one', id, 'topology'],
    queryFn: ({ signal }) => request<Topology>('/topology', { query: { node_id: id }, signal }),
  });
}

/** Sets the nodes that a node is reached through; none: its links say it again. */
export function useSetParents(nodeId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ nodeIds, ifMatch }: { nodeIds: readonly string[]; ifMatch: string | undefined }) =>
      request<NodeParents>(`/nodes/${nodeId}/parents`, {
        method: 'PUT',
        body: { node_ids: nodeIds },
        ifMatch,
      }),
    // The nodes before it and behind it show it, too.
    onSuccess: () => client.invalidateQueries({ queryKey: ['nodes', 'one'] }),
  });
}
