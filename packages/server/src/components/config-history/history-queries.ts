import type { ConfigGeneration, ListQuery } from '@stratora/contract';
import { sql } from 'kysely';
import {
  contains,
  type Database,
  type SequenceFields,
  sequenceAnswer,
  sequenceOf,
} from '../../platform/db/index.ts';
import type { StoredText } from './config-body.ts';

/** Joins the generation that a component is to run (`desired`): the pinned one, else the newest; needs `remote_components c`. */
export const JOIN_DESIRED = sql`
  LEFT JOIN LATERAL (
    SELECT g.generation, g.hash, g.left_out FROM collector_configs g
    WHERE g.component_id = c.id AND (c.pinned_generation IS NULL OR g.generation = c.pinned_generation)
    ORDER BY g.generation DESC LIMIT 1
  ) desired ON true`;

/**
 * Joins the generation that a component is to run (`desired`) and the one that it runs (`running`) to a query with
 * `remote_components c` and `component_states cs`. Of generations with the hash that runs the desired one counts, else
 * the newest.
 */
export const JOIN_DESIRED_AND_RUNNING = sql`${JOIN_DESIRED}
  LEFT JOIN LATERAL (
    SELECT g.generation FROM collector_configs g
    WHERE g.component_id = c.id AND g.hash = cs.running_config_hash
    ORDER BY (g.generation = desired.generation) DESC, g.generation DESC LIMIT 1
  ) running ON true`;

/** A generation without the rollout that holds its component, which is no matter of the stored generations. */
export type ListedGeneration = Omit<ConfigGeneration, 'held_by_rollout_id'> & { is_newest: boolean };

type GenerationRow = Omit<ListedGeneration, 'created_at'> & { created_at: Date };

const COLUMNS = sql`g.generation, g.hash, g.created_at, g.cause, g.actor, g.node_count, g.left_out, g.bytes,
  coalesce(g.generation = desired.generation, false) AS is_desired,
  coalesce(g.generation = running.generation, false) AS is_running,
  coalesce(g.generation = c.pinned_generation, false) AS is_pinned,
  g.outcome, g.outcome_message,
  g.generation = (SELECT max(n.generation) FROM collector_configs n WHERE n.component_id = c.id) AS is_newest`;
const TABLES = sql`collector_configs g
  JOIN remote_components c ON c.id = g.component_id
  LEFT JOIN component_states cs ON cs.component_id = c.id
  ${JOIN_DESIRED_AND_RUNNING}`;
const GENERATIONS: SequenceFields = { key: sql`g.generation`, name: 'generation' };

function toGeneration({ created_at: createdAt, ...row }: GenerationRow): ListedGeneration {
  return { ...row, created_at: createdAt.toISOString() };
}

export async function listGenerations(db: Database, componentId: string, query: ListQuery) {
  const page = sequenceOf(query, GENERATIONS);
  const where = sql`g.component_id = ${componentId}
    AND ${contains([sql`g.cause`, sql`g.actor`, sql`g.hash`], query.search)}`;
  const total = await count(db, sql`collector_configs g WHERE ${where}`);
  const { rows } = await sql<GenerationRow & { sequence: string }>`
    SELECT ${COLUMNS}, ${page.sequence} FROM ${TABLES} WHERE ${where} AND ${page.after}
    ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  return sequenceAnswer(rows, page, total, ({ sequence: _, ...row }) => toGeneration(row));
}

export interface GenerationWithText {
  generation: ListedGeneration;
  stored: StoredText;
}

export async function findGeneration(
  db: Database,
  componentId: string,
  generation: number,
): Promise<GenerationWithText | undefined> {
  const { rows } = await sql<GenerationRow & { body: Buffer; key_version: number; encoding: string }>`
    SELECT ${COLUMNS}, g.body, g.key_version, g.encoding FROM ${TABLES}
    WHERE g.component_id = ${componentId} AND g.generation = ${generation}`.execute(db);
  const [row] = rows;
  if (!row) return undefined;
  const { body, key_version: keyVersion, encoding, ...rest } = row;
  return { generation: toGeneration(rest), stored: { body, keyVersion, encoding } };
}

/** Finds the newest generation of those before this one that are still kept. */
export async function findGenerationBefore(
  db: Database,
  componentId: string,
  generation: number,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('collector_configs')
    .select('generation')
    .where('component_id', '=', componentId)
    .where('generation', '<', generation)
    .orderBy('generation', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.generation;
}

async function count(db: Database, from: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await sql<{ total: number }>`SELECT count(*)::int AS total FROM ${from}`.execute(db);
  return rows[0]?.total ?? 0;
}
