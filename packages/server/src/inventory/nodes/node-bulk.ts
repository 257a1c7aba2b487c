import type { BulkNodes } from '@stratora/contract';
import { type Actor, appendAudit, once } from '../../platform/audit/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { publishEvents } from '../../platform/events/index.ts';
import { appError, fieldError } from '../../platform/http/index.ts';
import { resetNodeStates } from '../node-states/index.ts';
import { assignSiteCollectors, markOwners } from './node-collector.ts';
import { lockNodes, type OwnedNode } from './node-collector-queries.ts';
import { findExistingIds, isUsableCollector } from './node-queries.ts';
import { removeNodes } from './node-service.ts';
import { requireNoTwin } from './node-twin.ts';
import { chooseCollector, moveToSite, unchooseCollector } from './node-writing-queries.ts';

/** Puts nodes into maintenance, which is a matter of another module. */
export type BeginMaintenance = (
  tx: Tx,
  actor: Actor,
  nodes: readonly OwnedNode[],
  input: BulkNodes & { action: 'maintenance' },
) => Promise<void>;

export interface BulkMeans {
  db: Database;
  beginMaintenance: BeginMaintenance;
}

/** Takes one action on many nodes, on all or none. @returns the number of changed nodes, as the answer has it */
export async function changeMany(
  { db, beginMaintenance }: BulkMeans,
  actor: Actor,
  input: BulkNodes,
): Promise<{ affected: number }> {
  const ids = [...new Set(input.node_ids)];
  return once(db, actor, async (tx) => {
    const nodes = await lockNodes(tx, ids);
    if (nodes.length < ids.length) {
      throw appError('not_found', `${ids.length - nodes.length} of these nodes do not exist.`);
    }
    if (input.action === 'maintenance') {
      await beginMaintenance(tx, actor, nodes, input);
      return { affected: nodes.length };
    }
    return { affected: await change(tx, actor, nodes, input) };
  });
}

async function change(
  tx: Tx,
  actor: Actor,
  nodes: readonly OwnedNode[],
  input: Exclude<BulkNodes, { action: 'maintenance' }>,
): Promise<number> {
  switch (input.action) {
    case 'delete':
      await removeNodes(tx, actor, nodes);
      return nodes.length;
    case 'move_to_site':
      return changeSite(tx, actor, nodes, input);
    case 'assign_collector':
      return input.collector_id === null
        ? unassignCollector(tx, actor, nodes)
        : assignCollector(tx, actor, nodes, input.collector_id);
  }
}

/** Moves nodes to another site; those whose collector nobody chose get that of the new site. */
async function changeSite(
  tx: Tx,
  actor: Actor,
  nodes: readonly OwnedNode[],
  { site_id: siteId, allow_duplicate: mayBeTwin }: BulkNodes & { action: 'move_to_site' },
): Promise<number> {
  const ids = nodes.map(({ id }) => id);
  if (!(await findExistingIds(tx, 'sites', [siteId])).has(siteId))
    throw fieldError('site_id', 'does not exist');
  await moveToSite(tx, ids, siteId);
  if (mayBeTwin !== true) await requireNoTwin(tx, ids);
  const cause = `${countOf(ids)} moved to another site`;
  await assignSiteCollectors(tx, { nodeIds: ids }, { cause, actor: actor.name });
  await recordUpdate(tx, actor, nodes, { action: 'node.move_to_site', site_id: siteId });
  return ids.length;
}

async function assignCollector(
  tx: Tx,
  actor: Actor,
  nodes: readonly OwnedNode[],
  collectorId: string,
): Promise<number> {
  if (!(await isUsableCollector(tx, collectorId))) {
    throw fieldError('collector_id', 'is not a collector that can be given nodes');
  }
  const given = await chooseCollector(
    tx,
    nodes.map(({ id }) => id),
    collectorId,
  );
  const moved = new Set(given);
  if (moved.size === 0) return 0;
  await resetNodeStates(tx, given);
  const cause = `${countOf(given)} given to another collector`;
  const movedNodes = nodes.filter(({ id }) => moved.has(id));
  const owners = movedNodes.map(({ owner }) => owner);
  await markOwners(tx, [...owners, collectorId], { cause, actor: actor.name });
  await recordUpdate(tx, actor, movedNodes, { action: 'node.assign_collector', collector_id: collectorId });
  return moved.size;
}

/** Gives up the choice of a collector: the nodes get that of their site. */
async function unassignCollector(tx: Tx, actor: Actor, nodes: readonly OwnedNode[]): Promise<number> {
  const ids = nodes.map(({ id }) => id);
  await unchooseCollector(tx, ids);
  const cause = `${countOf(ids)} given to the collectors of their sites`;
  const moved = await assignSiteCollectors(tx, { nodeIds: ids }, { cause, actor: actor.name });
  const movedIds = new Set(moved);
  const movedNodes = nodes.filter(({ id }) => movedIds.has(id));
  await recordUpdate(tx, actor, movedNodes, { action: 'node.assign_collector', collector_id: null });
  return moved.length;
}

function countOf(nodes: readonly unknown[]): string {
  return nodes.length === 1 ? '1 node' : `${nodes.length} nodes`;
}

async function recordUpdate(
  tx: Tx,
  actor: Actor,
  nodes: readonly OwnedNode[],
  { action, ...detail }: { action: string } & Record<string, unknown>,
): Promise<void> {
  const ids = nodes.map(({ id }) => id);
  await publishEvents(
    tx,
    ids.map((id) => ({ name: 'node_changed' as const, data: { id, change: 'updated' } })),
  );
  const names = nodes.map(({ name }) => name);
  await appendAudit(tx, actor, {
    action,
    objectType: 'node',
    detail: { ...detail, count: ids.length, names, ids },
  });
}
