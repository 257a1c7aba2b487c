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
/** Days for which a key that has ended is still known: whoever calls with it is a copy, or has lost its successor. */
const KNOWN_DAYS = 7;
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
      AND (k.expires_at IS NULL OR k.expires_at > now() - ${KNOWN_DAYS} * interval '1 day')`.execute(db);
  return rows;
}

/** A key that is shown at a registration. */
export interface ShownKeyRow extends KeyRow {
  /** The machine that it was given to. */
  machine_id: string | null;
  /** Whether a younger key of the same component and machine was used. */
  is_succeeded: boolean;
  /** Whether it works, or did until a moment ago. */
  is_recent: boolean;
}

export async function findShownKey(db: Database, keyId: string): Promise<ShownKeyRow | undefined> {
  const [row] = await findKeys(db, [keyId]);
  if (!row) return undefined;
  const { rows } = await sql<Omit<ShownKeyRow, keyof KeyRow>>`
    SELECT k.machine_id, coalesce(k.expires_at > now() - ${PROOF_MINUTES} * interval '1 minute', true) AS is_recent,
      coalesce(k.expires_at <= now(), false) AND EXISTS (
        SELECT FROM component_keys o WHERE o.component_id = k.component_id AND o.created_at > k.created_at
          AND o.machine_id IS NOT DISTINCT FROM k.machine_id AND o.first_used_at IS NOT NULL) AS is_succeeded
    FROM component_keys k WHERE k.key_id = ${keyId}`.execute(db);
  return rows[0] && { ...row, ...rows[0] };
}

/** Notes the first use of a key by a component that is not approved. */
export async function keepFirstUse(db: Database, keyId: string): Promise<void> {
  await sql`UPDATE component_keys SET first_used_at = now() WHERE key_id = ${keyId} AND first_used_at IS NULL`.execute(
    db,
  );
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
    const { rows: ended } = await sql`
      UPDATE component_keys SET fast_verifier = NULL, expires_at = now()
      WHERE component_id = ${key.component_id} AND key_id <> ${key.key_id} AND created_at < ${kept.created_at}
        AND (expires_at IS NULL OR expires_at > now())
      RETURNING key_id`.execute(tx);
    await forgetEndedKeys(tx, key.component_id);
    await clearKeyDue(tx, key.component_id, kept.created_at);
    return ended.length > 0;
  });
}

/** A key that a registration gives, and the machine that it is for. */
export interface GivenKey {
  id: string;
  bcrypt: string;
  machineId: string | null;
}

/**
 * Replaces the keys of a component: the old ones end with this transaction. Those of another machine stay where that one
 * may still be the component's; see `endOtherMachines`.
 */
export async function replaceKeys(
  tx: Tx,
  componentId: string,
  key: GivenKey,
  which: 'all' | 'same machine',
): Promise<void> {
  await forgetEndedKeys(tx, componentId);
  await sql`UPDATE component_keys SET fast_verifier = NULL, expires_at = least(expires_at, now())
    WHERE component_id = ${componentId}
      AND (${which === 'all'} OR machine_id IS NOT DISTINCT FROM ${key.machineId}::text)`.execute(tx);
  await sql`INSERT INTO component_keys (key_id, component_id, key_bcrypt, machine_id, created_at)
    VALUES (${key.id}, ${componentId}, ${key.bcrypt}, ${key.machineId}, ${afterAll(componentId)})`.execute(
    tx,
  );
  await clearKeyDue(tx, componentId);
}

/** Ends the keys of every machine but the one that a component is now: a person has decided for that one. */
export async function endOtherMachines(tx: Tx, componentId: string, machineId: string | null): Promise<void> {
  await sql`UPDATE component_keys SET fast_verifier = NULL, expires_at = least(expires_at, now())
    WHERE component_id = ${componentId} AND machine_id IS DISTINCT FROM ${machineId}::text`.execute(tx);
}

async function forgetEndedKeys(tx: Tx, componentId: string): Promise<void> {
  await sql`DELETE FROM component_keys WHERE component_id = ${componentId}
    AND expires_at < now() - ${KNOWN_DAYS} * interval '1 day'`.execute(tx);
}

/** The time of a new key: two keys of one transaction's second must still have an order. */
const afterAll = (componentId: string) => sql`greatest(clock_timestamp(), (
  SELECT max(created_at) + interval '1 ms' FROM component_keys WHERE component_id = ${componentId}))`;

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
  await sql`INSERT INTO component_keys (key_id, component_id, key_bcrypt, is_fetched, machine_id, created_at)
    VALUES (${id}, ${componentId}, ${bcrypt}, ${isFetched},
      (SELECT machine_id FROM remote_components WHERE id = ${componentId}), ${afterAll(componentId)})`.execute(
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
