import type {
  NodeNeighbours,
  NodeStatus,
  Topology,
  TopologyLink,
  TopologyNode,
  TopologyQuery,
} from '@stratora/contract';
import type { Database } from '../../../platform/db/index.ts';
import { notFound } from '../../../platform/http/index.ts';
import { deriveParents } from '../derived-parents.ts';
import { listTableStates } from '../reports/report-queries.ts';
import { topologyGraph } from '../topology-graph-queries.ts';
import { listLinks } from '../topology-queries.ts';
import { listApprovedLinks } from '../wiring/approval-queries.ts';
import { shownGhost } from '../wiring/approval-service.ts';
import { listDerivedLinks } from './link-queries.ts';
import {
  findNodeNote,
  listShownDevices,
  listShownNodes,
  listSiteNames,
  readMapState,
  type ShownNodeRow,
} from './map-queries.ts';
import { mapZones } from './map-zones.ts';
import { shownDevice } from './shown-device.ts';

/** The service of the map: how nodes hang together, and what stands beside them. */
export class MapService {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Shows all nodes and links, those of a site, or a node with the nodes and links next to it. */
  async show(query: TopologyQuery): Promise<Topology> {
    const parents = await this.#parents();
    const links = await this.#links(query);
    const nodes = await listShownNodes(this.#db, {
      site_id: query.site_id,
      ids: nodesAround(query, links, parents),
    });
    const devices = (await listShownDevices(this.#db, devicesAround(query, links))).map(shownDevice);
    const shown = nodes.map((row) => shownNode(row, parents));
    const names = await listSiteNames(this.#db);
    const state = await readMapState(this.#db);
    return {
      nodes: shown,
      links,
      devices,
      ghosts: await this.#ghosts(query, new Set(shown.map(({ id }) => id))),
      zones: mapZones(names, shown, devices),
      derived_at: state.derived_at?.toISOString() ?? null,
      layout: { computed_at: state.laid_out_at?.toISOString() ?? null, is_plain: state.is_plain_layout },
    };
  }

  async #parents(): Promise<ParentsOf> {
    const graph = await topologyGraph(this.#db);
    const derived = deriveParents(graph);
    const set = Map.groupBy(graph.parents, ([node]) => node);
    return {
      ids: graph.nodes.map(({ id }) => id),
      isSet: (id) => set.has(id),
      of: (id) =>
        set
          .get(id)
          ?.map(([, parent]) => parent)
          .toSorted() ??
        derived.get(id) ??
        [],
    };
  }

  /** Lists links that devices tell of, and those that people drew and no device tells of. */
  async #links(query: TopologyQuery): Promise<TopologyLink[]> {
    const derived = await listDerivedLinks(this.#db, query);
    const told = new Set(derived.map(({ id }) => id));
    const drawn = await listLinks(this.#db, query);
    return [...drawn.filter(({ id }) => !told.has(id)), ...derived];
  }

  async #ghosts({ site_id: siteId }: TopologyQuery, shown: ReadonlySet<string>): Promise<Topology['ghosts']> {
    const approved = await listApprovedLinks(this.#db);
    return approved
      .flatMap((link) => (siteId === undefined || link.site_id === siteId ? shownGhost(link) : []))
      .filter(({ a, b }) => [a, b].some(({ node_id: id }) => id !== null && shown.has(id)));
  }

  /** Shows what a node says of its neighbours, table by table. @throws AppError not_found */
  async showNode(nodeId: string): Promise<NodeNeighbours> {
    const note = await findNodeNote(this.#db, nodeId);
    if (note === undefined) throw notFound('This node');
    const tables = await listTableStates(this.#db, nodeId);
    return {
      node_id: nodeId,
      read_at: note.read_at?.toISOString() ?? null,
      reasons: sentences(note.reasons),
      tables: tables.map(({ name, read_at, whole_at, ...table }) => ({
        table: name,
        ...table,
        read_at: read_at.toISOString(),
        whole_at: whole_at?.toISOString() ?? null,
      })),
    };
  }
}

interface ParentsOf {
  readonly ids: readonly string[];
  readonly isSet: (id: string) => boolean;
  readonly of: (id: string) => string[];
}

function nodesAround(
  { node_id: nodeId }: TopologyQuery,
  links: readonly TopologyLink[],
  parents: ParentsOf,
): string[] | undefined {
  if (nodeId === undefined) return undefined;
  return [
    nodeId,
    ...links.flatMap(({ a, b }) => [a.node_id ?? nodeId, b.node_id ?? nodeId]),
    ...parents.of(nodeId),
    ...parents.ids.filter((id) => parents.of(id).includes(nodeId)),
  ];
}

function devicesAround({ site_id: siteId, node_id: nodeId }: TopologyQuery, links: readonly TopologyLink[]) {
  if (siteId === undefined && nodeId === undefined) return {};
  return { siteId, ids: links.flatMap(({ a, b }) => [a.device_id, b.device_id]).filter((id) => id !== null) };
}

function shownNode({ reasons, read_at, guests, ...row }: ShownNodeRow, parents: ParentsOf): TopologyNode {
  return {
    ...row,
    status: row.status as NodeStatus,
    parent_ids: parents.of(row.id),
    has_set_parents: parents.isSet(row.id),
    reasons: sentences(reasons),
    neighbours_read_at: read_at?.toISOString() ?? null,
    guests: guests ?? 0,
    is_placed_by_hand: row.is_placed_by_hand === true,
  };
}

function sentences(words: readonly string[] | null): string[] {
  return (words ?? []).map((text) => `${text}.`);
}
