import { sql } from 'kysely';
import type { Database } from '../../platform/db/index.ts';
import { WINDOW_COLUMNS, WINDOW_FROM, type WindowRow } from './window-row.ts';

export interface Span {
  readonly from: Date;
  readonly to: Date;
}

/**
 * Lists the windows of which an occurrence may be within a span. A recurring one that was over before the span begins is
 * left out as far as that is known: its occurrences are worked out no more.
 */
export async function listWindowsWithin(db: Database, { from, to }: Span, now: Date): Promise<WindowRow[]> {
  const { rows } = await sql<WindowRow>`
    SELECT ${WINDOW_COLUMNS} FROM ${WINDOW_FROM}
    WHERE w.starts_at < ${to} AND (w.ends_at > ${from}
      OR w.rrule IS NOT NULL AND (w.occurrence_starts_at IS NOT NULL OR ${from} < ${now}))
    ORDER BY w.starts_at, w.id`.execute(db);
  return rows;
}
