import type { Database } from '../../platform/db/index.ts';

/** Lists the nodes that a collector polls, or the one that an agent reports. */
export async function listNodeIds(db: Database, componentId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('nodes')
    .select('id')
    .where((where) =>
      where.or([where('collector_id', '=', componentId), where('agent_id', '=', componentId)]),
    )
    .execute();
  return rows.map(({ id }) => id);
}
