import type { ChannelListQuery, ChannelType, DeliveryReason, NotificationChannel } from '@stratora/contract';
import { sanitizeText } from '@stratora/runtime';
import { type RawBuilder, sql } from 'kysely';
import {
  contains,
  type Database,
  listAnswer,
  nameField,
  pageOf,
  type SortFields,
  type Tx,
  textField,
} from '../../platform/db/index.ts';
import type { Sealed } from '../../platform/secrets/index.ts';
import type { Channel } from './channel.ts';

const SORT_FIELDS: SortFields = {
  name: nameField(sql`c.name`),
  type: textField(sql`c.type`),
  created_at: { expression: sql`c.created_at`, type: 'timestamptz' },
  updated_at: { expression: sql`c.updated_at`, type: 'timestamptz' },
};

/** A channel as it is shown, but for what waits for it. */
export type ShownChannel = Omit<NotificationChannel, 'queued_count'>;

interface ShownRow {
  id: string;
  name: string;
  type: ChannelType;
  enabled: boolean;
  text: string | null;
  max_per_minute: number;
  shown_config: Record<string, unknown>;
  last_accepted_at: Date | null;
  last_failure_at: Date | null;
  last_failure_reason: string | null;
  last_failure_message: string | null;
  created_at: Date;
  updated_at: Date;
}

const SHOWN = sql`c.id, c.name, c.type, c.enabled, c.text, c.max_per_minute, c.shown_config, c.last_accepted_at,
  c.last_failure_at, c.last_failure_reason, c.last_failure_message, c.created_at, c.updated_at`;

