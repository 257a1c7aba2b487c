import { sql } from 'kysely';
import type { Database } from '../../platform/db/index.ts';
import { FREE_SINCE, MAY_GO } from './claim-queries.ts';

export interface OutboxCounts {
  queued: number;
  oldestSeconds: number;
  failedLanes: number;
  /** Age of the oldest that waits in a lane by which the last message got through. */
  stuckSeconds: number;
  /** Notices that came to their end within the last hour, by state. */
  recent: Readonly<Record<string, number>>;
}

/** Counts what waits, and what came to its end of late. */
export async function countOutbox(db: Database): Promise<OutboxCounts> {
  const { rows } = await sql<{
    queued: number;
    oldest_seconds: number;
    stuck_seconds: number;
    failed_lanes: number;
  }>`
    SELECT count(*)::int AS queued,
      coalesce(max(w.age) FILTER (WHERE w.may_go), 0)::float8 AS oldest_seconds,
      coalesce(max(w.age) FILTER (WHERE w.may_go AND NOT w.is_failing), 0)::float8 AS stuck_seconds,
      (SELECT count(*)::int FROM notification_lanes WHERE failing_since IS NOT NULL) AS failed_lanes
    FROM (
      SELECT extract(epoch FROM now() - CASE WHEN l.failing_since IS NULL THEN ${FREE_SINCE} ELSE o.created_at END) AS age,
        l.failing_since IS NOT NULL AS is_failing, ${MAY_GO(sql`now()`)} AS may_go
      FROM notification_outbox o LEFT JOIN alerts a ON a.id = o.alert_id
      LEFT JOIN notification_lanes l ON l.lane_id = o.lane_id
      WHERE o.state IN ('queued', 'sending')) AS w`.execute(db);
  const recent = await sql<{ state: string; total: number }>`
    SELECT state, count(*)::int AS total FROM notification_outbox
    WHERE ended_at > now() - interval '1 hour' GROUP BY state`.execute(db);
  const [counted] = rows;
  return {
    queued: counted?.queued ?? 0,
    oldestSeconds: counted?.oldest_seconds ?? 0,
    failedLanes: counted?.failed_lanes ?? 0,
    stuckSeconds: counted?.stuck_seconds ?? 0,
    recent: Object.fromEntries(recent.rows.map(({ state, total }) => [state, total])),
  };
}
