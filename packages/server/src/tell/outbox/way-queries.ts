import { sql } from 'kysely';
import type { TellingWay } from '../../judge/evaluation/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { ON_CALL_LANE } from './lane-queries.ts';

/** Lists the channels that are switched on, and the mail to people on call where it was ever used, with how they fare. */
export async function listWays(db: Database): Promise<TellingWay[]> {
  const { rows } = await sql<TellingWay>`
    SELECT c.name, l.failing_since AS "failingSince",
      CASE WHEN l.failing_since IS NULL THEN NULL ELSE c.last_failure_message END AS message
    FROM notification_channels c LEFT JOIN notification_lanes l ON l.lane_id = c.id
    WHERE c.enabled
    UNION ALL
    SELECT 'Mail to people on call', l.failing_since, (
      SELECT o.message FROM notification_outbox o
      WHERE l.failing_since IS NOT NULL AND o.lane_id = l.lane_id AND o.formed_at IS NOT NULL
      ORDER BY o.formed_at DESC LIMIT 1)
    FROM notification_lanes l WHERE l.lane_id = ${ON_CALL_LANE}`.execute(db);
  return rows;
}
