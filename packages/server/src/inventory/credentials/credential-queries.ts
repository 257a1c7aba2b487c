import type {
  CreateCredential,
  Credential,
  CredentialType,
  ListQuery,
  UpdateCredential,
} from '@stratora/contract';
import { sql } from 'kysely';
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

const SORT_FIELDS: SortFields = {
  name: nameField(sql`c.name`),
  type: textField(sql`c.type`),
  created_at: { expression: sql`c.created_at`, type: 'timestamptz' },
};

interface CredentialRow {
  id: string;
  name: string;
  type: CredentialType;
  description: string | null;
  enabled: boolean;
  secret_fields: string[];
  node_count: number;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = sql`c.id, c.name, c.type, c.description, c.enabled, c.secret_fields, c.created_at, c.updated_at,
  (SELECT count(*)::int FROM node_credentials nc WHERE nc.credential_id = c.id) AS node_count`;

function toCredential(row: CredentialRow): Credential {
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    description: row.description,
    enabled: row.enabled,
    secret_fields: row.secret_fields,
    node_count: row.node_count,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

export async function listCredentials(db: Database, query: ListQuery) {
  const page = pageOf(query, SORT_FIELDS, 'name', sql`c.id`);
  const matches = contains([sql`c.name`], query.search);
  const counted = await sql<{ total: number }>`
    SELECT count(*)::int AS total FROM credentials c WHERE ${matches}`.execute(db);
  const { rows } = await sql<CredentialRow & { sort_key: string }>`
    SELECT ${COLUMNS}, ${page.sortKey} AS sort_key FROM credentials c
    WHERE ${matches} AND ${page.after}
    ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  return listAnswer(rows, page, counted.rows[0]?.total ?? 0, toCredential);
}

export async function findCredential(db: Database | Tx, id: string): Promise<Credential | undefined> {
  const { rows } = await sql<CredentialRow>`SELECT ${COLUMNS} FROM credentials c WHERE c.id = ${id}`.execute(
    db,
  );
  return rows[0] && toCredential(rows[0]);
}

export interface SealedSecret {
  id: string;
  type: CredentialType;
  enabled: boolean;
  secret: Buffer;
  key_version: number;
}

/** Finds the sealed secret and locks its row until the end of the transaction. */
export async function lockSecret(tx: Tx, id: string): Promise<SealedSecret | undefined> {
  const { rows } = await sql<SealedSecret>`
    SELECT id, type, enabled, secret, key_version FROM credentials WHERE id = ${id} FOR UPDATE`.execute(tx);
  return rows[0];
}

/** Returns a new id of the database's making: the secret is bound to it before the row exists. */
export async function nextId(tx: Tx): Promise<string> {
  const { rows } = await sql<{ id: string }>`SELECT stratora_uuidv7() AS id`.execute(tx);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('the database gave no id');
  return id;
}

/** A secret as it is stored. */
interface NewSecret {
  sealed: Sealed;
  /** Names of the fields that it has. */
  fields: readonly string[];
}

export async function insertCredential(
  tx: Tx,
  row: Omit<CreateCredential, 'secret'> & { id: string; secret: NewSecret },
): Promise<void> {
  await tx
    .insertInto('credentials')
    .values({
      id: row.id,
      name: row.name,
      type: row.type,
      description: row.description ?? null,
      enabled: row.enabled,
      ...secretColumns(row.secret),
    })
    .execute();
}

/** Changes a credential; absent fields stay as they are. */
export async function updateCredential(
  tx: Tx,
  id: string,
  change: Omit<UpdateCredential, 'secret'> & { secret: NewSecret | undefined },
): Promise<void> {
  await tx
    .updateTable('credentials')
    .set({
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.description === undefined ? {} : { description: change.description }),
      ...(change.enabled === undefined ? {} : { enabled: change.enabled }),
      ...(change.secret && secretColumns(change.secret)),
      updated_at: new Date(),
    })
    .where('id', '=', id)
    .execute();
}

export async function deleteCredential(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('credentials').where('id', '=', id).execute();
}

function secretColumns({ sealed, fields }: NewSecret) {
  return { secret: sealed.body, key_version: sealed.keyVersion, secret_fields: JSON.stringify(fields) };
}
