import {
  COMPONENT_LOST_SECONDS,
  type Component,
  type ComponentType,
  type EngineState,
  type ListQuery,
  type QueueState,
} from '@stratora/contract';
import { type RawBuilder, sql } from 'kysely';
import {
  contains,
  type Database,
  hostKey,
  listAnswer,
  nameField,
  pageOf,
  type SortFields,
  type Tx,
  textField,
} from '../../platform/db/index.ts';
import { JOIN_DESIRED_AND_RUNNING } from '../config-history/index.ts';
import { JOIN_HOLDING_ROLLOUT } from '../rollouts/index.ts';
import { componentFlags, type SameHost } from './component-flags.ts';

export interface ComponentFilters {
  component_type?: string | undefined;
  approval?: string | undefined;
}

interface ComponentRow {
  id: string;
  component_type: ComponentType;
  name: string;
  hostname: string;
  version: string;
  os: string;
  os_version: string | null;
  arch: string;
  approval: Component['approval'];
  connection: Component['connection'];
  site_id: string | null;
  site_name: string | null;
  node_id: string | null;
  node_count: number;
  failing_node_count: number;
  last_seen_at: Date | null;
  registered_at: Date;
  approved_at: Date | null;
  engine: EngineState | null;
  queue: QueueState | null;
  running_config_hash: string | null;
  desired_config_hash: string | null;
  desired_generation: number | null;
  running_generation: number | null;
  pinned_generation: number | null;
  held_by_rollout_id: string | null;
  engine_choice: Component['engine_choice'];
  config_status: Component['config_status'];
  config_message: string | null;
  clock_skew_seconds: number | null;
  ip_addresses: string[] | null;
  fqdn: string | null;
  roles: string[] | null;
  previous_key_valid_until: Date | null;
  config_status_since: Date | null;
  clock_skew_since: Date | null;
  identity_conflict_at: Date | null;
  reported_hostname: string | null;
  machine_changed_at: Date | null;
  same_name: SameHost | null;
  same_machine: SameHost | null;
  lines_accepted: string | null;
  lines_rejected: string | null;
  rejected_by_reason: Record<string, number> | null;
  last_ingest_at: Date | null;
  last_rejection: string | null;
}

/** Finds another component of the kind, the oldest, as JSON. */
const otherWhere = (condition: RawBuilder<unknown>) => sql`(
  SELECT json_build_object('name', o.name, 'since', greatest(o.registered_at, c.registered_at))
  FROM remote_components o WHERE o.component_type = c.component_type AND o.id <> c.id AND ${condition}
  ORDER BY o.registered_at, o.id LIMIT 1)`;

/**
 * The number of nodes at which an input fails or that the config leaves out. That a device which is off answers nothing is
 * said by its status.
 */
const FAILING_NODES = sql`(
  SELECT count(*)::int FROM (
    SELECT t.node_id FROM collector_targets t JOIN node_states s ON s.node_id = t.node_id
    WHERE t.component_id = c.id AND t.status <> 'ok' AND NOT (t.status = 'timeout' AND s.status = 'offline')
    UNION
    SELECT n.id FROM jsonb_to_recordset(desired.left_out) AS out(node_id uuid)
    JOIN nodes n ON n.id = out.node_id AND coalesce(n.agent_id, n.collector_id) = c.id
  ) AS failing)`;

