import type { Delivery, DeliveryListQuery } from '@stratora/contract';
import { type RawBuilder, sql } from 'kysely';
import type { DeliverySearch } from '../../judge/alerts/index.ts';
import { type Database, listAnswer, pageOf, type SortFields, type Tx } from '../../platform/db/index.ts';
import { MAY_GO } from './claim-queries.ts';

const SORT_FIELDS: SortFields = { created_at: { expression: sql`o.created_at`, type: 'timestamptz' } };

interface DeliveryRow extends Omit<Delivery, 'created_at' | 'next_attempt_at' | 'sent_at' | 'state'> {
  state: Delivery['state'] | 'sending';
  created_at: Date;
  next_attempt_at: Date | null;
  sent_at: Date | null;
}

/** What is being sent waits until it is known to have been. */
const COLUMNS = sql`o.id, o.alert_id, a.summary AS alert_summary, a.node_id,
  CASE WHEN a.node_id IS NULL THEN NULL ELSE a.subject_name END AS node_name, o.event, o.step, o.team_id, o.team_name,
  o.channel_id, o.channel_name, o.recipient, o.state, o.attempts, o.reason, o.created_at,
  CASE WHEN o.state = 'queued' AND o.attempts = 0 AND l.failing_since IS NOT NULL AND ${MAY_GO(sql`now()`)}
    THEN 'Nothing gets through by its channel at the moment.' ELSE o.message END AS message,
  CASE WHEN o.state <> 'queued' THEN NULL
    WHEN NOT ${MAY_GO(sql`now()`)} THEN NULL
    ELSE greatest(o.due_at, l.retry_at) END AS next_attempt_at,
  o.sent_at, o.message_key AS idempotency_key`;
const BESIDE = sql`LEFT JOIN alerts a ON a.id = o.alert_id LEFT JOIN notification_lanes l ON l.lane_id = o.lane_id`;

function toDelivery({ state, created_at, next_attempt_at, sent_at, ...row }: DeliveryRow): Delivery {
  return {
    id: row.id,
    alert_id: row.alert_id,
    alert_summary: row.alert_summary,
    node_id: row.node_id,
    node_name: row.node_name,
    event: row.event,
    step: row.step,
    team_id: row.team_id,
    team_name: row.team_name,
    channel_id: row.channel_id,
    channel_name: row.channel_name,
    recipient: row.recipient,
    state: state === 'sending' ? 'queued' : state,
    attempts: row.attempts,
    reason: state === 'sent' ? null : row.reason,
    message: row.message,
    created_at: created_at.toISOString(),
    next_attempt_at: next_attempt_at?.toISOString() ?? null,
    sent_at: sent_at?.toISOString() ?? null,
    idempotency_key: row.idempotency_key,
  };
}

function matches(query: DeliveryListQuery): RawBuilder<unknown> {
  const conditions: RawBuilder<unknown>[] = [];
  const { alert_id: alertId, channel_id: channelId, team_id: teamId, event, state, search } = query;
  if (alertId) conditions.push(sql`o.alert_id = ${alertId}`);
  if (channelId) conditions.push(sql`o.channel_id = ${channelId}`);
  if (teamId) conditions.push(sql`o.team_id = ${teamId}`);
  if (event) conditions.push(sql`o.event = ${event}`);
  if (state === 'queued') conditions.push(sql`o.state IN ('queued', 'sending')`);
  else if (state) conditions.push(sql`o.state = ${state}`);
  if (search) conditions.push(sql`strpos(o.search_text, stratora_fold(${search}::text)) > 0`);
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` AND `);
}

/** The two statements of a list: the page is found in an index first, and its rows are read by their ids after that. */
export function deliveryListStatements(query: DeliveryListQuery) {
  const page = pageOf(query, SORT_FIELDS, '-created_at', sql`o.id`);
  const where = matches(query);
  return {
    page,
    count: sql<{ total: number }>`SELECT count(*)::int AS total FROM notification_outbox o WHERE ${where}`,
    rows: sql<DeliveryRow & { sort_key: string }>`
      SELECT ${COLUMNS}, ${page.sortKey} AS sort_key FROM (
        SELECT o.id FROM notification_outbox o WHERE ${where} AND ${page.after}
        ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}) AS page
      JOIN notification_outbox o ON o.id = page.id ${BESIDE}
      ORDER BY ${page.orderBy}`,
  };
}

/** Lets the planner take a page of an index for as cheap as one of a table, as lists of alerts do. */
async function trustIndexes(tx: Tx): Promise<void> {
  await sql`SET LOCAL random_page_cost = 1`.execute(tx);
}

export async function listDeliveries(db: Database, query: DeliveryListQuery) {
  const { page, count, rows } = deliveryListStatements(query);
  return db.transaction().execute(async (tx) => {
    await trustIndexes(tx);
    const counted = await count.execute(tx);
    const found = await rows.execute(tx);
    return listAnswer(found.rows, page, counted.rows[0]?.total ?? 0, toDelivery);
  });
}

export async function findDelivery(db: Database | Tx, id: string): Promise<Delivery | undefined> {
  const { rows } = await sql<DeliveryRow>`
    SELECT ${COLUMNS} FROM notification_outbox o ${BESIDE} WHERE o.id = ${id}`.execute(db);
  return rows[0] && toDelivery(rows[0]);
}

/** Lists the newest deliveries of an alert, or those that there were by a time, and counts all of them. */
export async function listAlertDeliveries(
  db: Database | Tx,
  alertId: string,
  { most, until }: DeliverySearch,
): Promise<{ items: Delivery[]; total: number }> {
  const by = until ?? null;
  const { rows } = await sql<DeliveryRow & { total: number }>`
    SELECT ${COLUMNS}, count(*) OVER ()::int AS total FROM notification_outbox o ${BESIDE}
    WHERE o.alert_id = ${alertId} AND (${by}::timestamptz IS NULL OR o.created_at <= ${by}::timestamptz)
    ORDER BY coalesce(o.sent_at <= ${by}::timestamptz, false) DESC, o.created_at DESC, o.id DESC
    LIMIT ${most}`.execute(db);
  return { items: rows.map(toDelivery), total: rows[0]?.total ?? 0 };
}

/** Counts what waits for each of these channels. */
export async function countQueued(
  db: Database | Tx,
  channelIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ lane_id: string; total: number }>`
    SELECT lane_id, count(*)::int AS total FROM notification_outbox
    WHERE lane_id = ANY(${[...channelIds]}::uuid[]) AND state IN ('queued', 'sending') GROUP BY lane_id`.execute(
    db,
  );
  return new Map(rows.map(({ lane_id: laneId, total }) => [laneId, total]));
}
