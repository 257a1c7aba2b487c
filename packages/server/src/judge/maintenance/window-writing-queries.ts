import type { WrittenWindow } from '@stratora/contract';
import { sql } from 'kysely';
import type { Tx } from '../../platform/db/index.ts';
import { columnsOfScope } from '../rules/index.ts';
import type { OccurrenceColumns, WindowRow } from './window-row.ts';

/** All that is written of a window. */
export interface WindowWriting {
  written: WrittenWindow;
  endedEarlyAt: Date | null;
  occurrences: OccurrenceColumns;
}

function columnsOf({ written: { scope, ...written }, endedEarlyAt, occurrences }: WindowWriting) {
  return { ...written, ...columnsOfScope(scope), ...occurrences, ended_early_at: endedEarlyAt };
}

/** @returns the id of the new row */
export async function insertWindow(tx: Tx, writing: WindowWriting, createdBy: string): Promise<string> {
  const { id } = await tx
    .insertInto('maintenance_windows')
    .values({ ...columnsOf(writing), created_by: createdBy })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Writes all that people write of a window, and what follows from it. */
export async function writeWindow(tx: Tx, id: string, writing: WindowWriting): Promise<void> {
  await tx
    .updateTable('maintenance_windows')
    .set({ ...columnsOf(writing), updated_at: new Date() })
    .where('id', '=', id)
    .execute();
}

export async function deleteWindow(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('maintenance_windows').where('id', '=', id).execute();
}

/** Locks a window against other writers. @returns whether it exists */
export async function lockWindow(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`SELECT FROM maintenance_windows WHERE id = ${id} FOR UPDATE`.execute(tx);
  return rows.length > 0;
}

/** A window of one node that begins now. */
export interface NodeWindow {
  nodeId: string;
  name: string;
}

/** Makes a single window for each of some nodes, all from one time to another. @returns the ids of the new rows */
export async function insertNodeWindows(
  tx: Tx,
  windows: readonly NodeWindow[],
  { from, to, reason, createdBy }: { from: Date; to: Date; reason: string | null; createdBy: string },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    INSERT INTO maintenance_windows (name, scope_node_id, starts_at, ends_at, exdates, timezone, reason, created_by,
      occurrence_starts_at, occurrence_ends_at)
    SELECT given.name, given.node_id, ${from}::timestamptz, ${to}::timestamptz, '{}', 'UTC', ${reason}::text,
      ${createdBy}::text, ${from}::timestamptz, ${to}::timestamptz
    FROM unnest(${windows.map(({ nodeId }) => nodeId)}::uuid[], ${windows.map(({ name }) => name)}::text[])
      AS given (node_id, name)
    RETURNING id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Moves windows on to their next occurrences, but for those that somebody has written since they were read. */
export async function advanceWindows(tx: Tx, windows: readonly WindowRow[]): Promise<void> {
  if (windows.length === 0) return;
  await sql`
    UPDATE maintenance_windows w SET occurrence_starts_at = given.occurrence_starts_at,
      occurrence_ends_at = given.occurrence_ends_at, following_starts_at = given.following_starts_at,
      following_ends_at = given.following_ends_at
    FROM json_to_recordset(${JSON.stringify(windows)}::json) AS given (id uuid, updated_at timestamptz,
      occurrence_starts_at timestamptz, occurrence_ends_at timestamptz, following_starts_at timestamptz,
      following_ends_at timestamptz)
    WHERE w.id = given.id AND w.updated_at = given.updated_at`.execute(tx);
}
