import { randomBytes } from 'node:crypto';
import {
  type ComponentType,
  type CreatedEnrollmentToken,
  type CreateEnrollmentToken,
  ENROLLMENT_TOKEN_PREFIX,
  type EnrollmentToken,
  type ErrorCode,
} from '@stratora/contract';
import { siteExists } from '../../inventory/sites/index.ts';
import { type Actor, appendAudit, once } from '../../platform/audit/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { appError, fieldError, notFound, type Precondition } from '../../platform/http/index.ts';
import {
  countUse,
  findByText,
  findToken,
  type HeldToken,
  holdToken,
  insertToken,
  lockToken,
  replaceLocalToken,
  revokeToken,
} from './token-queries.ts';

/** Makes a token of 256 random bits, which cannot be guessed in any number of tries. */
function mintToken(): string {
  return ENROLLMENT_TOKEN_PREFIX + randomBytes(32).toString('base64url');
}

/** Makes a token; its text is in this answer and nowhere else. */
export async function issueToken(
  db: Database,
  actor: Actor,
  input: CreateEnrollmentToken,
): Promise<CreatedEnrollmentToken> {
  if (!input.multi_use && input.max_uses && input.max_uses > 1) {
    throw fieldError('max_uses', 'cannot be more than 1 for a token of one use');
  }
  const token = mintToken();
  return once(db, actor, async (tx) => {
    if (input.site_id && !(await siteExists(tx, input.site_id)))
      throw fieldError('site_id', 'does not exist');
    const id = await insertToken(tx, {
      token,
      description: input.description ?? null,
      multi_use: input.multi_use,
      max_uses: input.multi_use ? (input.max_uses ?? null) : 1,
      site_id: input.site_id ?? null,
      component_type: input.component_type ?? null,
      auto_approve: input.auto_approve,
      created_by: actor.name,
      expires_in_hours: input.expires_in_hours,
    });
    const issued = await findToken(tx, id);
    if (!issued) throw new Error('the token is gone within its own transaction');
    await appendAudit(tx, actor, {
      action: 'enrollment_token.create',
      objectType: 'enrollment_token',
      objectId: id,
      detail: {
        name: input.description ?? '',
        auto_approve: input.auto_approve,
        max_uses: issued.max_uses,
        expires_at: issued.expires_at,
      },
    });
    return { ...issued, token };
  });
}

/** Ends a token. Components that it brought in stay. */
export async function revoke(
  db: Database,
  actor: Actor,
  id: string,
  match?: Precondition<EnrollmentToken>,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockToken(tx, id);
    const token = await findToken(tx, id);
    if (!token) throw notFound('This enrollment token');
    match?.(token);
    if (!(await revokeToken(tx, id))) return;
    await appendAudit(tx, actor, {
      action: 'enrollment_token.revoke',
      objectType: 'enrollment_token',
      objectId: id,
      detail: { name: token.description ?? '' },
    });
  });
}

/** Puts the launcher's token of this start in force, and ends the one of the last. */
export async function ensureLocalToken(db: Database, token: string): Promise<void> {
  await db.transaction().execute((tx) => replaceLocalToken(tx, token));
}

const REFUSALS: Record<Exclude<EnrollmentToken['state'], 'active'>, [ErrorCode, string]> = {
  expired: ['enrollment_token_expired', 'The enrollment token has expired.'],
  exhausted: ['enrollment_token_exhausted', 'The enrollment token has no uses left.'],
  revoked: ['enrollment_token_revoked', 'The enrollment token was revoked.'],
};

/**
 * Locks a token for the rest of the transaction and takes one use of it: if the registration fails, the use is given
 * back. A retry of a registration that has used the token already (its answer was lost) takes no further use.
 *
 * @throws AppError enrollment_token_invalid, _expired, _exhausted, _revoked
 */
export async function takeToken(
  tx: Tx,
  token: string,
  type: ComponentType,
  isPaidFor: (tokenId: string) => Promise<boolean>,
): Promise<HeldToken> {
  const held = token.startsWith(ENROLLMENT_TOKEN_PREFIX) ? await holdToken(tx, token) : undefined;
  if (!held) throw appError('enrollment_token_invalid', 'The enrollment token is not valid.');
  if (held.component_type !== null && held.component_type !== type) {
    throw appError('enrollment_token_invalid', `The enrollment token is for ${held.component_type}s only.`);
  }
  if ((held.state === 'active' || held.state === 'exhausted') && (await isPaidFor(held.id))) return held;
  if (held.state !== 'active') throw appError(...REFUSALS[held.state]);
  await countUse(tx, held.id);
  return held;
}

/**
 * Checks a token before anything costly is done for the caller; the registration decides for good.
 *
 * @throws AppError enrollment_token_invalid, _expired, _revoked
 */
export async function requireKnownToken(db: Database, token: string): Promise<void> {
  const state = (await findByText(db, token))?.state;
  if (state === undefined) throw appError('enrollment_token_invalid', 'The enrollment token is not valid.');
  if (state === 'expired' || state === 'revoked') throw appError(...REFUSALS[state]);
}
