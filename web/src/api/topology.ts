import type {
  AddressConflicts,
  ApproveWiring,
  Impact,
  ImpactQuery,
  ImportedNeighbours,
  ImportNeighbours,
  ListAnswer,
  NodeNeighbours,
  NodeParents,
  NodeStatusEvent,
  SinglePoints,
  Topology,
  TopologyEvent,
  TopologyLayout,
  WhereAnswer,
  WhereQuery,
  Wiring,
} from '@stratora/contract';
import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';

const KEY = 'topology';
const MAP_KEY = [KEY, 'map'] as const;

/** A node with the nodes and links next to it; loaded anew with the node. */
export function nodeTopologyQuery(id: string) {
  return queryOptions({
    queryKey: ['nodes', 'one', id, 'topology'],
    queryFn: ({ signal }) => request<Topology>('/topology', { query: { node_id: id }, signal }),
  });
}

/** What a node says of its neighbours, table by table. */
export function nodeNeighboursQuery(id: string) {
  return queryOptions({
    queryKey: ['nodes', 'one', id, 'neighbours'],
    queryFn: ({ signal }) => request<NodeNeighbours>(`/topology/nodes/${encodeURIComponent(id)}`, { signal }),
  });
}

/** Everything that stands on the map, or on that of a site. */
export function mapQuery(siteId: string | undefined) {
  return queryOptions({
    queryKey: [...MAP_KEY, siteId ?? 'all'],
    queryFn: ({ signal }) => request<Topology>('/topology', { query: { site_id: siteId }, signal }),
    staleTime: 10_000,
  });
}

/** The wiring that somebody approved, and what differs from it. */
export const wiringQuery = queryOptions({
  queryKey: [KEY, 'approval'],
  queryFn: ({ signal }) => request<Wiring>('/topology/approval', { signal }),
});

/** What happened to links and devices lately, of all sites or of one, newest first. */
export function topologyEventsQuery(siteId: string | undefined, limit: number) {
  return queryOptions({
    queryKey: [KEY, 'events', siteId ?? 'all', limit],
    queryFn: ({ signal }) =>
      request<ListAnswer<TopologyEvent>>('/topology/events', { query: { site_id: siteId, limit }, signal }),
  });
}

export const singlePointsQuery = queryOptions({
  queryKey: [KEY, 'single-points'],
  queryFn: ({ signal }) => request<SinglePoints>('/topology/single-points', { signal }),
});

/** What happens when a node is switched off, or a link is unplugged. */
export function impactQuery(query: ImpactQuery) {
  return queryOptions({
    queryKey: [KEY, 'impact', query],
    queryFn: ({ signal }) => request<Impact>('/topology/impact', { query, signal }),
  });
}

/** Where an address is, and where it was. */
export function whereQuery(query: WhereQuery) {
  return queryOptions({
    queryKey: [KEY, 'where', query],
    queryFn: ({ signal }) => request<WhereAnswer>('/topology/where', { query, signal }),
    retry: false,
  });
}

export const conflictsQuery = queryOptions({
  queryKey: [KEY, 'conflicts'],
  queryFn: ({ signal }) => request<AddressConflicts>('/topology/conflicts', { signal }),
});

/** New places, by the id of what stands there. */
export type Places = ReadonlyMap<string, { readonly x: number; readonly y: number }>;

/** Writes places into an answer; everything that stays where it is stays the same object. */
export function patchPlaces(topology: Topology, places: Places): Topology {
  const put = <T extends { id: string; x: number | null; y: number | null; is_placed_by_hand: boolean }>(
    items: T[],
  ): T[] => {
    if (!items.some(({ id }) => places.has(id))) return items;
    return items.map((item) => {
      const place = places.get(item.id);
      return place === undefined ? item : { ...item, x: place.x, y: place.y, is_placed_by_hand: true };
    });
  };
  return { ...topology, nodes: put(topology.nodes), devices: put(topology.devices) };
}

/** Writes new statuses into an answer; what has not changed stays the same object. */
export function patchStatuses(
  topology: Topology,
  events: ReadonlyMap<string, Pick<NodeStatusEvent, 'status'>>,
): Topology {
  let isChanged = false;
  const nodes = topology.nodes.map((node) => {
    const status = events.get(node.id)?.status;
    if (status === undefined || status === node.status) return node;
    isChanged = true;
    return { ...node, status };
  });
  return isChanged ? { ...topology, nodes } : topology;
}

/** Brings status events into the maps that are cached. */
export function applyStatusesToMaps(
  client: QueryClient,
  events: ReadonlyMap<string, Pick<NodeStatusEvent, 'status'>>,
): void {
  client.setQueriesData<Topology>({ queryKey: MAP_KEY }, (known) => known && patchStatuses(known, events));
}

/** Puts what stands on the map to other places, at once here and then at the server; back where that fails. */
export function useMovePlaces() {
  const client = useQueryClient();
  const patch = (places: Places) =>
    client.setQueriesData<Topology>({ queryKey: MAP_KEY }, (known) => known && patchPlaces(known, places));
  return useMutation({
    mutationFn: (places: Places) =>
      request<TopologyLayout>('/topology/layout', {
        method: 'PUT',
        body: { positions: [...places].map(([id, { x, y }]) => ({ id, x, y })) },
      }),
    onMutate: async (places) => {
      await client.cancelQueries({ queryKey: MAP_KEY });
      patch(places);
    },
    onError: () => client.invalidateQueries({ queryKey: MAP_KEY }),
  });
}

function useTopologyChange<V, A>(call: (variables: V) => Promise<A>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: call,
    onSuccess: () => client.invalidateQueries({ queryKey: [KEY] }),
  });
}

/** Forgets what was placed by hand, everywhere or at a site. */
export function useResetLayout() {
  return useTopologyChange((siteId: string | undefined) =>
    request<TopologyLayout>('/topology/layout/reset', {
      method: 'POST',
      body: siteId === undefined ? {} : { site_id: siteId },
    }),
  );
}

/** Says that the wiring is right as it is: everywhere, at a site, or of what is named. */
export function useApproveWiring() {
  return useTopologyChange((body: ApproveWiring) =>
    request<Wiring>('/topology/approval', { method: 'POST', body }),
  );
}

/** Makes nodes of neighbours that are none. */
export function useImportNeighbours() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Omit<ImportNeighbours, 'template'> & Partial<Pick<ImportNeighbours, 'template'>>) =>
      request<ImportedNeighbours>('/topology/neighbours/import', { method: 'POST', body }),
    onSuccess: async () => {
      await Promise.all(
        [[KEY], ['nodes'], ['summary'], ['sites']].map((queryKey) => client.invalidateQueries({ queryKey })),
      );
    },
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
