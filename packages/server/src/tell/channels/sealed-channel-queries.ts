import { sql } from 'kysely';
import type { SealedRows } from '../../platform/sealed-rows.ts';
import { recordBinding } from '../../platform/secrets/index.ts';

const BATCH = 50;
/** Kind of the rows, which their configs are bound to. */
export const CHANNEL_KIND = 'notification_channel';

interface Row {
  id: string;
  name: string;
  type: string;
  config: Buffer;
  key_version: number;
}

/** The configs of channels, as rows that are sealed. */
export const SEALED_CHANNELS: SealedRows = {
  what: 'notification channels',
  batch: BATCH,
  async countOthers(db, version) {
    const { rows } = await sql<{ count: number }>`
      SELECT count(*)::int AS count FROM notification_channels WHERE key_version <> ${version}`.execute(db);
    return rows[0]?.count ?? 0;
  },
  async lockOthers(tx, version, after) {
    const { rows } = await sql<Row>`
      SELECT id, name, type, config, key_version FROM notification_channels
      WHERE key_version <> ${version} AND (${after ?? null}::uuid IS NULL OR id > ${after ?? null}::uuid)
      ORDER BY id LIMIT ${BATCH} FOR UPDATE`.execute(tx);
    return rows.map(({ id, name, type, config, key_version: keyVersion }) => ({
      key: id,
      label: name,
      body: config,
      keyVersion,
      binding: recordBinding(CHANNEL_KIND, id, type),
    }));
  },
  async write(tx, id, { body, keyVersion }) {
    await sql`
      UPDATE notification_channels SET config = ${body}, key_version = ${keyVersion} WHERE id = ${id}`.execute(
      tx,
    );
  },
};
