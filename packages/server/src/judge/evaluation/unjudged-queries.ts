import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { Unjudged, UnjudgedRules } from './unjudged-rules.ts';

/** Days for which is kept when rules judged nothing: as far back as a back-test goes. */
const KEEP_DAYS = 31;
/** Seconds in which a time that begins again for the same reason goes on: a store at its limit answers now and then. */
const GOES_ON_SECONDS = 30;

/** Lists the rules that judged nothing in the last cycle of any server. */
export async function listUnjudged(db: Database): Promise<UnjudgedRules> {
  const { rows } = await sql<Unjudged & { id: string }>`
    SELECT definition_id AS id, kind, coalesce(reason, '') AS reason
    FROM unjudged_times WHERE until_at IS NULL AND definition_id IS NOT NULL`.execute(db);
  return new Map(rows.map(({ id, ...unjudged }) => [id, unjudged]));
}

/** Writes which rules judge nothing from a cycle on, and which do again; those that were deleted are left out. */
export async function keepUnjudged(
  tx: Tx,
  { begun, ended, at }: { begun: readonly (Unjudged & { id: string })[]; ended: readonly string[]; at: Date },
): Promise<void> {
  if (ended.length > 0)
    await sql`UPDATE unjudged_times SET until_at = greatest(from_at, ${at}::timestamptz)
      WHERE until_at IS NULL AND definition_id = ANY(${[...ended]}::uuid[])`.execute(tx);
  if (begun.length === 0) return;
  const given = JSON.stringify(begun);
  await sql`
    WITH given AS (
      SELECT g.id, g.kind, g.reason FROM jsonb_to_recordset(${given}::jsonb) AS g(id uuid, kind text, reason text)
    ), goes_on AS (
      UPDATE unjudged_times t SET until_at = NULL FROM given g
      WHERE t.definition_id = g.id AND t.kind = g.kind
        AND t.until_at > ${at}::timestamptz - ${GOES_ON_SECONDS} * interval '1 second'
      RETURNING t.definition_id
    )
    INSERT INTO unjudged_times (definition_id, kind, reason, from_at)
    SELECT g.id, g.kind, g.reason, ${at}::timestamptz FROM given g
    JOIN alert_definitions d ON d.id = g.id
    WHERE g.id NOT IN (SELECT definition_id FROM goes_on)
    FOR KEY SHARE OF d`.execute(tx);
}

/** Writes a time in which no cycle ran. */
export async function keepStop(tx: Tx, from: Date, until: Date): Promise<void> {
  await sql`INSERT INTO unjudged_times (kind, from_at, until_at)
    VALUES ('stopped', ${from}::timestamptz, ${until}::timestamptz)`.execute(tx);
}

export async function deleteOldUnjudged(tx: Tx): Promise<void> {
  await sql`DELETE FROM unjudged_times WHERE until_at < now() - ${KEEP_DAYS} * interval '1 day'`.execute(tx);
}
