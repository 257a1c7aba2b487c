import type { BulkNodes, Node } from '@stratora/contract';
import { sql } from 'kysely';
import { type Actor, appendAudit } from '../audit/index.ts';
import { markDirtyByNodes } from '../config-delivery/index.ts';
import type { Database, Tx } from '../db/index.ts';
import { publishEvents } from '../events/index.ts';
import { appError, fieldError } from '../http/index.ts';
import { existing, isUsableCollector, startOver } from './node-queries.ts';
import { removeNodes } from './node-service.ts';

/** One action on many nodes, all or none. @returns how many it changed */
export async function changeMany(db: Database, actor: Actor, input: BulkNodes): Promise<number> {
  const ids = [...new Set(input.node_ids)];
  return db.transaction().execute(async (tx) => {
    const known = await existing(tx, 'nodes', ids);
    if (known.size < ids.length) {
      throw appError('not_found', `${ids.length - known.size} of these nodes do not exist.`);
    }
    switch (input.action) {
      case 'delete': {
        const nodes = await tx.selectFrom('nodes').select(['id', 'name']).where('id', 'in', ids).execute();
        await removeNodes(tx, actor, nodes as Node[]);
        return ids.length;
      }
      case 'move_to_site':
        return moveToSite(tx, actor, ids, input.site_id);
      case 'assign_collector':
        return assignCollector(tx, actor, ids, input.collector_id);
    }
  });
}

async function moveToSite(tx: Tx, actor: Actor, ids: readonly string[], siteId: string): Promise<number> {
  if (!(await existing(tx, 'sites', [siteId])).has(siteId)) throw fieldError('site_id', 'does not exist');
  await sql`UPDATE nodes SET site_id = ${siteId}, updated_at = now() WHERE id = ANY(${[...ids]}::uuid[])`.execute(
    tx,
  );
  await told(tx, actor, ids, { action: 'node.move_to_site', site_id: siteId });
  return ids.length;
}

async function assignCollector(
  tx: Tx,
  actor: Actor,
  ids: readonly string[],
  collectorId: string | null,
): Promise<number> {
  if (collectorId !== null && !(await isUsableCollector(tx, collectorId))) {
    throw fieldError('collector_id', 'is not a collector that can be given nodes');
  }
  const why = { cause: `${ids.length} nodes given to another collector`, actor: actor.name };
  await markDirtyByNodes(tx, ids, why);
  const { rows } = await sql<{ id: string }>`
    UPDATE nodes SET collector_id = ${collectorId}, updated_at = now()
    WHERE id = ANY(${[...ids]}::uuid[]) AND agent_id IS NULL AND collector_id IS DISTINCT FROM ${collectorId}
    RETURNING id`.execute(tx);
  const moved = rows.map(({ id }) => id);
  await startOver(tx, moved);
  await markDirtyByNodes(tx, moved, why);
  await told(tx, actor, moved, { action: 'node.assign_collector', collector_id: collectorId });
  return moved.length;
}

async function told(
  tx: Tx,
  actor: Actor,
  ids: readonly string[],
  { action, ...detail }: { action: string } & Record<string, unknown>,
): Promise<void> {
  await publishEvents(
    tx,
    ids.map((id) => ({ name: 'node_changed' as const, data: { id, change: 'updated' } })),
  );
  await appendAudit(tx, actor, { action, objectType: 'node', detail: { ...detail, count: ids.length, ids } });
}
