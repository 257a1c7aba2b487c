import type { CreateTopologyLink, NodeParents, TopologyLink } from '@stratora/contract';
import { type Actor, appendAudit, once } from '../../platform/audit/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { publishEvents } from '../../platform/events/index.ts';
import { appError, fieldError, notFound, type Precondition } from '../../platform/http/index.ts';
import { deriveParents } from './derived-parents.ts';
import { deleteDerivedLink, findDerivedLink, lockDerivedLink } from './map/link-queries.ts';
import { findParentCircle } from './parent-circle.ts';
import { listAllParents, topologyGraph } from './topology-graph-queries.ts';
import {
  deleteLink,
  findLink,
  findLinkId,
  findNodeNames,
  holdNodes,
  insertLink,
  listParentIds,
  lockLink,
  lockParents,
  replaceParents,
} from './topology-queries.ts';

export interface TopologyServiceOptions {
  db: Database;
}

/** The service of how nodes hang together: links and parents that people set. */
export class TopologyService {
  readonly #db: Database;

  constructor({ db }: TopologyServiceOptions) {
    this.#db = db;
  }

  getLink(id: string): Promise<TopologyLink> {
    return getLink(this.#db, id);
  }

  /** @throws AppError link_exists, which names the link of the same interfaces */
  createLink(actor: Actor, input: CreateTopologyLink): Promise<TopologyLink> {
    const { a, b } = input;
    if (a.node_id === b.node_id) throw fieldError('b.node_id', 'is the same node as that of the other end');
    return once(this.#db, actor, async (tx) => {
      const names = await holdNodes(tx, [a.node_id, b.node_id]);
      for (const end of ['a', 'b'] as const) {
        if (!names.has(input[end].node_id)) throw fieldError(`${end}.node_id`, 'does not exist');
      }
      const id = await insertLink(tx, input);
      if (id === undefined) {
        throw appError('link_exists', 'These two are linked by these interfaces already.', {
          details: { link: { id: await findLinkId(tx, input) } },
        });
      }
      const link = await getLink(tx, id);
      await this.#recordLink(tx, actor, 'link.create', link);
      return link;
    });
  }

  /**
   * Deletes a link that somebody drew, or one that devices told of once and nobody sees any more.
   * @throws AppError invalid_state for one that devices tell of
   */
  deleteLink(actor: Actor, id: string, match?: Precondition<TopologyLink>): Promise<void> {
    return once(this.#db, actor, async (tx) => {
      await lockLink(tx, id);
      const derived = await lockDerivedLink(tx, id);
      const link = await getLink(tx, id);
      match?.(link);
      if (derived !== undefined && derived.state !== 'stale') {
        throw appError(
          'invalid_state',
          'Devices tell of this link; only one that nobody sees any more can be deleted.',
        );
      }
      await (derived ? deleteDerivedLink(tx, id) : deleteLink(tx, id));
      await this.#recordLink(tx, actor, 'link.delete', link);
    });
  }

  async #recordLink(tx: Tx, actor: Actor, action: string, { id, a, b }: TopologyLink): Promise<void> {
    await publishChanges(
      tx,
      [a, b].flatMap(({ node_id: node }) => node ?? []),
    );
    const end = ({ name, interface: port }: TopologyLink['a']) => ({ node: name, interface: port });
    await appendAudit(tx, actor, {
      action,
      objectType: 'link',
      objectId: id,
      detail: { name: `${a.name} - ${b.name}`, a: end(a), b: end(b) },
    });
  }

  getParents(nodeId: string): Promise<NodeParents> {
    return getParents(this.#db, nodeId);
  }

  /** Sets the parents of a node; with none they follow from its links again. */
  setParents(
    actor: Actor,
    nodeId: string,
    wanted: readonly string[],
    match?: Precondition<NodeParents>,
  ): Promise<NodeParents> {
    return once(this.#db, actor, async (tx) => {
      await lockParents(tx);
      const before = await getParents(tx, nodeId);
      match?.(before);
      const ids = [...new Set(wanted)].toSorted();
      if (ids.join() === before.node_ids.join()) return before;
      const names = await holdNodes(tx, [nodeId, ...ids]);
      const unknown = wanted.findIndex((id) => !names.has(id));
      if (unknown >= 0) throw fieldError(`node_ids.${unknown}`, 'does not exist');
      await requireNoCircle(tx, nodeId, ids);
      await replaceParents(tx, nodeId, ids);
      await publishChanges(tx, [nodeId]);
      await appendAudit(tx, actor, {
        action: 'node.set_parents',
        objectType: 'node',
        objectId: nodeId,
        nodeId,
        detail: { name: names.get(nodeId), parents: ids.map((id) => names.get(id)) },
      });
      return getParents(tx, nodeId);
    });
  }
}

/** @throws AppError validation_failed, which names the nodes of the circle in their order */
async function requireNoCircle(tx: Tx, nodeId: string, wanted: readonly string[]): Promise<void> {
  const circle = findParentCircle(await listAllParents(tx), nodeId, wanted);
  if (circle === undefined) return;
  const names = await findNodeNames(tx, circle);
  const words = circle.map((id) => names.get(id) ?? id).join(' behind ');
  throw fieldError('node_ids', `would put a node behind itself: ${words}`);
}

async function getLink(db: Database | Tx, id: string): Promise<TopologyLink> {
  const link = (await findDerivedLink(db, id)) ?? (await findLink(db, id));
  if (!link) throw notFound('This link');
  return link;
}

async function getParents(db: Database | Tx, nodeId: string): Promise<NodeParents> {
  if (!(await findNodeNames(db, [nodeId])).has(nodeId)) throw notFound('This node');
  const node_ids = await listParentIds(db, nodeId);
  if (node_ids.length > 0) return { node_ids, derived_ids: [] };
  return { node_ids, derived_ids: deriveParents(await topologyGraph(db)).get(nodeId) ?? [] };
}

async function publishChanges(tx: Tx, ids: readonly string[]): Promise<void> {
  await publishEvents(
    tx,
    ids.map((id) => ({ name: 'node_changed' as const, data: { id, change: 'updated' } })),
  );
}
