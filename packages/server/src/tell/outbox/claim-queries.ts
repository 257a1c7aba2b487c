import type { DeliveryEvent, DeliveryReason } from '@stratora/contract';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../platform/db/index.ts';
import { CHANNEL_REASONS } from './lane-state.ts';
import type { FormedNotice } from './message-choice.ts';
import type { FormedMessage, WaitingNotice } from './message-groups.ts';

/** Most notices that are looked at in one look at a lane. */
export const LOOKED_AT = 10_000;
/** Hours for which a notice is tried that its recipient puts off. */
const TRIED_HOURS = 24;

/** Whether a notice `o` of the alert `a` may go out: nobody is told of what somebody took on, muted or that is held. */
export const MAY_GO = (
  at: Date | RawBuilder<Date>,
) => sql<boolean>`(o.alert_id IS NULL OR o.event = 'resolved' OR (a.state = 'active'
  AND a.acknowledged_at IS NULL AND a.held_by IS NULL
  AND (a.muted_at IS NULL OR (a.muted_until IS NOT NULL AND a.muted_until <= ${at}))))`;

/** Since when a notice `o` may go: since it was made, or since somebody last let go of its alert. */
export const FREE_SINCE = sql<Date>`greatest(o.created_at, (SELECT max(e.at) FROM alert_events e
  WHERE e.alert_id = o.alert_id AND e.event IN ('released', 'unmuted', 'unacknowledged')))`;

/**
 * Whether a notice `o` of the alert `a` waits and is of no use any more: the alert is over, or its recipient has put it off for a
 * day. What waits for a channel that is away waits for as long as its alert lasts; what is of no alert, for a day.
 */
const IS_OUTDATED = (
  at: Date,
) => sql<boolean>`(o.state = 'queued' AND ((a.state = 'resolved' AND o.event <> 'resolved')
  OR (o.created_at < ${longBefore(at)} AND ${MAY_GO(at)} AND ${FREE_SINCE} < ${longBefore(at)}
    AND (o.alert_id IS NULL OR o.reason <> ALL(${[...CHANNEL_REASONS]}::text[])))))`;

function longBefore(at: Date): RawBuilder<Date> {
  return sql`(${at}::timestamptz - ${TRIED_HOURS} * interval '1 hour')`;
}

/** Ends what waits in a lane by which nothing goes any more. @returns the alerts that it was to tell of */
export async function failLane(
  tx: Tx,
  laneId: string,
  { reason, message, at }: { reason: DeliveryReason; message: string; at: Date },
): Promise<string[]> {
  const { rows } = await sql<{ alert_id: string | null }>`
    UPDATE notification_outbox o SET state = 'failed', reason = ${reason}, message = ${message}, ended_at = ${at},
      lease_token = NULL, leased_until = NULL
    FROM (
      SELECT id FROM notification_outbox WHERE lane_id = ${laneId}
        AND (state = 'queued' OR (state = 'sending' AND leased_until <= ${at})) ORDER BY id FOR UPDATE) AS waiting
    WHERE o.id = waiting.id RETURNING o.alert_id`.execute(tx);
  return rows.map(({ alert_id: alertId }) => alertId).filter((id) => id !== null);
}

/**
 * Ends what waits in a lane and is of no use any more: of alerts that were over while a try of it was on its way, and what could
 * not be sent for a day.
 */
export async function endOutdated(tx: Tx, laneId: string, at: Date): Promise<void> {
  await sql`
    UPDATE notification_outbox o SET ended_at = ${at}, state = CASE WHEN old.is_over THEN 'merged' ELSE 'failed' END,
      reason = CASE WHEN old.is_over THEN 'resolved_before' ELSE 'tried_too_often' END,
      message = CASE WHEN old.is_over THEN 'The alert was over before this could go out.'
        ELSE concat_ws(' ', 'Given up after a day.', o.message) END
    FROM (
      SELECT o.id, a.state IS NOT DISTINCT FROM 'resolved' AND o.event <> 'resolved' AS is_over
      FROM notification_outbox o LEFT JOIN alerts a ON a.id = o.alert_id
      WHERE o.lane_id = ${laneId} AND o.state IN ('queued', 'sending') AND ${IS_OUTDATED(at)}
      ORDER BY o.id FOR UPDATE OF o SKIP LOCKED) AS old
    WHERE o.id = old.id`.execute(tx);
}

/** How much of a lane has not come to an end, in numbers. */
export interface LaneCount {
  /** Notices that are part of no message yet. */
  readonly waiting: number;
  /** Notices that are part of a message. */
  readonly formed: number;
  /** Messages that are being sent by somebody whose lease is good. */
  readonly inFlight: number;
}

