import type { Database } from '../../platform/db/index.ts';

/** Lists the nodes that a collector polls, or the one that an agent reports. */
export function listOwnNodes(db: Database, componentId: string): Promise<{ id: string; name: string }[]> {
  return db
    .selectFrom('nodes')
    .select(['id', 'name'])
    .where((where) =>
      where.or([where('collector_id', '=', componentId), where('agent_id', '=', componentId)]),
    )
    .execute();
}
