import { sql } from 'kysely';
import type { Tx } from '../../platform/db/index.ts';
import type { ShownRow } from './alert-queries.ts';
import type { ReferredRow } from './alert-row.ts';

/** The part of an alert that people act on. */
export type ActedRow = ReferredRow &
  Pick<
    ShownRow,
    | 'alert_key'
    | 'acknowledged_at'
    | 'acknowledged_by'
    | 'acknowledged_comment'
    | 'muted_at'
    | 'muted_by'
    | 'muted_until'
  >;

/** Finds alerts and locks them, always in the order of their ids. */
export async function lockAlerts(tx: Tx, ids: readonly string[]): Promise<ActedRow[]> {
  const { rows } = await sql<ActedRow>`
    SELECT a.id, a.state, a.severity, a.node_id, a.subject_name, a.summary, a.alert_key, a.acknowledged_at,
      a.acknowledged_by, a.acknowledged_comment, a.muted_at, a.muted_by, a.muted_until
    FROM alerts a WHERE a.id = ANY(${[...ids]}::uuid[]) ORDER BY a.id FOR NO KEY UPDATE`.execute(tx);
  return rows;
}

export async function setAcknowledged(
  tx: Tx,
  ids: readonly string[],
  acknowledged: { at: Date; by: string; comment: string | null } | null,
): Promise<void> {
  await sql`UPDATE alerts SET acknowledged_at = ${acknowledged?.at ?? null}, acknowledged_by = ${acknowledged?.by ?? null},
      acknowledged_comment = ${acknowledged?.comment ?? null}
    WHERE id = ANY(${[...ids]}::uuid[])`.execute(tx);
}

export async function setMuted(
  tx: Tx,
  ids: readonly string[],
  muted: { at: Date; by: string; until: Date | null } | null,
): Promise<void> {
  await sql`UPDATE alerts SET muted_at = ${muted?.at ?? null}, muted_by = ${muted?.by ?? null},
      muted_until = ${muted?.until ?? null}
    WHERE id = ANY(${[...ids]}::uuid[])`.execute(tx);
}

export async function findTime(tx: Tx): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`SELECT clock_timestamp() AS now`.execute(tx);
  return rows[0]?.now ?? new Date();
}
