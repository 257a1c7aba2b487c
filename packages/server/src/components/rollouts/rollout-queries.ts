import type { ComponentType, ListQuery, Rollout, RolloutDetail } from '@stratora/contract';
import { sql } from 'kysely';
import {
  containsPattern,
  type Database,
  listAnswer,
  pageOf,
  type SortFields,
  type Tx,
} from '../../platform/db/index.ts';
import { AWAY_MS, type RolloutMember, type RolloutStage } from './rollout-plan.ts';

export interface RolloutRow {
  id: string;
  component_type: ComponentType;
  cause: string;
  actor: string | null;
  state: Rollout['state'];
  stage: RolloutStage;
  soak_seconds: number;
  stage_since: Date;
  is_forced: boolean;
  /** By the clock of the database. */
  now: Date;
}

const ROW = sql`id, component_type, cause, actor, state, stage, soak_seconds, stage_since, is_forced,
  clock_timestamp() AS now`;

/** The rollout that is going or stopped, held against other changes. */
export async function findActiveRollout(tx: Tx, type: ComponentType): Promise<RolloutRow | undefined> {
  const { rows } = await sql<RolloutRow>`
    SELECT ${ROW} FROM rollouts WHERE component_type = ${type} AND state IN ('running', 'stopped') FOR UPDATE`.execute(
    tx,
  );
  return rows[0];
}

export async function lockRollout(tx: Tx, id: string): Promise<RolloutRow | undefined> {
  const { rows } = await sql<RolloutRow>`SELECT ${ROW} FROM rollouts WHERE id = ${id} FOR UPDATE`.execute(tx);
  return rows[0];
}

export async function listActiveIds(db: Database): Promise<{ id: string; state: Rollout['state'] }[]> {
  const { rows } = await sql<{ id: string; state: Rollout['state'] }>`
    SELECT id, state FROM rollouts WHERE state IN ('running', 'stopped') ORDER BY id`.execute(db);
  return rows;
}

interface MemberRow extends Omit<RolloutMember, 'lastSeenAt' | 'releasedAt' | 'appliedAt' | 'outcome'> {
  lastSeenAt: Date | null;
  releasedAt: Date | null;
  appliedAt: Date | null;
  outcome: string | null;
  message: string | null;
  generation: number | null;
}

const IS_ONLINE = sql`coalesce(cs.last_seen_at > now() - ${AWAY_MS} * interval '1 ms', false)`;

/**
 * What a component told of configs with the new versions. One that was applied is still looked at: the very same config
 * may fail a moment later.
 */
const OUTCOME = sql`
  LEFT JOIN LATERAL (
    SELECT g.outcome, g.outcome_message, g.generation FROM collector_configs g
    WHERE g.component_id = m.component_id AND g.outcome IS NOT NULL
      AND CASE m.state WHEN 'applied' THEN g.generation = m.generation
        ELSE g.generation >= m.generation AND (g.outcome = 'applied' OR g.outcome_at > m.released_at) END
    ORDER BY g.outcome_at DESC LIMIT 1
  ) told ON m.state IN ('released', 'applied')`;

export async function listMembers(tx: Tx, rolloutId: string): Promise<RolloutMember[]> {
  const { rows } = await sql<MemberRow>`
    SELECT m.component_id AS "componentId", c.name, m.stage, m.state, c.pinned_generation IS NOT NULL AS "isPinned",
      c.approval = 'approved' AS "isApproved", ${IS_ONLINE} AS "isOnline",
      coalesce(cs.config_status, 'applied') = 'applied' AS "isHealthy", m.was_healthy AS "wasHealthy",
      c.is_local AS "isLocal",
      (SELECT count(*)::int FROM nodes n WHERE n.collector_id = c.id) AS "nodeCount",
      cs.last_seen_at AS "lastSeenAt", m.released_at AS "releasedAt", m.applied_at AS "appliedAt",
      told.outcome, told.outcome_message AS message, told.generation
    FROM rollout_components m
    JOIN remote_components c ON c.id = m.component_id
    LEFT JOIN component_states cs ON cs.component_id = c.id
    ${OUTCOME}
    WHERE m.rollout_id = ${rolloutId} ORDER BY m.component_id`.execute(tx);
  return rows.map(({ outcome, message, generation, ...row }) => ({
    ...row,
    lastSeenAt: row.lastSeenAt?.getTime(),
    releasedAt: row.releasedAt?.getTime(),
    appliedAt: row.appliedAt?.getTime(),
    outcome: outcome === null || generation === null ? undefined : { status: outcome, message, generation },
  }));
}

/** Components that came to a template of the rollout later, and are held like all who were not reached. */
export async function findNewcomers(
  tx: Tx,
  { id, component_type: type }: RolloutRow,
): Promise<{ componentId: string; versions: { slug: string; oldHash: string }[] }[]> {
  const owner = sql.ref(type === 'agent' ? 'n.agent_id' : 'n.collector_id');
  const { rows } = await sql<{ componentId: string; versions: { slug: string; oldHash: string }[] }>`
    SELECT c.id AS "componentId",
      jsonb_agg(DISTINCT jsonb_build_object('slug', t.slug, 'oldHash', t.old_hash)) AS versions
    FROM rollout_templates t
    JOIN nodes n ON n.template = t.slug
    JOIN remote_components c ON c.id = ${owner} AND c.approval = 'approved'
    WHERE t.rollout_id = ${id} AND t.old_hash IS DISTINCT FROM t.new_hash AND NOT EXISTS (
      SELECT FROM rollout_components m WHERE m.rollout_id = t.rollout_id AND m.component_id = c.id)
    GROUP BY c.id`.execute(tx);
  return rows;
}

/** As people see it: who was given the new config and is not there to take it is offline. */
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
  const pattern = containsPattern(query.search ?? '');
  const where = sql`(r.cause ILIKE ${pattern} OR coalesce(r.actor, '') ILIKE ${pattern})
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
    ORDER BY array_position(ARRAY['first', 'tenth', 'rest'], m.stage), lower(c.name), c.id`.execute(db);
  return { ...toRollout(row), components: members.rows };
}

/** Rollouts that are over, but for the newest. */
export async function pruneRollouts(db: Database, kept: number): Promise<void> {
  await sql`
    DELETE FROM rollouts WHERE state IN ('done', 'superseded') AND id NOT IN (
      SELECT id FROM rollouts ORDER BY created_at DESC, id DESC LIMIT ${kept})`.execute(db);
}
