import type { AlertSeverity } from '@stratora/contract';
import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';
import { levelOf, severityOf } from '../rules/index.ts';
import { type ConditionState, type Phase, quietState } from './condition-state.ts';
import type { ClockRecord } from './evaluated-clock.ts';

/** A condition by what it is about. */
export interface ConditionName {
  family: string;
  subject: string;
  instance: string;
}

export interface StoredCondition extends ConditionName {
  state: ConditionState;
}

/** Lists all conditions that are remembered. */
export async function listConditions(db: Database): Promise<StoredCondition[]> {
  const rows = await db
    .selectFrom('alert_states')
    .select([
      'family',
      'subject',
      'instance',
      'phase',
      'severity',
      'since',
      'raise_since',
      'lower_since',
      'frozen_at',
    ])
    .select(['seen_good', 'missing', 'changes', 'unstable', 'clear', 'started_at', 'fired_at', 'labels'])
    .execute();
  return rows.map((row) => ({
    family: row.family,
    subject: row.subject,
    instance: row.instance,
    state: {
      ...quietState(row.since, row.labels),
      phase: row.phase as Phase,
      level: levelOf(row.severity as AlertSeverity | null),
      raiseSince: row.raise_since,
      lowerSince: row.lower_since,
      frozenAt: row.frozen_at,
      isSeenGood: row.seen_good,
      isMissing: row.missing,
      changes: row.changes,
      isUnstable: row.unstable,
      isClear: row.clear,
      startedAt: row.started_at?.getTime() ?? 0,
      firedAt: row.fired_at ?? 0,
    },
  }));
}

/** Rows of one statement; a row has about 300 bytes. */
const ROWS_MAX = 10_000;

/** Writes the rows of conditions, new ones too. */
export async function keepConditions(tx: Tx, conditions: readonly StoredCondition[]): Promise<void> {
  for (let from = 0; from < conditions.length; from += ROWS_MAX) {
    const rows = conditions.slice(from, from + ROWS_MAX).map(rowOf);
    await sql`
      INSERT INTO alert_states (family, subject, instance, phase, severity, since, raise_since, lower_since, frozen_at,
        seen_good, missing, changes, unstable, clear, started_at, fired_at, labels)
      SELECT family, subject, instance, phase, severity, since, raise_since, lower_since, frozen_at,
        seen_good, missing, changes, unstable, clear, started_at, fired_at, labels
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t(family text, subject uuid, instance text, phase text,
        severity text, since double precision, raise_since double precision, lower_since double precision,
        frozen_at double precision, seen_good boolean, missing boolean, changes double precision[], unstable boolean,
        clear boolean, started_at timestamptz, fired_at double precision, labels jsonb)
      ON CONFLICT (family, subject, instance) DO UPDATE SET
        phase = excluded.phase, severity = excluded.severity, since = excluded.since,
        raise_since = excluded.raise_since, lower_since = excluded.lower_since, frozen_at = excluded.frozen_at,
        seen_good = excluded.seen_good, missing = excluded.missing, changes = excluded.changes,
        unstable = excluded.unstable, clear = excluded.clear, started_at = excluded.started_at,
        fired_at = excluded.fired_at, labels = excluded.labels`.execute(tx);
  }
}

function rowOf({ family, subject, instance, state }: StoredCondition) {
  return {
    family,
    subject,
    instance,
    phase: state.phase,
    severity: state.level === 0 ? null : severityOf(state.level),
    since: state.since,
    raise_since: state.raiseSince,
    lower_since: state.lowerSince,
    frozen_at: state.frozenAt,
    seen_good: state.isSeenGood,
    missing: state.isMissing,
    changes: state.changes,
    unstable: state.isUnstable,
    clear: state.isClear,
    started_at: state.startedAt === 0 ? null : new Date(state.startedAt).toISOString(),
    fired_at: state.level === 0 ? null : state.firedAt,
    labels: state.labels,
  };
}

export async function forgetConditions(tx: Tx, names: readonly ConditionName[]): Promise<void> {
  if (names.length === 0) return;
  await sql`
    DELETE FROM alert_states s
    USING unnest(${names.map(({ family }) => family)}::text[], ${names.map(({ subject }) => subject)}::uuid[],
      ${names.map(({ instance }) => instance)}::text[]) AS gone(family, subject, instance)
    WHERE s.family = gone.family AND s.subject = gone.subject AND s.instance = gone.instance`.execute(tx);
}

/** Finds the clock of the last cycle of any server. */
export async function findClock(db: Database): Promise<ClockRecord | undefined> {
  const row = await db.selectFrom('evaluator_state').select(['clock_ms', 'evaluated_at']).executeTakeFirst();
  return row && { clockMs: row.clock_ms, wallMs: row.evaluated_at.getTime() };
}

export async function keepClock(tx: Tx, { clockMs, wallMs }: ClockRecord): Promise<void> {
  await sql`
    INSERT INTO evaluator_state (clock_ms, evaluated_at)
    VALUES (${clockMs}, ${new Date(wallMs).toISOString()}::timestamptz)
    ON CONFLICT (is_only) DO UPDATE SET clock_ms = excluded.clock_ms, evaluated_at = excluded.evaluated_at`.execute(
    tx,
  );
}

/** Lists the nodes that are settling, with the reading of the clock at which that began. */
export async function listSettling(db: Database): Promise<Map<string, number>> {
  const rows = await db.selectFrom('settling_nodes').select(['node_id', 'since']).execute();
  return new Map(rows.map((row) => [row.node_id, row.since]));
}

/** Writes nodes that settle from a reading of the clock on; those that were deleted meanwhile are left out. */
export async function keepSettling(tx: Tx, nodeIds: readonly string[], since: number): Promise<void> {
  if (nodeIds.length === 0) return;
  await sql`
    INSERT INTO settling_nodes (node_id, since)
    SELECT id, ${since} FROM nodes WHERE id = ANY(${[...nodeIds]}::uuid[]) FOR KEY SHARE
    ON CONFLICT (node_id) DO UPDATE SET since = excluded.since`.execute(tx);
}

export async function forgetSettling(tx: Tx, nodeIds: readonly string[]): Promise<void> {
  if (nodeIds.length === 0) return;
  await tx
    .deleteFrom('settling_nodes')
    .where('node_id', 'in', [...nodeIds])
    .execute();
}