function toShown(row: ShownRow): ShownChannel {
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    enabled: row.enabled,
    text: row.text,
    max_per_minute: row.max_per_minute,
    config: row.shown_config,
    last_accepted_at: row.last_accepted_at?.toISOString() ?? null,
    last_failure:
      row.last_failure_at === null
        ? null
        : {
            at: row.last_failure_at.toISOString(),
            reason: row.last_failure_reason ?? '',
            message: row.last_failure_message ?? '',
          },
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

export async function listShownChannels(db: Database, query: ChannelListQuery) {
  const page = pageOf(query, SORT_FIELDS, 'name', sql`c.id`);
  const matches = sql.join(conditionsOf(query), sql` AND `);
  const counted = await sql<{ total: number }>`
    SELECT count(*)::int AS total FROM notification_channels c WHERE ${matches}`.execute(db);
  const { rows } = await sql<ShownRow & { sort_key: string }>`
    SELECT ${SHOWN}, ${page.sortKey} AS sort_key FROM notification_channels c
    WHERE ${matches} AND ${page.after}
    ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  return listAnswer(rows, page, counted.rows[0]?.total ?? 0, toShown);
}

function conditionsOf(query: ChannelListQuery): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = [contains([sql`c.name`, sql`c.recipients::text`], query.search)];
  if (query.type !== undefined) conditions.push(sql`c.type = ${query.type}`);
  if (query.enabled !== undefined) conditions.push(sql`c.enabled = ${query.enabled === 'true'}`);
  return conditions;
}

export async function findShownChannel(db: Database | Tx, id: string): Promise<ShownChannel | undefined> {
  const { rows } = await sql<ShownRow>`
    SELECT ${SHOWN} FROM notification_channels c WHERE c.id = ${id}`.execute(db);
  return rows[0] && toShown(rows[0]);
}

interface ChannelRow {
  id: string;
  name: string;
  type: ChannelType;
  enabled: boolean;
  text: string | null;
  max_per_minute: number;
  config: Buffer;
  key_version: number;
  recipients: string[];
}

const USED = sql`id, name, type, enabled, text, max_per_minute, config, key_version, recipients`;

function toChannel({ max_per_minute, config, key_version, ...row }: ChannelRow): Channel {
  return { ...row, maxPerMinute: max_per_minute, sealed: { body: config, keyVersion: key_version } };
}

/** Finds the channels that are enabled, in the order of their making. */
export async function listEnabledChannels(db: Database | Tx): Promise<Channel[]> {
  const { rows } = await sql<ChannelRow>`
    SELECT ${USED} FROM notification_channels WHERE enabled ORDER BY id`.execute(db);
  return rows.map(toChannel);
}

/** Finds a channel, enabled or not. */
export async function findChannel(db: Database | Tx, id: string): Promise<Channel | undefined> {
  const { rows } = await sql<ChannelRow>`
    SELECT ${USED} FROM notification_channels WHERE id = ${id}`.execute(db);
  return rows[0] && toChannel(rows[0]);
}

/** Finds a channel and locks its row until the end of the transaction. */
export async function lockChannel(tx: Tx, id: string): Promise<Channel | undefined> {
  const { rows } = await sql<ChannelRow>`
    SELECT ${USED} FROM notification_channels WHERE id = ${id} FOR UPDATE`.execute(tx);
  return rows[0] && toChannel(rows[0]);
}

/** Returns a new id of the database's making: the config is bound to it before the row exists. */
export async function nextId(tx: Tx): Promise<string> {
  const { rows } = await sql<{ id: string }>`SELECT stratora_uuidv7() AS id`.execute(tx);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('the database gave no id');
  return id;
}

/** A config as it is stored. */
export interface StoredConfig {
  sealed: Sealed;
  /** With a mark in the place of each secret. */
  shown: Record<string, unknown>;
  recipients: readonly string[];
}

export interface NewChannel {
  id: string;
  name: string;
  type: ChannelType;
  enabled: boolean;
  text: string | null;
  max_per_minute: number;
  config: StoredConfig;
}

export async function insertChannel(tx: Tx, { config, ...row }: NewChannel): Promise<void> {
  await tx
    .insertInto('notification_channels')
    .values({ ...row, ...configColumns(config) })
    .execute();
}

/** Changes a channel; what is absent stays. With another config it is unproven again. */
export async function updateChannel(
  tx: Tx,
  id: string,
  change: Partial<Omit<NewChannel, 'id' | 'type' | 'config'>> & { config: StoredConfig | undefined },
): Promise<void> {
  const { config, ...fields } = change;
  await tx
    .updateTable('notification_channels')
    .set({
      ...fields,
      ...(config && {
        ...configColumns(config),
        last_accepted_at: null,
        last_failure_at: null,
        last_failure_reason: null,
        last_failure_message: null,
      }),
      updated_at: new Date(),
    })
    .where('id', '=', id)
    .execute();
}

export async function deleteChannel(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('notification_channels').where('id', '=', id).execute();
}

function configColumns({ sealed, shown, recipients }: StoredConfig) {
  return {
    config: sealed.body,
    key_version: sealed.keyVersion,
    shown_config: JSON.stringify(shown),
    recipients: JSON.stringify(recipients),
  };
}

/**
 * Notes that a message was accepted at the other end. A channel that does well is written once a second at most: many
 * messages may be accepted at once, and each would wait for the row.
 */
export async function noteAccepted(tx: Database | Tx, id: string, at: Date): Promise<void> {
  await sql`
    UPDATE notification_channels
    SET last_accepted_at = greatest(last_accepted_at, ${at}::timestamptz), last_failure_at = NULL,
      last_failure_reason = NULL, last_failure_message = NULL
    WHERE id = ${id} AND (last_failure_at IS NULL OR last_failure_at <= ${at}::timestamptz)
      AND (last_failure_at IS NOT NULL OR last_accepted_at IS NULL
        OR last_accepted_at < ${at}::timestamptz - interval '1 second')`.execute(tx);
}

/** Notes that a try failed. Where a message was accepted since, nothing is noted. */
export async function noteFailure(
  tx: Database | Tx,
  id: string,
  failure: { at: Date; reason: DeliveryReason; message: string },
): Promise<void> {
  await sql`
    UPDATE notification_channels
    SET last_failure_at = ${failure.at}::timestamptz, last_failure_reason = ${failure.reason},
      last_failure_message = ${sanitizeText(failure.message)}
    WHERE id = ${id} AND (last_accepted_at IS NULL OR last_accepted_at <= ${failure.at}::timestamptz)
      AND (last_failure_at IS NULL OR last_failure_at <= ${failure.at}::timestamptz)`.execute(tx);
}
