import { HELD_ALERTS_MAX, type HeldAlerts } from '@stratora/contract';
import { sql } from 'kysely';
import type { Database } from '../../platform/db/index.ts';

interface LastPeriod {
  starts_at: Date;
  ends_at: Date;
  from_at: Date;
  to_at: Date | null;
  ended_at: Date | null;
}

interface HeldRow {
  alert_id: string;
  node_id: string | null;
  node_name: string;
  definition_name: string;
  instance: string;
  severity: HeldAlerts['items'][number]['severity'];
  summary: string;
  held_since: Date;
  resolved_at: Date | null;
  total: number;
}

/** Lists the alerts that a window held back in the occurrence that is running, or in the last one, the worst first. */
export async function listHeldAlerts(db: Database, windowId: string): Promise<HeldAlerts> {
  const periods = await sql<LastPeriod>`
    SELECT starts_at, ends_at, from_at, to_at, CASE WHEN to_at IS NOT NULL THEN least(ends_at, to_at) END AS ended_at
    FROM maintenance_periods WHERE window_id = ${windowId} ORDER BY from_at DESC LIMIT 1`.execute(db);
  const [period] = periods.rows;
  if (period === undefined) return { occurrence: null, total: 0, items: [] };
  const { rows } = await sql<HeldRow>`
    SELECT a.id AS alert_id, a.node_id, a.subject_name AS node_name, a.definition_name, a.instance, a.severity,
      a.summary, held.since AS held_since, a.resolved_at, count(*) OVER ()::int AS total
    FROM (
      SELECT e.alert_id, min(e.at) AS since FROM alert_events e
      WHERE e.event = 'held' AND e.detail ->> 'window_id' = ${windowId} AND e.at >= ${period.from_at}
        AND (${period.to_at}::timestamptz IS NULL OR e.at < ${period.to_at}::timestamptz)
      GROUP BY e.alert_id) AS held
    JOIN alerts a ON a.id = held.alert_id
    ORDER BY array_position(ARRAY['critical', 'warning', 'info'], a.severity), held.since, a.id
    LIMIT ${HELD_ALERTS_MAX}`.execute(db);
  return {
    occurrence: {
      starts_at: period.starts_at.toISOString(),
      ends_at: period.ends_at.toISOString(),
      ended_at: period.ended_at?.toISOString() ?? null,
    },
    total: rows[0]?.total ?? 0,
    items: rows.map(({ total: _, held_since: heldSince, resolved_at: resolvedAt, ...row }) => ({
      ...row,
      held_since: heldSince.toISOString(),
      state_at_end: isResolvedBy(resolvedAt, period.to_at) ? 'resolved' : 'active',
      resolved_at: resolvedAt?.toISOString() ?? null,
    })),
  };
}

function isResolvedBy(resolvedAt: Date | null, end: Date | null): boolean {
  return resolvedAt !== null && (end === null || resolvedAt <= end);
}