/** Counts what of a lane has not come to an end. */
export async function countLane(tx: Tx, laneId: string, at: Date): Promise<LaneCount> {
  const { rows } = await sql<LaneCount>`
    SELECT count(*) FILTER (WHERE formed_at IS NULL)::int AS waiting, count(formed_at)::int AS formed,
      count(DISTINCT message_key) FILTER (WHERE state = 'sending' AND leased_until > ${at})::int AS "inFlight"
    FROM notification_outbox WHERE lane_id = ${laneId} AND state IN ('queued', 'sending')`.execute(tx);
  return rows[0] ?? { waiting: 0, formed: 0, inFlight: 0 };
}

/** Lists what waits in a lane and is part of no message yet, oldest first. */
export async function listWaiting(
  tx: Tx,
  laneId: string,
  { at, onlyTests }: { at: Date; onlyTests: boolean },
): Promise<WaitingNotice[]> {
  const { rows } = await sql<WaitingNotice>`
    SELECT o.id, o.recipient, o.alert_id AS "alertId", o.event = 'test' AS "isTest", o.created_at AS "createdAt"
    FROM notification_outbox o LEFT JOIN alerts a ON a.id = o.alert_id
    WHERE o.lane_id = ${laneId} AND o.state = 'queued' AND o.formed_at IS NULL AND ${MAY_GO(at)}
      AND (o.event = 'test' OR NOT ${onlyTests}::boolean)
    ORDER BY o.created_at, o.id LIMIT ${LOOKED_AT}`.execute(tx);
  return rows;
}

/** Finds when the last message to each recipient was formed, of those to whom one was within `apartMs`. */
export async function findLastFormed(
  tx: Tx,
  laneId: string,
  { at, apartMs }: { at: Date; apartMs: number },
): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await sql<{ recipient: string; formed_at: Date }>`
    SELECT recipient, max(formed_at) AS formed_at FROM notification_outbox
    WHERE lane_id = ${laneId} AND event <> 'test'
      AND formed_at > ${at}::timestamptz - ${apartMs} * interval '1 ms'
    GROUP BY recipient`.execute(tx);
  return new Map(rows.map(({ recipient, formed_at: formedAt }) => [recipient, formedAt]));
}

/**
 * Writes which notices are one message, under the key of the first of them. One that somebody is changing meanwhile is left for
 * the next.
 */
export async function keepMessages(tx: Tx, messages: readonly FormedMessage[], at: Date): Promise<void> {
  if (messages.length === 0) return;
  const rows = messages.flatMap(({ ids }, message) => ids.map((id, place) => ({ id, message, place })));
  await sql`
    WITH free AS (
      SELECT w.id, w.message_key, given.message, given.place
      FROM json_to_recordset(${JSON.stringify(rows)}::json) AS given (id uuid, message integer, place integer)
      JOIN notification_outbox w ON w.id = given.id
      WHERE w.state = 'queued' AND w.formed_at IS NULL ORDER BY w.id FOR UPDATE OF w SKIP LOCKED)
    UPDATE notification_outbox o SET message_key = formed.key, formed_at = ${at}, due_at = ${at}
    FROM (
      SELECT id, first_value(message_key) OVER (PARTITION BY message ORDER BY place) AS key FROM free) AS formed
    WHERE o.id = formed.id`.execute(tx);
}

/**
 * Lists the messages that have not come to an end, oldest first, by their notices: whole ones, so that all are listed which come
 * before one that is.
 * @param most number of notices to look at; fewer in the answer: there are no others
 */
export async function listFormed(tx: Tx, laneId: string, most: number): Promise<FormedNotice[]> {
  const { rows } = await sql<FormedNotice>`
    SELECT message_key AS key, alert_id AS "alertId", recipient, state, due_at AS "dueAt", leased_until AS "leasedUntil",
      event = 'test' AND attempts = 0 AS "isFreshTest"
    FROM notification_outbox
    WHERE lane_id = ${laneId} AND state IN ('queued', 'sending') AND formed_at IS NOT NULL AND message_key = ANY(ARRAY(
      SELECT message_key FROM notification_outbox
      WHERE lane_id = ${laneId} AND state IN ('queued', 'sending') AND formed_at IS NOT NULL
      ORDER BY created_at, id LIMIT ${most}))
    ORDER BY created_at, id`.execute(tx);
  return rows;
}

/** A notice of a message that a server has taken. */
export interface TakenNotice {
  readonly id: string;
  readonly key: string;
  readonly alertId: string | null;
  readonly event: DeliveryEvent;
  readonly step: number;
  readonly stepCount: number;
  readonly teamName: string | null;
  readonly recipient: string;
  readonly previousSeverity: string | null;
  readonly detail: Record<string, unknown> | null;
  readonly attempts: number;
  readonly createdAt: Date;
  /** When it became part of its message. */
  readonly formedAt: Date;
}

