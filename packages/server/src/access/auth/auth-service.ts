import { createHash, randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { SESSION_COOKIE, type User } from '@stratora/contract';
import type { Clock } from '@stratora/runtime';
import type { FastifyRequest } from 'fastify';
import { type Actor, appendAudit } from '../../platform/audit/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { appError, fieldError, type UserIdentity } from '../../platform/http/index.ts';
import { AttemptLimiter } from '../../platform/secrets/index.ts';
import {
  deleteSession,
  endBearer,
  findBearer,
  findSession,
  insertSession,
  touchSession,
} from '../sessions/index.ts';
import {
  findUser,
  findUserByName,
  INITIAL_ADMIN,
  initialPasswordFile,
  noteLogin,
  type PasswordHasher,
  requireGoodPassword,
  toUser,
  type UserRow,
  updateUser,
} from '../users/index.ts';
import type { BearerTokens } from './bearer-token.ts';
import { requireSameSite } from './cross-site-check.ts';

export interface AuthServiceOptions {
  db: Database;
  clock: Clock;
  hasher: PasswordHasher;
  bearer: BearerTokens;
  /** Origins that browsers use. */
  ownOrigins: readonly string[];
  dataDir: string;
}

export interface LoginInput {
  username: string;
  password: string;
  address: string;
  requestId: string;
}

/** Bounds of failed attempts: of one address on one account, of one address, and on one account from anywhere. */
const PAIR_LIMIT = { attempts: 10, windowMs: 120_000 };
const ADDRESS_LIMIT = { attempts: 60, windowMs: 120_000 };
const ACCOUNT_LIMIT = { attempts: 120, windowMs: 120_000 };

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

/** The service that logs users in and out, and finds the user behind a request. */
export class AuthService {
  readonly #options: AuthServiceOptions;
  readonly #limiters: [AttemptLimiter, (input: LoginInput) => string][];

  constructor(options: AuthServiceOptions) {
    this.#options = options;
    this.#limiters = [
      [new AttemptLimiter(options.clock, PAIR_LIMIT), (i) => `${i.username.toLowerCase()} ${i.address}`],
      [new AttemptLimiter(options.clock, ADDRESS_LIMIT), (i) => i.address],
      [new AttemptLimiter(options.clock, ACCOUNT_LIMIT), (i) => i.username.toLowerCase()],
    ];
  }

  /** Finds the user behind a request. @throws AppError not_authenticated, csrf_rejected */
  async authenticate(request: FastifyRequest): Promise<UserIdentity> {
    const { authorization } = request.headers;
    if (authorization !== undefined) return this.#bearerUser(authorization);
    const token = request.cookies[SESSION_COOKIE];
    if (token === undefined || token === '') throw appError('not_authenticated', 'Log in first.');
    const session = await findSession(this.#options.db, hashToken(token));
    if (!session) throw appError('not_authenticated', 'The session has ended; log in again.');
    requireSameSite(request, this.#options.ownOrigins);
    if (session.is_stale) await touchSession(this.#options.db, session.session_id);
    return {
      kind: 'user',
      userId: session.user_id,
      username: session.username,
      role: session.role,
      mustChangePassword: session.must_change_password,
      via: 'session',
      sessionId: session.session_id,
    };
  }

  async #bearerUser(authorization: string): Promise<UserIdentity> {
    const token = /^Bearer ([\w.~+/=-]{1,4096})$/i.exec(authorization)?.[1] ?? '';
    const tokenHash = hashToken(token);
    const claims = token === '' ? undefined : await this.#options.bearer.read(token);
    const user = claims && (await findBearer(this.#options.db, { ...claims, tokenHash }));
    if (!user) throw appError('not_authenticated', 'The access token is not valid.');
    return {
      kind: 'user',
      userId: user.user_id,
      username: user.username,
      role: user.role,
      mustChangePassword: user.must_change_password,
      via: 'bearer',
      sessionId: undefined,
      bearer: { hash: tokenHash, expiresAt: claims.expiresAt },
    };
  }

  /** Logs a user in with a new session; one that the browser had is not reused. @returns the token for the cookie */
  async login(input: LoginInput): Promise<{ token: string; user: User }> {
    const user = await this.#checkPassword(input);
    const token = randomBytes(32).toString('base64url');
    await this.#options.db.transaction().execute(async (tx) => {
      await insertSession(tx, { tokenHash: hashToken(token), userId: user.id, address: input.address });
      await this.#noteLogin(tx, user, input, 'session');
    });
    return { token, user: toUser({ ...user, last_login_at: new Date(this.#options.clock.now()) }) };
  }

  async issueBearer(input: LoginInput): Promise<string> {
    const user = await this.#checkPassword(input);
    await this.#options.db.transaction().execute((tx) => this.#noteLogin(tx, user, input, 'bearer'));
    return this.#options.bearer.sign({ userId: user.id, epoch: user.token_epoch });
  }

  async #noteLogin(tx: Tx, user: UserRow, input: LoginInput, via: string): Promise<void> {
    await noteLogin(tx, user.id);
    const actor = {
      userId: user.id,
      name: user.username,
      requestId: input.requestId,
      address: input.address,
    };
    await appendAudit(tx, actor, {
      action: 'auth.login',
      objectType: 'user',
      objectId: user.id,
      detail: { via },
    });
  }

  /**
   * Checks a password; the answer and its time are the same for an unknown user, a disabled one and a wrong password.
   */
  async #checkPassword(input: LoginInput): Promise<UserRow> {
    this.#takeAttempt(input);
    const user = await findUserByName(this.#options.db, input.username);
    const isRight = await this.#options.hasher.verify(input.password, user?.password_hash);
    if (!user?.enabled || !isRight) {
      throw appError('invalid_credentials', 'The username or the password is wrong.');
    }
    for (const [limiter, keyOf] of this.#limiters) limiter.giveBack(keyOf(input));
    return user;
  }

  #takeAttempt(input: LoginInput): void {
    for (const [limiter, keyOf] of this.#limiters) {
      const waitSeconds = limiter.take(keyOf(input));
      if (waitSeconds !== undefined) {
        throw appError('too_many_attempts', `Too many failed logins; try again in ${waitSeconds} s.`, {
          details: { retryAfterSeconds: waitSeconds },
        });
      }
    }
  }

  /** Ends what the call came with: the session, or that one bearer token. */
  async logout(actor: Actor, identity: UserIdentity): Promise<void> {
    const { sessionId, bearer } = identity;
    await this.#options.db.transaction().execute(async (tx) => {
      if (sessionId !== undefined) await deleteSession(tx, sessionId);
      if (bearer !== undefined) await endBearer(tx, bearer);
      await appendAudit(tx, actor, { action: 'auth.logout', objectType: 'user', objectId: identity.userId });
    });
  }

  async me(identity: UserIdentity): Promise<User> {
    const user = await findUser(this.#options.db, identity.userId);
    if (!user) throw appError('not_authenticated', 'Log in first.');
    return toUser(user);
  }

  /**
   * Changes a password, which ends every other session and all bearer tokens of the user. @throws AppError
   * validation_failed, too_many_attempts
   */
  async changePassword(
    actor: Actor,
    identity: UserIdentity,
    passwords: { current: string; next: string },
  ): Promise<User> {
    const input = {
      username: identity.username,
      password: passwords.current,
      address: actor.address ?? '',
      requestId: actor.requestId ?? '',
    };
    if (passwords.current === passwords.next) {
      throw fieldError('new_password', 'must differ from the current one');
    }
    const { username, display_name: displayName } = await this.me(identity);
    requireGoodPassword('new_password', passwords.next, [username, displayName]);
    try {
      await this.#checkPassword(input);
    } catch (error) {
      if ((error as { code?: string }).code !== 'invalid_credentials') throw error;
      throw fieldError('current_password', 'is wrong');
    }
    const passwordHash = await this.#options.hasher.hash(passwords.next);
    await this.#options.db.transaction().execute(async (tx) => {
      await updateUser(
        tx,
        identity.userId,
        { password_hash: passwordHash, must_change_password: false },
        { end: true, exceptSession: identity.sessionId },
      );
      await appendAudit(tx, actor, {
        action: 'auth.change_password',
        objectType: 'user',
        objectId: identity.userId,
      });
    });
    if (identity.username === INITIAL_ADMIN)
      await rm(initialPasswordFile(this.#options.dataDir), { force: true });
    return this.me(identity);
  }
}
