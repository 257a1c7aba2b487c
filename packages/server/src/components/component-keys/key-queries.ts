import type { Approval, ComponentType } from '@stratora/contract';
import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';
import { clearKeyDue, markKeyDue } from '../component-registry/index.ts';

export interface KeyRow {
  key_id: string;
  component_id: string;
  type: ComponentType;
  approval: Approval;
  node_id: string | null;
  key_bcrypt: string;
  fast_verifier: Buffer | null;
  /** Time after which the key no longer works; for some minutes it still proves an old identity. */
  expires_at: Date | null;
}

/** Minutes for which a key that a re-enrolment replaced still proves the identity, should the answer have been lost. */
const PROOF_MINUTES = 10;
/** Days for which both keys work after a rotation, unless the new one is used before. */
export const ROTATION_DAYS = 7;

/** Finds keys with their components, by key id. About 0.1 ms a key by primary keys. */
export async function findKeys(db: Database | Tx, keyIds: readonly string[]): Promise<KeyRow[]> {
  const { rows } = await sql<KeyRow>`
    SELECT k.key_id, k.component_id, c.component_type AS type, c.approval, n.id AS node_id, k.key_bcrypt,
      k.fast_verifier, k.expires_at
    FROM component_keys k
    JOIN remote_components c ON c.id = k.component_id
    LEFT JOIN nodes n ON n.agent_id = c.id
    WHERE k.key_id = ANY(${[...keyIds]}::text[])
      AND (k.expires_at IS NULL OR k.expires_at > now() - ${PROOF_MINUTES} * interval '1 minute')`.execute(
    db,
  );
  return rows;
}

export async function findKey(db: Database | Tx, keyId: string): Promise<KeyRow | undefined> {
  const [row] = await findKeys(db, [keyId]);
  return row;
}

/**
 * Writes the fast verifier of a key that bcrypt has just proved. The first use of a key ends its predecessors, since
 * the component has it safe.
 *
 * @returns whether there were predecessors
 */
export async function keepVerifier(db: Database, key: KeyRow, verifier: Buffer): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    // The component is locked before its keys, as wherever both are changed.
    await tx
      .selectFrom('remote_components')
      .select('id')
      .where('id', '=', key.component_id)
      .forNoKeyUpdate()
      .execute();
    const kept = await tx
      .updateTable('component_keys')
      .set({ fast_verifier: verifier, first_used_at: sql`coalesce(first_used_at, now())` })
      .where('key_id', '=', key.key_id)
      .where('key_bcrypt', '=', key.key_bcrypt)
      .returning('created_at')
      .executeTakeFirst();
    if (!kept) return false;
    const ended = await tx
      .deleteFrom('component_keys')
      .where('component_id', '=', key.component_id)
      .where('key_id', '<>', key.key_id)
      .where('created_at', '<', kept.created_at)
      .executeTakeFirst();
    await clearKeyDue(tx, key.component_id, kept.created_at);
    return ended.numDeletedRows > 0n;
  });
}

/** Replaces all keys of a component: the old ones end with this transaction. */
export async function replaceKeys(
  tx: Tx,
  componentId: string,
  key: { id: string; bcrypt: string },
): Promise<void> {
  await sql`DELETE FROM component_keys WHERE component_id = ${componentId}
    AND expires_at < now() - ${PROOF_MINUTES} * interval '1 minute'`.execute(tx);
  await sql`UPDATE component_keys SET fast_verifier = NULL, expires_at = least(expires_at, now())
    WHERE component_id = ${componentId}`.execute(tx);
  await tx
    .insertInto('component_keys')
    .values({ key_id: key.id, component_id: componentId, key_bcrypt: key.bcrypt })
    .execute();
  await clearKeyDue(tx, componentId);
}

type NewKey = { id: string; bcrypt: string };

/**
 * Adds a key for an administrator's hands beside the one in use, which ends with the first use of the new one or after
 * its time. The component is marked too: it fetches one of its own.
 */
export async function addRotatedKey(tx: Tx, componentId: string, key: NewKey): Promise<void> {
  await addKey(tx, componentId, { ...key, isFetched: false });
  await markKeyDue(tx, componentId);
}

/** Adds a key that the component asked for. */
export function addFetchedKey(tx: Tx, componentId: string, key: NewKey): Promise<void> {
  return addKey(tx, componentId, { ...key, isFetched: true });
}

/**
 * Adds a key. Two that wait for their first use may stand side by side, an administrator's and a component's; the one
 * that is used ends the older ones.
 */
async function addKey(
  tx: Tx,
  componentId: string,
  { id, bcrypt, isFetched }: NewKey & { isFetched: boolean },
): Promise<void> {
  // A key that was never used is replaced by this one.
  await sql`DELETE FROM component_keys k WHERE k.component_id = ${componentId} AND k.first_used_at IS NULL
    AND k.is_fetched = ${isFetched}
    AND EXISTS (SELECT FROM component_keys o WHERE o.component_id = k.component_id AND o.created_at < k.created_at
      AND (o.expires_at IS NULL OR o.expires_at > now()))`.execute(tx);
  await sql`UPDATE component_keys SET expires_at = least(expires_at, now() + ${ROTATION_DAYS} * interval '1 day')
    WHERE component_id = ${componentId}`.execute(tx);
  // By clock_timestamp: two keys of one transaction's second must still have an order.
  await sql`INSERT INTO component_keys (key_id, component_id, key_bcrypt, is_fetched, created_at)
    VALUES (${id}, ${componentId}, ${bcrypt}, ${isFetched}, greatest(clock_timestamp(), (
      SELECT max(created_at) + interval '1 ms' FROM component_keys WHERE component_id = ${componentId})))`.execute(
    tx,
  );
}

/** Deletes the fast verifiers of a component, so that no server lets a revoked key in by one. */
export async function dropVerifiers(tx: Tx, componentId: string): Promise<void> {
  await tx
    .updateTable('component_keys')
    .set({ fast_verifier: null })
    .where('component_id', '=', componentId)
    .execute();
}
