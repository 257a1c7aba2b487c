import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { LaneState } from './lane-state.ts';

/** The lane of mail to people who are on call, who have no channel. */
export const ON_CALL_LANE = '00000000-0000-0000-0000-000000000000';

/** Lists the lanes in which something waits or is on its way. */
export async function listBusyLanes(db: Database): Promise<string[]> {
  // Jumps from lane to lane in the index: what waits in one of them may be a hundred thousand.
  const { rows } = await sql<{ lane_id: string }>`
    WITH RECURSIVE busy AS (
      (SELECT lane_id FROM notification_outbox WHERE state IN ('queued', 'sending') ORDER BY lane_id LIMIT 1)
      UNION ALL
      SELECT (SELECT o.lane_id FROM notification_outbox o WHERE o.state IN ('queued', 'sending')
        AND o.lane_id > busy.lane_id ORDER BY o.lane_id LIMIT 1)
      FROM busy WHERE busy.lane_id IS NOT NULL)
    SELECT lane_id FROM busy WHERE lane_id IS NOT NULL`.execute(db);
  return rows.map(({ lane_id: laneId }) => laneId);
}

/** Makes the row of a lane that has none. */
export async function addLane(db: Database, laneId: string): Promise<void> {
  await sql`INSERT INTO notification_lanes (lane_id) VALUES (${laneId}) ON CONFLICT DO NOTHING`.execute(db);
}

interface LaneRow {
  failing_since: Date | null;
  failures: number;
  retry_at: Date | null;
  counted_second: string;
  counts: number[];
}

/** Finds a lane and locks it until the end of the transaction. @returns undefined while another server has it */
export async function lockLane(tx: Tx, laneId: string): Promise<LaneState | undefined> {
  const { rows } = await sql<LaneRow>`
    SELECT failing_since, failures, retry_at, counted_second, counts FROM notification_lanes
    WHERE lane_id = ${laneId} FOR UPDATE SKIP LOCKED`.execute(tx);
  return rows[0] && toLane(rows[0]);
}

/** As `lockLane`, but waits for who has it. */
export async function waitForLane(tx: Tx, laneId: string): Promise<LaneState | undefined> {
  const { rows } = await sql<LaneRow>`
    SELECT failing_since, failures, retry_at, counted_second, counts FROM notification_lanes
    WHERE lane_id = ${laneId} FOR UPDATE`.execute(tx);
  return rows[0] && toLane(rows[0]);
}

function toLane(row: LaneRow): LaneState {
  return {
    failingSince: row.failing_since,
    failures: row.failures,
    retryAt: row.retry_at,
    countedSecond: Number(row.counted_second),
    counts: row.counts,
  };
}

export async function keepLane(tx: Tx, laneId: string, lane: LaneState): Promise<void> {
  await sql`
    UPDATE notification_lanes SET failing_since = ${lane.failingSince}, failures = ${lane.failures},
      retry_at = ${lane.retryAt}, counted_second = ${lane.countedSecond}, counts = ${[...lane.counts]}::integer[]
    WHERE lane_id = ${laneId}`.execute(tx);
}

/**
 * Notes that a message got through. Where none had for a while, all that waits for its next try is due at once.
 */
export async function noteThrough(tx: Tx, laneId: string, at: Date): Promise<void> {
  const { numAffectedRows } = await sql`
    UPDATE notification_lanes SET failing_since = NULL, failures = 0, retry_at = NULL
    WHERE lane_id = ${laneId} AND (failing_since IS NOT NULL OR retry_at IS NOT NULL)`.execute(tx);
  if (Number(numAffectedRows ?? 0) === 0) return;
  await sql`
    UPDATE notification_outbox o SET due_at = ${at}
    FROM (
      SELECT id FROM notification_outbox WHERE lane_id = ${laneId} AND state = 'queued' AND due_at > ${at}
      ORDER BY id FOR UPDATE SKIP LOCKED) AS waiting
    WHERE o.id = waiting.id`.execute(tx);
}
