import type { DeliveryReason } from '@stratora/contract';
import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { PlannedNotice } from './escalation-decision.ts';

/** Channel of NOTIFY by which senders hear that something waits. */
export const OUTBOX_CHANNEL = 'stratora_outbox';

/** Wakes the senders of all servers with the commit. */
export async function notifySenders(tx: Tx): Promise<void> {
  await sql`SELECT pg_notify(${OUTBOX_CHANNEL}, '')`.execute(tx);
}

/** Returns the time of the database: one clock for the servers of an installation. */
export async function databaseTime(db: Database | Tx): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`SELECT clock_timestamp() AS now`.execute(db);
  return rows[0]?.now ?? new Date();
}

/** Writes JSON that PostgreSQL takes: its text holds no NUL and no half a pair. */
function rowsText(rows: readonly object[]): string {
  return JSON.stringify(rows, (_, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\u0000', '').toWellFormed() : value,
  );
}

/**
 * Writes planned notices by one statement; one that is there already is left as it is. Who cannot be told is listed, with the
 * reason.
 */
export async function insertNotices(tx: Tx, notices: readonly PlannedNotice[], at: Date): Promise<void> {
  if (notices.length === 0) return;
  const rows = notices.map(({ team, recipient, ...notice }) => ({
    ...notice,
    ...recipient,
    // Two reasons why a step tells nobody are two rows.
    subject: recipient.recipient === '' ? (recipient.skipped ?? '') : '',
    teamId: team?.id ?? null,
    teamName: team?.name ?? null,
  }));
  await sql`
    INSERT INTO notification_outbox (id, message_key, alert_id, subject, event, generation, step, repeat, step_count,
      team_id, team_name, channel_id, channel_name, recipient, previous_severity, state, reason, message, created_at,
      due_at, ended_at)
    SELECT made.id, made.id, "alertId", subject, event, generation, step, repeat, "stepCount", "teamId", "teamName",
      "channelId", left("channelName", 200), left(recipient, 400), "previousSeverity",
      CASE WHEN skipped IS NULL THEN 'queued' ELSE 'skipped' END, skipped, message, ${at}, ${at},
      CASE WHEN skipped IS NULL THEN NULL ELSE ${at}::timestamptz END
    FROM (
      SELECT stratora_uuidv7() AS id, given.* FROM json_to_recordset(${rowsText(rows)}::json) AS given ("alertId" uuid,
        subject text, event text, generation integer, step integer, repeat integer, "stepCount" integer, "teamId" uuid,
        "teamName" text, "channelId" uuid, "channelName" text, recipient text, "previousSeverity" text, skipped text,
        message text) OFFSET 0) AS made
    ON CONFLICT DO NOTHING`.execute(tx);
}

const RESOLVED_BEFORE: DeliveryReason = 'resolved_before';

/**
 * Ends what has not gone out of alerts that are over. What is being sent stays: it may have arrived. Rows are locked in the
 * order of their ids, as by whoever takes them.
 */
export async function mergeResolved(tx: Tx, alertIds: readonly string[], at: Date): Promise<void> {
  await sql`
    UPDATE notification_outbox o SET state = 'merged', reason = ${RESOLVED_BEFORE}, ended_at = ${at},
      message = CASE WHEN o.may_have_arrived THEN 'The alert was over before it was known whether this had arrived.'
        ELSE 'The alert was over before this could go out.' END
    FROM (
      SELECT id FROM notification_outbox WHERE alert_id = ANY(${[...alertIds]}::uuid[]) AND state = 'queued'
        AND event <> 'resolved' ORDER BY id FOR UPDATE) AS over
    WHERE o.id = over.id AND o.state = 'queued'`.execute(tx);
}

/** Whether somebody was told by a notice, or may have been: it is on its way, or a try of it ended with no word of the other end. */
const MAY_BE_TOLD = (notice: 'o' | 'told') => {
  const [state, mayHaveArrived] = [sql.ref(`${notice}.state`), sql.ref(`${notice}.may_have_arrived`)];
  return sql<boolean>`(${state} IN ('sent', 'sending') OR ${mayHaveArrived})`;
};

/** Plans the all-clear for everybody who was told of these alerts, or may have been, once for each way and recipient. */
export async function insertAllClears(tx: Tx, alertIds: readonly string[], at: Date): Promise<void> {
  await sql`
    INSERT INTO notification_outbox (id, message_key, alert_id, event, step, step_count, team_id, team_name, channel_id,
      channel_name, recipient, created_at, due_at)
    SELECT made.id, made.id, alert_id, 'resolved', step, step_count, team_id, team_name, channel_id, channel_name,
      recipient, ${at}, ${at}
    FROM (
      SELECT DISTINCT ON (o.alert_id, o.lane_id, o.recipient) stratora_uuidv7() AS id, o.alert_id, o.step, o.step_count,
        o.team_id, o.team_name, o.channel_id, o.channel_name, o.recipient
      FROM notification_outbox o
      WHERE o.alert_id = ANY(${[...alertIds]}::uuid[]) AND ${MAY_BE_TOLD('o')} AND o.event <> 'resolved'
      ORDER BY o.alert_id, o.lane_id, o.recipient, o.created_at, o.id) AS made
    ON CONFLICT DO NOTHING`.execute(tx);
}

/**
 * Ends the all-clears of these alerts for everybody whom no notice has reached after all: the one that was being sent when the
 * alert ended has failed.
 */
export async function mergeNeedlessAllClears(tx: Tx, alertIds: readonly string[], at: Date): Promise<void> {
  await sql`
    UPDATE notification_outbox o SET state = 'merged', reason = ${RESOLVED_BEFORE}, ended_at = ${at},
      message = 'Nobody had been told of the alert here.'
    FROM (
      SELECT r.id FROM notification_outbox r
      WHERE r.alert_id = ANY(${[...alertIds]}::uuid[]) AND r.state = 'queued' AND r.event = 'resolved'
        AND NOT EXISTS (
          SELECT 1 FROM notification_outbox told WHERE told.alert_id = r.alert_id AND told.lane_id = r.lane_id
            AND told.recipient = r.recipient AND told.event <> 'resolved' AND ${MAY_BE_TOLD('told')})
      ORDER BY r.id FOR UPDATE OF r) AS needless
    WHERE o.id = needless.id AND o.state = 'queued'`.execute(tx);
}

/** A notice that is about no alert. */
export interface LooseNotice {
  readonly event: 'test' | 'reminder';
  /** Makes it one of its kind: planned twice, it is written once. */
  readonly subject: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly teamId: string | null;
  readonly teamName: string | null;
  readonly channelId: string | null;
  readonly channelName: string;
  readonly recipient: string;
}

/** Writes notices without an alert. @returns the ids of those that are new, in the order of the call */
export async function insertLooseNotices(
  tx: Tx,
  notices: readonly LooseNotice[],
  at: Date,
): Promise<string[]> {
  if (notices.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    INSERT INTO notification_outbox (id, message_key, event, subject, detail, team_id, team_name, channel_id,
      channel_name, recipient, created_at, due_at)
    SELECT made.id, made.id, event, subject, detail, "teamId", "teamName", "channelId", "channelName", recipient, ${at},
      ${at}
    FROM (
      SELECT stratora_uuidv7() AS id, given.* FROM ROWS FROM (json_to_recordset(${rowsText(notices)}::json) AS (
        event text, subject text, detail jsonb, "teamId" uuid, "teamName" text, "channelId" uuid, "channelName" text,
        recipient text)) WITH ORDINALITY AS given ORDER BY ordinality OFFSET 0) AS made
    ON CONFLICT DO NOTHING RETURNING id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Deletes notices that are about no alert, which nobody else does. */
export async function deleteOldTests(tx: Tx, { at, days }: { at: Date; days: number }): Promise<void> {
  await sql`
    DELETE FROM notification_outbox WHERE id IN (
      SELECT id FROM notification_outbox
      WHERE alert_id IS NULL AND created_at < ${at}::timestamptz - ${days} * interval '1 day'
      ORDER BY created_at LIMIT 500)`.execute(tx);
}