/**
 * Takes notices out of messages in which they are not to go: their alert was taken on, muted or held since. Each has a key of
 * its own from then on, also the one that gave the message its key.
 */
export async function takeOutQuiet(tx: Tx, keys: readonly string[], at: Date): Promise<void> {
  await sql`
    UPDATE notification_outbox o SET message_key = stratora_uuidv7(), formed_at = NULL
    FROM (
      SELECT o.id FROM notification_outbox o LEFT JOIN alerts a ON a.id = o.alert_id
      WHERE o.message_key = ANY(${[...keys]}::uuid[]) AND o.state = 'queued' AND NOT ${MAY_GO(at)}
      ORDER BY o.id FOR UPDATE OF o SKIP LOCKED) AS quiet
    WHERE o.id = quiet.id`.execute(tx);
}

/**
 * Takes messages for the term of a lease, without those of their notices that are not to go; of what may have arrived before, all.
 * @returns their notices, oldest first
 */
export async function leaseMessages(
  tx: Tx,
  keys: readonly string[],
  { token, until, at }: { token: string; until: Date; at: Date },
): Promise<TakenNotice[]> {
  const { rows } = await sql<TakenNotice>`
    WITH taken AS (
      UPDATE notification_outbox o SET state = 'sending', attempts = o.attempts + 1, tried_at = ${at},
        leased_until = ${until}, lease_token = ${token},
        may_have_arrived = o.may_have_arrived OR o.state = 'sending'
      FROM (
        SELECT o.id FROM notification_outbox o LEFT JOIN alerts a ON a.id = o.alert_id
        WHERE o.message_key = ANY(${[...keys]}::uuid[])
          AND ((o.state = 'queued' AND ${MAY_GO(at)}) OR (o.state = 'sending' AND o.leased_until <= ${at}))
        ORDER BY o.id FOR UPDATE OF o SKIP LOCKED) AS free
      WHERE o.id = free.id RETURNING o.*)
    SELECT id, message_key AS key, alert_id AS "alertId", event, step, step_count AS "stepCount", team_name AS "teamName",
      recipient, previous_severity AS "previousSeverity", detail, attempts, created_at AS "createdAt",
      formed_at AS "formedAt"
    FROM taken ORDER BY created_at, id`.execute(tx);
  return rows;
}

/** A message that a server has taken, and when that is. */
export interface LeasedMessage {
  readonly key: string;
  readonly token: string;
  readonly at: Date;
}

/** A message that the other end has accepted. */
export interface AcceptedMessage {
  readonly key: string;
  /** Of the lease under which it was sent. */
  readonly token: string;
  /** What the other end said. */
  readonly detail: string;
}

/** Notes that messages were accepted. @returns keys of those that were still leased to who sent them */
export async function markSent(
  tx: Tx,
  accepted: readonly AcceptedMessage[],
  at: Date,
): Promise<ReadonlySet<string>> {
  const [keys, tokens] = [accepted.map(({ key }) => key), accepted.map(({ token }) => token)];
  const details = accepted.map(({ detail }) => detail);
  const { rows } = await sql<{ key: string }>`
    UPDATE notification_outbox o SET state = 'sent', sent_at = ${at}, ended_at = ${at}, reason = NULL,
      message = done.detail, lease_token = NULL, leased_until = NULL
    FROM (
      SELECT w.id, given.detail FROM unnest(${keys}::uuid[], ${tokens}::uuid[], ${details}::text[])
        AS given (key, token, detail)
      JOIN notification_outbox w ON w.message_key = given.key AND w.lease_token = given.token
      ORDER BY w.id FOR UPDATE OF w) AS done
    WHERE o.id = done.id RETURNING o.message_key AS key`.execute(tx);
  return new Set(rows.map(({ key }) => key));
}

/**
 * Notes that a message did not get through: for good, or until the next try.
 * @returns the alerts that it was to tell of
 */
export async function markFailed(
  tx: Tx,
  { key, token, at }: LeasedMessage,
  failure: { reason: DeliveryReason; message: string; nextAt: Date | null; mayHaveArrived: boolean },
): Promise<string[]> {
  const { reason, message, nextAt, mayHaveArrived } = failure;
  const { rows } = await sql<{ alert_id: string | null }>`
    UPDATE notification_outbox SET state = ${nextAt === null ? 'failed' : 'queued'}, reason = ${reason},
      message = ${message}, due_at = coalesce(${nextAt}::timestamptz, due_at),
      ended_at = ${nextAt === null ? at : null}, lease_token = NULL, leased_until = NULL,
      may_have_arrived = may_have_arrived OR ${mayHaveArrived}::boolean
    WHERE message_key = ${key} AND lease_token = ${token} RETURNING alert_id`.execute(tx);
  return rows.map(({ alert_id: alertId }) => alertId).filter((id) => id !== null);
}
