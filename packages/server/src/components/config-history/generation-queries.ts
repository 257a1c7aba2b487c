import { sql } from 'kysely';
import type { Database, LeftOutNode, Tx } from '../../platform/db/index.ts';
import type { StoredText } from './config-body.ts';

/** A generation with its text as it is stored. */
export interface StoredGeneration extends StoredText {
  generation: number;
  hash: string;
}

const STORED = ['generation', 'hash', 'body', 'key_version as keyVersion', 'encoding'] as const;

/** Finds the generation that a component should run: the one that it is held at, else the newest. */
export async function findDesiredGeneration(
  db: Database,
  componentId: string,
): Promise<StoredGeneration | undefined> {
  return db
    .selectFrom('collector_configs')
    .select(STORED)
    .where('component_id', '=', componentId)
    .where((where) =>
      where.or([where('generation', '=', pinOf(componentId)), where(pinOf(componentId), 'is', null)]),
    )
    .orderBy('generation', 'desc')
    .limit(1)
    .executeTakeFirst();
}

function pinOf(componentId: string) {
  return sql<number | null>`(SELECT pinned_generation FROM remote_components WHERE id = ${componentId})`;
}

/** Finds the newest generation, whether it is delivered or not. */
export async function findNewestGeneration(
  tx: Tx,
  componentId: string,
): Promise<{ generation: number; hash: string } | undefined> {
  return tx
    .selectFrom('collector_configs')
    .select(['generation', 'hash'])
    .where('component_id', '=', componentId)
    .orderBy('generation', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/**
 * Locks the generations of a component, so that they are numbered without gaps or clashes. Transactions that refer to
 * the component meanwhile (a node given to it, a mark) need not wait. @returns false where the component is gone
 */
export async function lockGenerations(tx: Tx, componentId: string): Promise<boolean> {
  const { rows } = await sql`SELECT id FROM remote_components WHERE id = ${componentId}
    FOR NO KEY UPDATE`.execute(tx);
  return rows.length > 0;
}

export interface NewGeneration extends StoredText {
  componentId: string;
  generation: number;
  hash: string;
  /** Size of the text before compression. */
  bytes: number;
  nodeCount: number;
  leftOut: LeftOutNode[];
  cause: string;
  actor: string | null;
}

/** Number of generations of a component that are kept. */
const GENERATIONS_KEPT = 50;

/**
 * Writes the next generation. One with the text that runs already is known to work. The oldest go, but for the one that
 * the component is held at and the one that it runs.
 */
export async function insertGeneration(tx: Tx, row: NewGeneration): Promise<void> {
  await sql`
    INSERT INTO collector_configs (component_id, generation, hash, body, key_version, encoding, bytes, node_count,
      left_out, cause, actor, outcome, outcome_at)
    SELECT ${row.componentId}, ${row.generation}, ${row.hash}, ${row.body}, ${row.keyVersion}, ${row.encoding},
      ${row.bytes}, ${row.nodeCount}, ${JSON.stringify(row.leftOut)}::jsonb, ${row.cause}, ${row.actor},
      known.outcome, CASE WHEN known.outcome IS NOT NULL THEN now() END
    FROM (SELECT (SELECT 'applied' FROM component_states WHERE component_id = ${row.componentId}
      AND running_config_hash = ${row.hash} AND config_status = 'applied') AS outcome) AS known`.execute(tx);
  await sql`
    DELETE FROM collector_configs g USING remote_components c
    LEFT JOIN component_states cs ON cs.component_id = c.id
    WHERE g.component_id = ${row.componentId} AND c.id = g.component_id
      AND g.generation <= ${row.generation - GENERATIONS_KEPT}
      AND g.generation IS DISTINCT FROM c.pinned_generation
      AND g.hash IS DISTINCT FROM cs.running_config_hash`.execute(tx);
}

/** The status that a component reported of a config. Of several reports the one with the highest place is the last. */
export interface ReportedOutcome {
  component_id: string;
  place: number;
  at: string;
  status: string;
  config_hash: string;
  message: string | null;
}

/** Writes the outcomes of configs by their hash: a text that comes again is known to be good or bad. */
export async function recordOutcomes(tx: Tx, outcomes: readonly ReportedOutcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  await sql`
    UPDATE collector_configs g SET outcome = t.status, outcome_message = t.message, outcome_at = t.at
    FROM (
      SELECT DISTINCT ON (component_id, config_hash) * FROM jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb)
        AS t(component_id uuid, place integer, at timestamptz, status text, config_hash text, message text)
      ORDER BY component_id, config_hash, place DESC
    ) AS t
    WHERE g.component_id = t.component_id AND g.hash = t.config_hash
      AND (g.outcome, g.outcome_message) IS DISTINCT FROM (t.status, t.message)`.execute(tx);
}
