import type { ListQuery, Rollout, RolloutDetail } from '@stratora/contract';
import { sql } from 'kysely';
import {
  contains,
  type Database,
  listAnswer,
  pageOf,
  type SortFields,
  type Tx,
} from '../../platform/db/index.ts';
import { IS_ONLINE } from './rollout-queries.ts';

/** The state of a member as people see it: one that was given the new config and is not there to take it is offline. */
const SHOWN_STATE = sql`CASE WHEN m.state = 'released' AND NOT ${IS_ONLINE} THEN 'offline' ELSE m.state END`;

type ShownRow = Omit<Rollout, 'stage_since' | 'created_at' | 'ended_at'> & {
  stage_since: Date;
  created_at: Date;
  ended_at: Date | null;
};

const SHOWN = sql`r.id, r.component_type, r.cause, r.actor, r.state, r.stage, r.soak_seconds, r.stage_since,
  r.created_at, r.ended_at, r.message,
  coalesce((SELECT jsonb_agg(t.slug ORDER BY t.slug) FROM rollout_templates t WHERE t.rollout_id = r.id), '[]')
    AS templates,
  (SELECT jsonb_build_object(
      'held', count(*) FILTER (WHERE s.state = 'held'), 'released', count(*) FILTER (WHERE s.state = 'released'),
      'applied', count(*) FILTER (WHERE s.state = 'applied'), 'failed', count(*) FILTER (WHERE s.state = 'failed'),
      'offline', count(*) FILTER (WHERE s.state = 'offline'))
    FROM (
      SELECT ${SHOWN_STATE} AS state FROM rollout_components m
      LEFT JOIN component_states cs ON cs.component_id = m.component_id WHERE m.rollout_id = r.id
    ) AS s) AS counts`;

function toRollout(row: ShownRow): Rollout {
  return {
    ...row,
    stage_since: row.stage_since.toISOString(),
    created_at: row.created_at.toISOString(),
    ended_at: row.ended_at?.toISOString() ?? null,
  };
}

const SORT_FIELDS: SortFields = {
  created_at: { expression: sql`r.created_at`, type: 'timestamptz' },
};

export async function listRollouts(db: Database, query: ListQuery, state: Rollout['state'] | undefined) {
  const page = pageOf(query, SORT_FIELDS, '-created_at', sql`r.id`);
  const where = sql`${contains([sql`r.cause`, sql`r.actor`], query.search)}
    AND (${state ?? null}::text IS NULL OR r.state = ${state ?? null})`;
  const counted = await sql<{ total: number }>`
    SELECT count(*)::int AS total FROM rollouts r WHERE ${where}`.execute(db);
  const { rows } = await sql<ShownRow & { sort_key: string }>`
    SELECT ${SHOWN}, ${page.sortKey} AS sort_key FROM rollouts r WHERE ${where} AND ${page.after}
    ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  return listAnswer(rows, page, counted.rows[0]?.total ?? 0, ({ sort_key: _, ...row }) => toRollout(row));
}

export async function findRollout(db: Database | Tx, id: string): Promise<RolloutDetail | undefined> {
  const { rows } = await sql<ShownRow>`SELECT ${SHOWN} FROM rollouts r WHERE r.id = ${id}`.execute(db);
  const [row] = rows;
  if (!row) return undefined;
  const members = await sql<RolloutDetail['components'][number]>`
    SELECT m.component_id, c.name, m.stage, ${SHOWN_STATE} AS state FROM rollout_components m
    JOIN remote_components c ON c.id = m.component_id
    LEFT JOIN component_states cs ON cs.component_id = m.component_id
    WHERE m.rollout_id = ${id}
    ORDER BY array_position(ARRAY['first', 'tenth', 'rest'], m.stage), c.name COLLATE stratora_order, c.id`.execute(
    db,
  );
  return { ...toRollout(row), components: members.rows };
}
