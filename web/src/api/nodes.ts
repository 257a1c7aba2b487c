import type {
  BulkNodes,
  CreateNode,
  CredentialPurpose,
  ListAnswer,
  Node,
  NodeDetail,
  NodeStatusEvent,
  UpdateNode,
} from '@stratora/contract';
import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';
import { fetchAll } from './list.ts';
import { applyStatusesToMaps } from './topology.ts';

/** All nodes that the page knows, and how many there are: the list fills page by page. */
export interface Inventory {
  readonly nodes: readonly Node[];
  readonly total: number;
  readonly complete: boolean;
}

const INVENTORY_KEY = ['nodes', 'inventory'] as const;

/**
 * Every node, for tables and search: filtering and sorting 10,000 rows in the page takes milliseconds, asking the
 * server for each keystroke would not. Events keep it fresh; a reload only replaces it once it is complete.
 */
export function inventoryQuery(client: QueryClient) {
  return queryOptions<Inventory>({
    queryKey: INVENTORY_KEY,
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const first = client.getQueryData<Inventory>(INVENTORY_KEY) === undefined;
      const { items, total } = await fetchAll<Node>('/nodes', {
        query: { sort: 'name' },
        signal,
        onPage: (nodes, count) => {
          const known = client.getQueryData<Inventory>(INVENTORY_KEY);
          if (first || known?.complete === false) {
            client.setQueryData<Inventory>(INVENTORY_KEY, {
              nodes: [...nodes],
              total: count,
              complete: false,
            });
          }
        },
      });
      return { nodes: items, total: Math.max(total, items.length), complete: true };
    },
  });
}

export function nodeQuery(id: string) {
  return queryOptions({
    queryKey: ['nodes', 'one', id],
    queryFn: ({ signal }) => request<NodeDetail>(`/nodes/${encodeURIComponent(id)}`, { signal }),
  });
}

/** Writes status events into what is cached, in one pass for a whole burst. */
export function applyStatusEvents(client: QueryClient, events: ReadonlyMap<string, NodeStatusEvent>): void {
  client.setQueryData<Inventory>(INVENTORY_KEY, (known) => known && patchInventory(known, events));
  applyStatusesToMaps(client, events);
  for (const event of events.values()) {
    const { node_id: id, ...change } = event;
    client.setQueryData<NodeDetail>(['nodes', 'one', id], (known) => known && { ...known, ...change });
    // The reason of a new status is in the collection states, which the event does not carry.
    void client.invalidateQueries({ queryKey: ['nodes', 'one', id] });
  }
}

export function patchInventory(known: Inventory, events: ReadonlyMap<string, NodeStatusEvent>): Inventory {
  const nodes = known.nodes.map((node) => {
    const event = events.get(node.id);
    if (event === undefined) return node;
    const { node_id: _, ...change } = event;
    return { ...node, ...change };
  });
  return { ...known, nodes };
}

/** The most nodes to load one by one: above it the whole list is cheaper. */
const SINGLE_RELOADS_MAX = 20;

/** Brings nodes that were created, changed or removed elsewhere into what is cached. */
export async function reloadNodes(
  client: QueryClient,
  changes: ReadonlyMap<string, 'created' | 'updated' | 'deleted'>,
): Promise<void> {
  for (const id of changes.keys()) void client.invalidateQueries({ queryKey: ['nodes', 'one', id] });
  if (changes.size > SINGLE_RELOADS_MAX) {
    await client.invalidateQueries({ queryKey: INVENTORY_KEY });
    return;
  }
  const answers = await Promise.all(
    [...changes].map(async ([id, change]) => {
      if (change === 'deleted') return { id, node: undefined };
      const node = await request<NodeDetail>(`/nodes/${encodeURIComponent(id)}`).catch(() => undefined);
      return { id, node };
    }),
  );
  client.setQueryData<Inventory>(INVENTORY_KEY, (known) => {
    if (known === undefined) return known;
    const byId = new Map(known.nodes.map((node) => [node.id, node]));
    let { total } = known;
    for (const { id, node } of answers) {
      const had = byId.has(id);
      if (node === undefined) byId.delete(id);
      else byId.set(id, node);
      total += Number(byId.has(id)) - Number(had);
    }
    return { ...known, nodes: [...byId.values()], total };
  });
}

function useNodesChanged() {
  const client = useQueryClient();
  return async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: ['nodes'] }),
      client.invalidateQueries({ queryKey: ['summary'] }),
      client.invalidateQueries({ queryKey: ['sites'] }),
    ]);
  };
}

export function useCreateNode() {
  const onSuccess = useNodesChanged();
  return useMutation({
    mutationFn: (body: CreateNode) => request<Node>('/nodes', { method: 'POST', body }),
    onSuccess,
  });
}

export function useUpdateNode(id: string) {
  const onSuccess = useNodesChanged();
  return useMutation({
    mutationFn: ({ body, ifMatch }: { body: UpdateNode; ifMatch: string | undefined }) =>
      request<NodeDetail>(`/nodes/${id}`, { method: 'PATCH', body, ifMatch }),
    onSuccess,
  });
}

export function useDeleteNode() {
  const onSuccess = useNodesChanged();
  return useMutation({
    mutationFn: (id: string) => request<void>(`/nodes/${id}`, { method: 'DELETE' }),
    onSuccess,
  });
}

export function useBulkNodes() {
  const onSuccess = useNodesChanged();
  return useMutation({
    mutationFn: (body: BulkNodes) => request<{ affected: number }>('/nodes/bulk', { method: 'POST', body }),
    onSuccess,
  });
}

/** Attaches a credential for a purpose, or detaches it (null). */
export function useNodeCredential() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({
      nodeId,
      purpose,
      credentialId,
    }: {
      nodeId: string;
      purpose: CredentialPurpose;
      credentialId: string | null;
    }) =>
      credentialId === null
        ? request<unknown>(`/nodes/${nodeId}/credentials/${purpose}`, { method: 'DELETE' })
        : request<unknown>(`/nodes/${nodeId}/credentials/${purpose}`, {
            method: 'PUT',
            body: { credential_id: credentialId },
          }),
    onSuccess: async (_, { nodeId }) => {
      await Promise.all([
        client.invalidateQueries({ queryKey: ['nodes', 'one', nodeId] }),
        client.invalidateQueries({ queryKey: ['nodes', 'of-credential'] }),
        client.invalidateQueries({ queryKey: ['credentials'] }),
      ]);
    },
  });
}

/** The first of the nodes: for a page that asks whether there are more than a few. */
export function fewNodesQuery(most: number) {
  return queryOptions({
    queryKey: ['nodes', 'few', most],
    queryFn: async ({ signal }) =>
      (await request<ListAnswer<Node>>('/nodes', { query: { limit: most }, signal })).items,
  });
}

/** Nodes that match, for the search dialog while the inventory is not loaded. */
export function nodeSearchQuery(text: string) {
  return queryOptions({
    queryKey: ['nodes', 'search', text],
    queryFn: ({ signal }) =>
      request<ListAnswer<Node>>('/nodes', { query: { search: text, limit: 8 }, signal }),
    enabled: text.length > 0,
    staleTime: 10_000,
  });
}
