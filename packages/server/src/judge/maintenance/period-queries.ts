import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { OpenPeriod, PeriodChanges } from './period.ts';
import { WINDOW_COLUMNS, WINDOW_FROM, type WindowRow } from './window-row.ts';

/** Lists the windows whose occurrence has begun by a time, those among them that are over since the last look. */
export async function listBegun(db: Database, now: number): Promise<WindowRow[]> {
  const { rows } = await sql<WindowRow>`
    SELECT ${WINDOW_COLUMNS} FROM ${WINDOW_FROM}
    WHERE w.occurrence_starts_at <= ${new Date(now)} ORDER BY w.id`.execute(db);
  return rows;
}

export function listOpenPeriods(db: Database): Promise<OpenPeriod[]> {
  return db
    .selectFrom('maintenance_periods')
    .select(['id', 'window_id', 'window_name', 'scope_type', 'scope_id', 'reason', 'starts_at', 'ends_at'])
    .where('to_at', 'is', null)
    .execute();
}

/** Writes which occurrences begin, end and are others from this transaction on. */
export async function keepPeriods(tx: Tx, { begun, ended, changed }: PeriodChanges): Promise<void> {
  if (ended.length > 0) {
    await sql`UPDATE maintenance_periods SET to_at = now()
      WHERE id = ANY(${ended.map(({ id }) => id)}::uuid[]) AND to_at IS NULL`.execute(tx);
  }
  for (const { id, window } of changed) {
    // One that was prolonged is to be reminded of again.
    await sql`UPDATE maintenance_periods SET window_name = ${window.name}, reason = ${window.reason},
        ends_at = ${window.endsAt}, reminded_at = CASE WHEN ${window.endsAt} > ends_at THEN NULL ELSE reminded_at END
      WHERE id = ${id}`.execute(tx);
  }
  if (begun.length === 0) return;
  const rows = begun.map(({ windowId, name, scope, reason, startsAt, endsAt }) => ({
    window_id: windowId,
    window_name: name,
    scope_type: scope.type,
    scope_id: scope.id,
    reason,
    starts_at: startsAt,
    ends_at: endsAt,
  }));
  await sql`
    INSERT INTO maintenance_periods (window_id, window_name, scope_type, scope_id, reason, starts_at, ends_at)
    SELECT window_id, window_name, scope_type, scope_id, reason, starts_at, ends_at
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS given (window_id uuid, window_name text, scope_type text,
      scope_id uuid, reason text, starts_at timestamptz, ends_at timestamptz)`.execute(tx);
}

/** Days for which it is kept which occurrences were in force. */
const KEEP_DAYS = 400;

export async function deleteOldPeriods(tx: Tx): Promise<void> {
  await sql`DELETE FROM maintenance_periods WHERE to_at < now() - ${KEEP_DAYS} * interval '1 day'`.execute(
    tx,
  );
}

/** An occurrence that was in force at a moment. */
export interface PastPeriod {
  window_id: string;
  window_name: string;
  reason: string | null;
  starts_at: Date;
  /** When it really ended, or is to end. */
  ends_at: Date;
}

/**
 * Lists the occurrences that were in force at a time for a node by where it stands now, and those of some windows whatever they are
 * for; the one that ended last is first.
 */
export async function listPeriodsAt(
  db: Database,
  at: Date,
  subject: { nodeId: string; siteId: string; groupIds: readonly string[]; windowIds: readonly string[] },
): Promise<PastPeriod[]> {
  const { rows } = await sql<PastPeriod>`
    SELECT window_id, window_name, reason, starts_at, least(ends_at, to_at) AS ends_at
    FROM maintenance_periods
    WHERE from_at <= ${at} AND (to_at IS NULL OR to_at > ${at})
      AND (scope_type = 'global' OR window_id = ANY(${[...subject.windowIds]}::uuid[])
        OR scope_id = ANY(${[subject.nodeId, subject.siteId, ...subject.groupIds]}::uuid[]))
    ORDER BY least(ends_at, to_at) DESC, window_id`.execute(db);
  return rows;
}

/** An occurrence whose end is near. */
export interface EndingPeriod {
  /** Id by which `noteReminded` knows it. */
  id: string;
  window_id: string;
  window_name: string;
  scope_type: string;
  scope_id: string | null;
  scope_name: string | null;
  reason: string | null;
  starts_at: Date;
  ends_at: Date;
}

/**
 * Lists the running occurrences that end within some milliseconds, that nobody was reminded of, and that are longer than that; the first
 * to end is first.
 */
export async function listEndingSoon(
  db: Database | Tx,
  { now, withinMs }: { now: number; withinMs: number },
): Promise<EndingPeriod[]> {
  const { rows } = await sql<EndingPeriod>`
    SELECT p.id, p.window_id, p.window_name, p.scope_type, p.scope_id, p.reason, p.starts_at, p.ends_at,
      coalesce(site.name, node_group.name, node.name) AS scope_name
    FROM maintenance_periods p
    LEFT JOIN sites site ON p.scope_type = 'site' AND site.id = p.scope_id
    LEFT JOIN node_groups node_group ON p.scope_type = 'group' AND node_group.id = p.scope_id
    LEFT JOIN nodes node ON p.scope_type = 'node' AND node.id = p.scope_id
    WHERE p.to_at IS NULL AND p.reminded_at IS NULL AND p.ends_at > ${new Date(now)}
      AND p.ends_at <= ${new Date(now + withinMs)}
      AND p.ends_at - p.starts_at > ${withinMs} * interval '1 millisecond'
    ORDER BY p.ends_at, p.id`.execute(db);
  return rows;
}

/**
 * Notes that people are reminded of the end of occurrences, in the transaction that queues the notices.
 * @returns the ids of those of which they were not yet: notices of the others are another server's
 */
export async function noteReminded(tx: Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    UPDATE maintenance_periods SET reminded_at = now()
    WHERE id = ANY(${[...ids]}::uuid[]) AND reminded_at IS NULL RETURNING id`.execute(tx);
  return rows.map(({ id }) => id);
}
