import type { Approval, NodeStatus } from '@stratora/contract';
import { sql } from 'kysely';
import { JOIN_DESIRED } from '../../components/config-history/index.ts';
import type { Database } from '../../platform/db/index.ts';

/** A node with its state and the source of its data. */
export interface NodeRow {
  id: string;
  name: string;
  template: string;
  site_id: string;
  status: NodeStatus;
  status_since: Date;
  status_reason: string | null;
  last_seen_at: Date | null;
  source_id: string | null;
  source_type: 'collector' | 'agent' | null;
  source_name: string | null;
  source_approval: Approval | null;
  source_seen_at: Date | null;
  /** Seconds by which the clock of the source is ahead of this server's; null where that is not known. */
  source_skew_seconds: number | null;
  /** Whether the SNMP credential that was chosen for it is switched on; null where none was. */
  snmp_credential: boolean | null;
  vsphere_credential: boolean | null;
}

/** Lists all nodes with the sources of their data. 10,000 rows in about 40 ms. */
export async function listNodes(db: Database): Promise<NodeRow[]> {
  const { rows } = await sql<NodeRow>`
    SELECT n.id, n.name, n.template, n.site_id, s.status, s.status_since, s.status_reason, s.last_seen_at,
      c.id AS source_id, c.component_type AS source_type, c.name AS source_name,
      c.approval AS source_approval, cs.last_seen_at AS source_seen_at,
      cs.clock_skew_seconds AS source_skew_seconds, cr.enabled AS snmp_credential,
      cv.enabled AS vsphere_credential
    FROM nodes n
    JOIN node_states s ON s.node_id = n.id
    LEFT JOIN remote_components c ON c.id = coalesce(n.agent_id, n.collector_id)
    LEFT JOIN component_states cs ON cs.component_id = c.id
    LEFT JOIN node_credentials nc ON nc.node_id = n.id AND nc.purpose = 'snmp'
    LEFT JOIN credentials cr ON cr.id = nc.credential_id
    LEFT JOIN node_credentials nv ON nv.node_id = n.id AND nv.purpose = 'vsphere'
    LEFT JOIN credentials cv ON cv.id = nv.credential_id`.execute(db);
  return rows;
}

/** Lists the groups of nodes, by node. */
export async function listGroups(db: Database): Promise<Map<string, string[]>> {
  const rows = await db.selectFrom('node_group_members').select(['node_id', 'group_id']).execute();
  return gather(
    rows,
    ({ node_id: id }) => id,
    ({ group_id: id }) => id,
  );
}

/** An approved collector. */
export interface CollectorRow {
  id: string;
  name: string;
  site_id: string | null;
  last_seen_at: Date | null;
}

export function listCollectors(db: Database): Promise<CollectorRow[]> {
  return db
    .selectFrom('remote_components as c')
    .leftJoin('component_states as s', 's.component_id', 'c.id')
    .select(['c.id', 'c.name', 'c.site_id', 's.last_seen_at'])
    .where('c.component_type', '=', 'collector')
    .where('c.approval', '=', 'approved')
    .execute();
}

/** What gathering by an input met. */
export interface TargetRow {
  node_id: string;
  input: string;
  status: string;
  message: string;
  since: Date;
}

/** Lists what gathering met, by node, in the order of the inputs. */
export async function listTargets(db: Database): Promise<Map<string, TargetRow[]>> {
  const rows = await db
    .selectFrom('collector_targets')
    .select(['node_id', 'input', 'status', 'message', 'since'])
    .orderBy('node_id')
    .orderBy('input')
    .execute();
  return gather(
    rows,
    ({ node_id: id }) => id,
    (row) => row,
  );
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

function gather<R, V>(
  rows: readonly R[],
  keyOf: (row: R) => string,
  valueOf: (row: R) => V,
): Map<string, V[]> {
  const lists = new Map<string, V[]>();
  for (const row of rows) {
    const list = lists.get(keyOf(row));
    if (list) list.push(valueOf(row));
    else lists.set(keyOf(row), [valueOf(row)]);
  }
  return lists;
}