const COLUMNS = sql`c.id, c.component_type, c.name, c.hostname, c.version, c.os, cs.os_version, c.arch, c.approval,
  CASE WHEN cs.last_seen_at IS NULL THEN 'never_seen'
    WHEN c.approval = 'approved' AND cs.last_seen_at > now() - ${COMPONENT_LOST_SECONDS} * interval '1 s' THEN 'online'
    ELSE 'offline' END AS connection,
  c.site_id, (SELECT si.name FROM sites si WHERE si.id = c.site_id) AS site_name, (SELECT n.id FROM nodes n WHERE n.agent_id = c.id) AS node_id,
  (SELECT count(*)::int FROM nodes n WHERE n.collector_id = c.id) AS node_count,
  ${FAILING_NODES} AS failing_node_count,
  cs.last_seen_at, c.registered_at, c.approved_at, cs.engine, cs.queue, cs.running_config_hash,
  desired.hash AS desired_config_hash, desired.generation AS desired_generation,
  running.generation AS running_generation, c.pinned_generation, holder.id AS held_by_rollout_id, c.engine_choice,
  cs.config_status, cs.config_status_since, cs.config_message, cs.clock_skew_seconds, cs.clock_skew_since,
  cs.identity_conflict_at, cs.reported_hostname, c.machine_changed_at,
  ${otherWhere(sql`${hostKey(sql`o.hostname`)} = ${hostKey(sql`c.hostname`)}`)} AS same_name,
  ${otherWhere(sql`o.machine_id = c.machine_id`)} AS same_machine, cs.ip_addresses, cs.fqdn, cs.roles,
  (SELECT max(k.expires_at) FROM component_keys k WHERE k.component_id = c.id AND k.expires_at > now())
    AS previous_key_valid_until, cs.lines_accepted, cs.lines_rejected,
  cs.rejected_by_reason, cs.last_ingest_at, cs.last_rejection`;

const TABLES = sql`remote_components c LEFT JOIN component_states cs ON cs.component_id = c.id`;
const JOINED = sql`${TABLES} ${JOIN_DESIRED_AND_RUNNING} ${JOIN_HOLDING_ROLLOUT}`;

const SORT_FIELDS: SortFields = {
  name: nameField(sql`c.name`),
  hostname: nameField(sql`c.hostname`),
  component_type: textField(sql`c.component_type`),
  approval: textField(sql`c.approval`),
  version: textField(sql`c.version`),
  registered_at: { expression: sql`c.registered_at`, type: 'timestamptz' },
  last_seen_at: { expression: sql`coalesce(cs.last_seen_at, 'epoch')`, type: 'timestamptz' },
};

function toComponent(row: ComponentRow): Component {
  const {
    lines_accepted: accepted,
    lines_rejected: rejected,
    rejected_by_reason: reasons,
    last_ingest_at: ingestedAt,
    last_rejection: rejection,
    ...rest
  } = row;
  return {
    ...rest,
    last_seen_at: row.last_seen_at?.toISOString() ?? null,
    registered_at: row.registered_at.toISOString(),
    approved_at: row.approved_at?.toISOString() ?? null,
    ip_addresses: row.ip_addresses ?? [],
    roles: row.roles ?? [],
    flags: componentFlags(row),
    previous_key_valid_until: row.previous_key_valid_until?.toISOString() ?? null,
    ingest: {
      lines_accepted: Number(accepted ?? 0),
      lines_rejected: Number(rejected ?? 0),
      rejected_by_reason: reasons ?? {},
      last_ingest_at: ingestedAt?.toISOString() ?? null,
      last_rejection: rejection,
    },
  };
}

export async function findComponent(db: Database | Tx, id: string): Promise<Component | undefined> {
  const { rows } = await sql<ComponentRow>`SELECT ${COLUMNS} FROM ${JOINED} WHERE c.id = ${id}`.execute(db);
  return rows[0] && toComponent(rows[0]);
}

export async function listComponents(db: Database, query: ListQuery, filters: ComponentFilters) {
  const page = pageOf(query, SORT_FIELDS, 'name', sql`c.id`);
  const conditions = [contains([sql`c.name`, sql`c.hostname`], query.search)];
  if (filters.component_type) conditions.push(sql`c.component_type = ${filters.component_type}`);
  if (filters.approval) conditions.push(sql`c.approval = ${filters.approval}`);
  const where = sql.join(conditions, sql` AND `);
  const { rows: counted } = await sql<{ total: number }>`
    SELECT count(*)::int AS total FROM ${TABLES} WHERE ${where}`.execute(db);
  const { rows } = await sql<ComponentRow & { sort_key: string }>`
    SELECT ${COLUMNS}, ${page.sortKey} AS sort_key FROM ${JOINED} WHERE ${where} AND ${page.after}
    ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  return listAnswer(rows, page, counted[0]?.total ?? 0, ({ sort_key: _, ...row }) => toComponent(row));
}
