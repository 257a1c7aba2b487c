import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { RefusedRules } from './refused-rules.ts';

export async function listRefused(db: Database): Promise<RefusedRules> {
  const rows = await db
    .selectFrom('refused_rules as r')
    .innerJoin('alert_definitions as d', 'd.id', 'r.definition_id')
    .select(['d.id', 'd.slug', 'd.expr', 'r.reason'])
    .execute();
  return new Map(rows.map(({ id, ...rule }) => [id, rule]));
}

/** Lists the names of the refused rules that are switched on. */
export async function listRefusedNames(db: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('refused_rules as r')
    .innerJoin('alert_definitions as d', 'd.id', 'r.definition_id')
    .select('d.name')
    .where('d.enabled', '=', true)
    .orderBy('d.name')
    .execute();
  return rows.map(({ name }) => name);
}

/** Writes which rules are refused now; those that were deleted meanwhile are left out. */
export async function keepRefused(tx: Tx, refused: RefusedRules): Promise<void> {
  const ids = [...refused.keys()];
  const reasons = [...refused.values()].map(({ reason }) => reason);
  await sql`DELETE FROM refused_rules WHERE definition_id <> ALL(${ids}::uuid[])`.execute(tx);
  if (ids.length === 0) return;
  await sql`
    INSERT INTO refused_rules (definition_id, reason)
    SELECT d.id, now_refused.reason
    FROM unnest(${ids}::uuid[], ${reasons}::text[]) AS now_refused(id, reason)
    JOIN alert_definitions d ON d.id = now_refused.id FOR KEY SHARE OF d
    ON CONFLICT (definition_id) DO UPDATE SET reason = excluded.reason, since = excluded.since
      WHERE refused_rules.reason <> excluded.reason`.execute(tx);
}
