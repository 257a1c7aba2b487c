import type { Impact, ImpactQuery, SinglePoints } from '@stratora/contract';
import type { Database } from '../../../platform/db/index.ts';
import { notFound } from '../../../platform/http/index.ts';
import { topologyGraph } from '../topology-graph-queries.ts';
import { findNodeNames } from '../topology-queries.ts';
import {
  listAffected,
  listCores,
  listPullableLinks,
  listThingIds,
  listThingNames,
} from './impact-queries.ts';
import { impactSummary, pullableWords } from './impact-words.ts';
import { darkCounts, darkDevices, pullPlug } from './plug-outcome.ts';
import { linkPoints, watchedGroups, wayNetwork } from './way-network.ts';

/** Most single points of failure of an answer. */
const SINGLE_POINTS_MAX = 500;

/** The service of what happens before the plug is pulled: what goes dark with a node or a link. */
export class ImpactService {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Works out what happens when a node is switched off, or a link unplugged. @throws AppError not_found */
  async show({ node_id: nodeId, link_id: linkId }: ImpactQuery): Promise<Impact> {
    const { graph, links, network, groups, unknown } = await this.#read();
    const link = links.find(
      ({ id, drawn_id: drawn }) => linkId !== undefined && (id === linkId || drawn === linkId),
    );
    if (linkId !== undefined && link === undefined) throw notFound('This link');
    const name = nodeId === undefined ? undefined : (await findNodeNames(this.#db, [nodeId])).get(nodeId);
    if (nodeId !== undefined && name === undefined) throw notFound('This node');
    const pulled = link ? linkPoints(link.id) : [nodeId ?? ''];
    const outcome = pullPlug(network, groups, pulled);
    const dark = await listAffected(this.#db, outcome.dark);
    const atRisk = await listAffected(this.#db, outcome.atRisk);
    const cables = link?.cables ?? 0;
    const subject = link ? pullableWords(link) : (name ?? '');
    const isGuessed = groups.some((group) => group.isGuessed);
    return {
      subject,
      dark,
      dark_device_ids: darkDevices(network, groups, { devices: graph.devices, pulled }),
      at_risk: atRisk,
      members_left: cables > 0 ? cables - 1 : null,
      unknown,
      maintenance_node_ids: [...(nodeId === undefined ? [] : [nodeId]), ...dark.map(({ id }) => id)],
      summary: impactSummary({
        subject,
        isLink: link !== undefined,
        dark,
        atRisk,
        unknown,
        cables,
        isGuessed,
      }),
    };
  }

  /** Lists the nodes, devices and links that take others with them, of a site or all: those that darken most first. */
  async listSinglePoints(siteId: string | undefined): Promise<SinglePoints> {
    const { graph, links, network, groups, unknown } = await this.#read();
    const counts = darkCounts(network, groups);
    const countOf = (id: string) => counts[network.places.get(id) ?? 0] ?? 0;
    const names = await listThingNames(this.#db);
    const ofSite = siteId === undefined ? undefined : new Set(await listThingIds(this.#db, siteId));
    const isOf = (...ids: string[]) => ofSite === undefined || ids.some((id) => ofSite.has(id));
    const none = { node_id: null, device_id: null, link_id: null };
    const things = [...graph.nodes.map(({ id }) => id), ...graph.devices].flatMap((id) => {
      const thing = names.get(id);
      if (thing === undefined || !isOf(id) || countOf(id) === 0) return [];
      const which = thing.isNode ? { ...none, node_id: id } : { ...none, device_id: id };
      return [{ ...which, name: thing.name, dark: countOf(id) }];
    });
    const cut = links.flatMap((link) => {
      const dark = linkPoints(link.id).reduce((sum, point) => sum + countOf(point), 0);
      if (dark === 0 || !isOf(link.a, link.b)) return [];
      return [{ ...none, link_id: link.drawn_id ?? link.id, name: pullableWords(link), dark }];
    });
    const items = [...things, ...cut].toSorted((a, b) => b.dark - a.dark || (a.name < b.name ? -1 : 1));
    return { items: items.slice(0, SINGLE_POINTS_MAX), total: items.length, unknown };
  }

  async #read() {
    const graph = await topologyGraph(this.#db);
    const links = await listPullableLinks(this.#db);
    const network = wayNetwork(graph, links);
    const { groups, unknown } = watchedGroups(graph, network, await listCores(this.#db));
    return { graph, links, network, groups, unknown };
  }
}
