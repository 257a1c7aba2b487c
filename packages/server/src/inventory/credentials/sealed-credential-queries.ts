import { sql } from 'kysely';
import type { SealedRows } from '../../platform/sealed-rows.ts';
import { recordBinding } from '../../platform/secrets/index.ts';

const BATCH = 50;
/** Kind of the rows, which their secrets are bound to. */
export const CREDENTIAL_KIND = 'credential';

interface Row {
  id: string;
  name: string;
  type: string;
  secret: Buffer;
  key_version: number;
}

/** The secrets of credentials, as rows that are sealed. */
export const SEALED_CREDENTIALS: SealedRows = {
  what: 'credentials',
  batch: BATCH,
  async countOthers(db, version) {
    const { rows } = await sql<{ count: number }>`
      SELECT count(*)::int AS count FROM credentials WHERE key_version <> ${version}`.execute(db);
    return rows[0]?.count ?? 0;
  },
  async lockOthers(tx, version, after) {
    const { rows } = await sql<Row>`
      SELECT id, name, type, secret, key_version FROM credentials
      WHERE key_version <> ${version} AND (${after ?? null}::uuid IS NULL OR id > ${after ?? null}::uuid)
      ORDER BY id LIMIT ${BATCH} FOR UPDATE`.execute(tx);
    return rows.map(({ id, name, type, secret, key_version: keyVersion }) => ({
      key: id,
      label: name,
      body: secret,
      keyVersion,
      binding: recordBinding(CREDENTIAL_KIND, id, type),
    }));
  },
  async write(tx, id, { body, keyVersion }) {
    await sql`UPDATE credentials SET secret = ${body}, key_version = ${keyVersion} WHERE id = ${id}`.execute(
      tx,
    );
  },
};
