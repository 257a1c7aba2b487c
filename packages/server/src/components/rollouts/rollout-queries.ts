import type { ComponentType, Rollout } from '@stratora/contract';
import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';
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
  /** Time of the database. */
  now: Date;
}

const ROW = sql`id, component_type, cause, actor, state, stage, soak_seconds, stage_since, is_forced,
  clock_timestamp() AS now`;

/** Finds the rollout that is running or stopped, and locks it. */
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

/** Whether the component with the state `cs` was heard from of late. */
export const IS_ONLINE = sql`coalesce(cs.last_seen_at > now() - ${AWAY_MS} * interval '1 ms', false)`;

/**
 * Joins the last outcome (`reported`) of a member's configs with the new versions. One that was applied is still looked
 * at: the very same config may fail a moment later.
 */
const JOIN_REPORTED_OUTCOME = sql`
  LEFT JOIN LATERAL (
    SELECT g.outcome, g.outcome_message, g.generation FROM collector_configs g
    WHERE g.component_id = m.component_id AND g.outcome IS NOT NULL
      AND CASE m.state WHEN 'applied' THEN g.generation = m.generation
        ELSE g.generation >= m.generation AND (g.outcome = 'applied' OR g.outcome_at > m.released_at) END
    ORDER BY g.outcome_at DESC LIMIT 1
  ) reported ON m.state IN ('released', 'applied')`;

export async function listMembers(tx: Tx, rolloutId: string): Promise<RolloutMember[]> {
  const { rows } = await sql<MemberRow>`
    SELECT m.component_id AS "componentId", c.name, m.stage, m.state, c.pinned_generation IS NOT NULL AS "isPinned",
      c.approval = 'approved' AS "isApproved", ${IS_ONLINE} AS "isOnline",
      coalesce(cs.config_status, 'applied') = 'applied' AS "isHealthy", m.was_healthy AS "wasHealthy",
      c.is_local AS "isLocal",
      (SELECT count(*)::int FROM nodes n WHERE n.collector_id = c.id) AS "nodeCount",
      cs.last_seen_at AS "lastSeenAt", m.released_at AS "releasedAt", m.applied_at AS "appliedAt",
      reported.outcome, reported.outcome_message AS message, reported.generation
    FROM rollout_components m
    JOIN remote_components c ON c.id = m.component_id
    LEFT JOIN component_states cs ON cs.component_id = c.id
    ${JOIN_REPORTED_OUTCOME}
    WHERE m.rollout_id = ${rolloutId} ORDER BY m.component_id`.execute(tx);
  return rows.map(({ outcome, message, generation, ...row }) => ({
    ...row,
    lastSeenAt: row.lastSeenAt?.getTime(),
    releasedAt: row.releasedAt?.getTime(),
    appliedAt: row.appliedAt?.getTime(),
    outcome: outcome === null || generation === null ? undefined : { status: outcome, message, generation },
  }));
}

/** A component with the versions that it has of the templates of a rollout. */
export interface NewMember {
  componentId: string;
  versions: { slug: string; oldHash: string }[];
}

/** Finds components that came to a template of the rollout later, and are held like all who were not reached. */
export async function findNewcomers(tx: Tx, { id, component_type: type }: RolloutRow): Promise<NewMember[]> {
  const owner = sql.ref(type === 'agent' ? 'n.agent_id' : 'n.collector_id');
  const { rows } = await sql<NewMember>`
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
