import type { CredentialTest, ListAnswer, Node } from '@stratora/contract';
import { queryOptions, useMutation } from '@tanstack/react-query';
import { request } from './client.ts';

/** Milliseconds between two looks at a test that is not done. */
const FOLLOW_MS = 500;
/** Most nodes of a credential that are named. */
const NODES_MAX = 200;

/** Has a node's collector log in with a credential, attached or not. */
export function useStartCredentialTest() {
  return useMutation({
    mutationFn: ({ credentialId, nodeId }: { credentialId: string; nodeId: string }) =>
      request<CredentialTest>(`/credentials/${encodeURIComponent(credentialId)}/test`, {
        method: 'POST',
        body: { node_id: nodeId },
      }),
  });
}

/** A test, asked for until it is done. */
export function credentialTestQuery(id: string) {
  return queryOptions({
    queryKey: ['credential-tests', id],
    queryFn: ({ signal }) => request<CredentialTest>(`/credential-tests/${id}`, { signal }),
    refetchInterval: ({ state: { data } }) => (data?.state === 'done' ? false : FOLLOW_MS),
  });
}

/** The nodes that use a credential. */
export function credentialNodesQuery(credentialId: string) {
  return queryOptions({
    queryKey: ['nodes', 'of-credential', credentialId],
    queryFn: ({ signal }) =>
      request<ListAnswer<Node>>('/nodes', {
        query: { credential_id: credentialId, limit: NODES_MAX },
        signal,
      }),
  });
}
