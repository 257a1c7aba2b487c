import type { ComponentGap, ComponentReport, ConfigGeneration, ListQuery } from '@stratora/contract';
import { sql } from 'kysely';
import {
  containsPattern,
  type Database,
  type SequenceFields,
  sequenceAnswer,
  sequenceOf,
} from '../../platform/db/index.ts';
import type { StoredText } from './config-body.ts';

/**
 * What a component `c` with the state `cs` is given, what it runs, and by whom it is held: to be joined where either is
 * shown. Of generations with the hash that runs the desired one counts, else the newest.
 */
export const CONFIG_STAND = sql`
  LEFT JOIN LATERAL (
    SELECT g.generation, g.hash FROM collector_configs g
    WHERE g.component_id = c.id AND (c.pinned_generation IS NULL OR g.generation = c.pinned_generation)
    ORDER BY g.generation DESC LIMIT 1
  ) desired ON true
  LEFT JOIN LATERAL (
    SELECT g.generation FROM collector_configs g
    WHERE g.component_id = c.id AND g.hash = cs.running_config_hash
    ORDER BY (g.generation = desired.generation) DESC, g.generation DESC LIMIT 1
  ) running ON true
  LEFT JOIN LATERAL (
    SELECT r.id FROM rollout_components m JOIN rollouts r ON r.id = m.rollout_id
    WHERE m.component_id = c.id AND m.is_held AND r.state IN ('running', 'stopped') LIMIT 1
  ) holder ON true`;

type GenerationRow = Omit<ConfigGeneration, 'created_at'> & { created_at: Date };

const COLUMNS = sql`g.generation, g.hash, g.created_at, g.cause, g.actor, g.node_count, g.left_out, g.bytes,
  coalesce(g.generation = desired.generation, false) AS is_desired,
  coalesce(g.generation = running.generation, false) AS is_running,
  coalesce(g.generation = c.pinned_generation, false) AS is_pinned,
  g.outcome, g.outcome_message, CASE WHEN g.generation = (SELECT max(n.generation) FROM collector_configs n WHERE n.component_id = c.id)
    THEN holder.id END AS held_by_rollout_id`;
const TABLES = sql`collector_configs g
  JOIN remote_components c ON c.id = g.component_id
  LEFT JOIN component_states cs ON cs.component_id = c.id
  ${CONFIG_STAND}`;
const GENERATIONS: SequenceFields = { key: sql`g.generation`, name: 'generation' };

function toGeneration({ created_at: createdAt, ...row }: GenerationRow): ConfigGeneration {
  return { ...row, created_at: createdAt.toISOString() };
}

export async function listGenerations(db: Database, componentId: string, query: ListQuery) {
  const page = sequenceOf(query, GENERATIONS);
  const pattern = containsPattern(query.search ?? '');
  const where = sql`g.component_id = ${componentId}
    AND (g.cause ILIKE ${pattern} OR coalesce(g.actor, '') ILIKE ${pattern} OR g.hash ILIKE ${pattern})`;
  const total = await count(db, sql`collector_configs g WHERE ${where}`);
  const { rows } = await sql<GenerationRow & { sequence: string }>`
    SELECT ${COLUMNS}, ${page.sequence} FROM ${TABLES} WHERE ${where} AND ${page.after}
    ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  return sequenceAnswer(rows, page, total, ({ sequence: _, ...row }) => toGeneration(row));
}

export interface StoredGeneration {
  generation: ConfigGeneration;
  stored: StoredText;
}

export async function findGeneration(
  db: Database,
  componentId: string,
  generation: number,
): Promise<StoredGeneration | undefined> {
  const { rows } = await sql<GenerationRow & { body: Buffer; key_version: number; encoding: string }>`
    SELECT ${COLUMNS}, g.body, g.key_version, g.encoding FROM ${TABLES}
    WHERE g.component_id = ${componentId} AND g.generation = ${generation}`.execute(db);
  const [row] = rows;
  if (!row) return undefined;
  const { body, key_version: keyVersion, encoding, ...rest } = row;
  return { generation: toGeneration(rest), stored: { body, keyVersion, encoding } };
}

/** The newest generation that is kept of those before this one. */
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

type ReportRow = Omit<ComponentReport, 'at'> & { at: Date; sequence: string };

export async function listReports(db: Database, componentId: string, query: ListQuery) {
  const page = sequenceOf(query, { key: sql`r.seq`, name: 'at' });
  const pattern = containsPattern(query.search ?? '');
  const where = sql`r.component_id = ${componentId} AND (r.status ILIKE ${pattern}
    OR coalesce(r.message, '') ILIKE ${pattern} OR r.config_hash ILIKE ${pattern})`;
  const total = await count(db, sql`component_reports r WHERE ${where}`);
  const { rows } = await sql<ReportRow>`
    SELECT r.at, r.status, r.config_hash, r.message, r.engine_kind, r.engine_version, r.engine_running,
      (SELECT max(g.generation) FROM collector_configs g
        WHERE g.component_id = r.component_id AND g.hash = r.config_hash) AS generation, ${page.sequence}
    FROM component_reports r WHERE ${where} AND ${page.after}
    ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  return sequenceAnswer(rows, page, total, ({ sequence: _, at, ...row }) => ({
    ...row,
    at: at.toISOString(),
  }));
}

interface GapRow {
  from_time: Date;
  to_time: Date;
  count: string;
  reported_at: Date;
  sequence: string;
}

export async function listGaps(db: Database, componentId: string, query: ListQuery) {
  const page = sequenceOf(query, { key: sql`p.seq`, name: 'reported_at' });
  const where = sql`p.component_id = ${componentId}`;
  const total = await count(db, sql`component_gaps p WHERE ${where}`);
  const { rows } = await sql<GapRow>`
    SELECT p.from_time, p.to_time, p.count, p.reported_at, ${page.sequence} FROM component_gaps p
    WHERE ${where} AND ${page.after} ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  return sequenceAnswer(
    rows,
    page,
    total,
    (row): ComponentGap => ({
      from: row.from_time.toISOString(),
      to: row.to_time.toISOString(),
      count: Number(row.count),
      reported_at: row.reported_at.toISOString(),
    }),
  );
}

async function count(db: Database, from: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await sql<{ total: number }>`SELECT count(*)::int AS total FROM ${from}`.execute(db);
  return rows[0]?.total ?? 0;
}
