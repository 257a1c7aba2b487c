import { sql } from 'kysely';
import type { SealedRows } from '../../platform/sealed-rows.ts';
import { configBinding } from './config-body.ts';

/** A config may have megabytes. */
const BATCH = 5;

interface Row {
  component_id: string;
  generation: number;
  body: Buffer;
  key_version: number;
}

/** The configs of components, as rows that are sealed. */
export const SEALED_CONFIGS: SealedRows = {
  what: 'configs of components',
  batch: BATCH,
  async countOthers(db, version) {
    const { rows } = await sql<{ count: number }>`
      SELECT count(*)::int AS count FROM collector_configs WHERE key_version <> ${version}`.execute(db);
    return rows[0]?.count ?? 0;
  },
  async lockOthers(tx, version, after) {
    const [component, generation] = after === undefined ? [] : partsOf(after);
    const { rows } = await sql<Row>`
      SELECT component_id, generation, body, key_version FROM collector_configs
      WHERE key_version <> ${version} AND (${component ?? null}::uuid IS NULL
        OR (component_id, generation) > (${component ?? null}::uuid, ${generation ?? 0}::integer))
      ORDER BY component_id, generation LIMIT ${BATCH} FOR UPDATE`.execute(tx);
    return rows.map(({ component_id: componentId, generation: number, body, key_version: keyVersion }) => ({
      key: `${componentId} ${number}`,
      label: `generation ${number} of ${componentId}`,
      body,
      keyVersion,
      binding: configBinding(componentId, number),
    }));
  },
  async write(tx, key, { body, keyVersion }) {
    const [component, generation] = partsOf(key);
    await sql`
      UPDATE collector_configs SET body = ${body}, key_version = ${keyVersion}
      WHERE component_id = ${component} AND generation = ${generation}`.execute(tx);
  },
};

function partsOf(key: string): [string, number] {
  return [key.slice(0, 36), Number(key.slice(37))];
}
