import { createHash } from 'node:crypto';
import type { ComponentType, CreatedEnrollmentToken, EnrollmentToken, ListQuery } from '@stratora/contract';
import { sql } from 'kysely';
import {
  contains,
  type Database,
  listAnswer,
  pageOf,
  type SortFields,
  type Tx,
} from '../../platform/db/index.ts';

const SORT_FIELDS: SortFields = {
  created_at: { expression: sql`t.created_at`, type: 'timestamptz' },
  expires_at: { expression: sql`coalesce(t.expires_at, 'infinity')`, type: 'timestamptz' },
};

interface TokenRow extends Omit<EnrollmentToken, 'expires_at' | 'created_at'> {
  expires_at: Date | null;
  created_at: Date;
}

const COLUMNS = sql`t.id, t.description, t.multi_use, t.max_uses, t.use_count, t.expires_at, t.site_id,
  t.component_type, t.auto_approve, t.created_at, t.created_by,
  CASE
    WHEN t.revoked_at IS NOT NULL THEN 'revoked'
    WHEN t.expires_at <= now() THEN 'expired'
    WHEN t.use_count >= coalesce(t.max_uses, CASE WHEN t.multi_use THEN 2147483647 ELSE 1 END) THEN 'exhausted'
    ELSE 'active'
  END AS state`;

function toToken(row: TokenRow): EnrollmentToken {
  return {
    ...row,
    expires_at: row.expires_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
  };
}

/** Hashes a token for its row by SHA-256: tokens are random, so nothing slower is needed. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Lists the tokens of users; the launcher's own are left out. */
export async function listTokens(db: Database, query: ListQuery) {
  const page = pageOf(query, SORT_FIELDS, '-created_at', sql`t.id`);
  const matches = sql<boolean>`NOT t.is_local AND ${contains([sql`t.description`], query.search)}`;
  const counted = await sql<{ total: number }>`
    SELECT count(*)::int AS total FROM enrollment_tokens t WHERE ${matches}`.execute(db);
  const { rows } = await sql<TokenRow & { sort_key: string }>`
    SELECT ${COLUMNS}, ${page.sortKey} AS sort_key FROM enrollment_tokens t
    WHERE ${matches} AND ${page.after}
    ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  return listAnswer(rows, page, counted.rows[0]?.total ?? 0, ({ sort_key: _, ...row }) => toToken(row));
}

export async function findToken(db: Database | Tx, id: string): Promise<EnrollmentToken | undefined> {
  const { rows } = await sql<TokenRow>`
    SELECT ${COLUMNS} FROM enrollment_tokens t WHERE t.id = ${id} AND NOT t.is_local`.execute(db);
  return rows[0] && toToken(rows[0]);
}

export interface NewToken
  extends Pick<
    CreatedEnrollmentToken,
    | 'token'
    | 'description'
    | 'multi_use'
    | 'max_uses'
    | 'site_id'
    | 'component_type'
    | 'auto_approve'
    | 'created_by'
  > {
  /** Hours until the token expires; 0 for never. */
  expires_in_hours: number;
}

export async function insertToken(tx: Tx, token: NewToken): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    INSERT INTO enrollment_tokens
      (token_hash, description, multi_use, max_uses, expires_at, site_id, component_type, auto_approve, created_by)
    VALUES (${tokenHash(token.token)}, ${token.description}, ${token.multi_use}, ${token.max_uses},
      CASE WHEN ${token.expires_in_hours}::float > 0
        THEN now() + ${token.expires_in_hours}::float * interval '1 hour' END,
      ${token.site_id}, ${token.component_type}, ${token.auto_approve}, ${token.created_by})
    RETURNING id`.execute(tx);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('the database gave no id');
  return id;
}

export async function lockToken(tx: Tx, id: string): Promise<void> {
  await tx.selectFrom('enrollment_tokens').select('id').where('id', '=', id).forUpdate().execute();
}

/** Revokes a token. @returns whether there was a live token of that id */
export async function revokeToken(tx: Tx, id: string): Promise<boolean> {
  const revoked = await tx
    .updateTable('enrollment_tokens')
    .set({ revoked_at: sql`now()` })
    .where('id', '=', id)
    .where('is_local', '=', false)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return revoked.numUpdatedRows > 0n;
}

/** Replaces the local token by the one of this start. */
export async function replaceLocalToken(tx: Tx, token: string): Promise<void> {
  await sql`DELETE FROM enrollment_tokens WHERE is_local AND token_hash <> ${tokenHash(token)}`.execute(tx);
  await sql`
    INSERT INTO enrollment_tokens (token_hash, description, multi_use, auto_approve, is_local, created_by)
    VALUES (${tokenHash(token)}, 'components of the server itself', true, true, true, 'server')
    ON CONFLICT (token_hash) DO NOTHING`.execute(tx);
}

export interface HeldToken {
  id: string;
  state: EnrollmentToken['state'];
  site_id: string | null;
  component_type: ComponentType | null;
  auto_approve: boolean;
  is_local: boolean;
}

/**
 * Finds a token by its text and locks its row until the end of the transaction, so that racing registrations count one
 * after the other.
 */
export async function holdToken(tx: Tx, token: string): Promise<HeldToken | undefined> {
  const { rows } = await sql<HeldToken>`
    SELECT ${COLUMNS}, t.is_local FROM enrollment_tokens t WHERE t.token_hash = ${tokenHash(token)} FOR UPDATE`.execute(
    tx,
  );
  return rows[0];
}

/** Finds a token by its text, without a lock. */
export async function findByText(db: Database | Tx, token: string): Promise<HeldToken | undefined> {
  const { rows } = await sql<HeldToken>`
    SELECT ${COLUMNS}, t.is_local FROM enrollment_tokens t WHERE t.token_hash = ${tokenHash(token)}`.execute(
    db,
  );
  return rows[0];
}

export async function countUse(tx: Tx, id: string): Promise<void> {
  await sql`UPDATE enrollment_tokens SET use_count = use_count + 1 WHERE id = ${id}`.execute(tx);
}
