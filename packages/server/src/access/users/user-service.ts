import type { createUserSchema, ListQuery, UpdateUser, User } from '@stratora/contract';
import type { z } from 'zod';
import { type Actor, appendAudit, once } from '../../platform/audit/index.ts';
import { brokenConstraint, type Database, type Tx } from '../../platform/db/index.ts';
import {
  appError,
  changedFields,
  fieldError,
  isEmpty,
  notFound,
  type Precondition,
} from '../../platform/http/index.ts';
import { requireGoodPassword } from './password-check.ts';
import type { PasswordHasher } from './password-hash.ts';
import {
  deleteUser,
  findUser,
  insertUser,
  listUsers,
  lockAdmins,
  lockUser,
  toUser,
  type UserChange,
  type UserRow,
  updateUser,
} from './user-queries.ts';

type CreateUser = z.infer<typeof createUserSchema>;
/** A change of a user; the name of one is only ever said again. */
type ChangeUser = UpdateUser & { username?: string | undefined };

export interface UserServiceOptions {
  db: Database;
  hasher: PasswordHasher;
}

/**
 * The service of local users. Changes of password, role or state end the user's sessions and bearer tokens in the same
 * transaction.
 */
export class UserService {
  readonly #db: Database;
  readonly #hasher: PasswordHasher;

  constructor({ db, hasher }: UserServiceOptions) {
    this.#db = db;
    this.#hasher = hasher;
  }

  list(query: ListQuery) {
    return listUsers(this.#db, query);
  }

  async get(id: string): Promise<User> {
    return toUser(await getUser(this.#db, id));
  }

  async create(actor: Actor, input: CreateUser): Promise<User> {
    requireGoodPassword('password', input.password, [input.username, input.display_name]);
    const passwordHash = await this.#hasher.hash(input.password);
    try {
      return await once(this.#db, actor, async (tx) => {
        const id = await insertUser(tx, {
          username: input.username,
          displayName: input.display_name ?? null,
          email: input.email ?? null,
          role: input.role,
          passwordHash,
          mustChangePassword: input.must_change_password,
        });
        await appendAudit(tx, actor, {
          action: 'user.create',
          objectType: 'user',
          objectId: id,
          detail: { name: input.username, role: input.role },
        });
        return toUser(await getUser(tx, id));
      });
    } catch (error) {
      if (brokenConstraint(error) === 'users_username_key') {
        throw appError('name_taken', 'There is a user of that name already.');
      }
      throw error;
    }
  }

  /** Changes a user. A password that is set here must be changed at the next login. */
  async update(actor: Actor, id: string, input: ChangeUser, match?: Precondition<User>): Promise<User> {
    const { password, ...given } = input;
    const passwordHash = password === undefined ? undefined : await this.#hashFor(actor, id, password);
    return this.#db.transaction().execute(async (tx) => {
      const admins = await lockAdmins(tx);
      const user = await lockUser(tx, id);
      if (!user) throw notFound('This user');
      match?.(toUser(user));
      const { username, ...rest } = changedFields(toUser(user), given);
      if (username !== undefined) throw fieldError('username', 'cannot be changed');
      if (passwordHash === undefined && isEmpty(rest)) return toUser(user);
      const role = rest.role ?? user.role;
      const enabled = rest.enabled ?? user.enabled;
      if (actor.userId === id && (role !== user.role || !enabled)) {
        throw appError('invalid_state', 'Another administrator has to change your own role or disable you.');
      }
      if (role !== 'admin' || !enabled) requireAnotherAdmin(admins, id);
      const change: UserChange = {
        role,
        enabled,
        ...(rest.display_name === undefined ? {} : { display_name: rest.display_name }),
        ...(rest.email === undefined ? {} : { email: rest.email }),
        ...(rest.must_change_password === undefined
          ? {}
          : { must_change_password: rest.must_change_password }),
        ...(passwordHash === undefined ? {} : { password_hash: passwordHash, must_change_password: true }),
      };
      const end = role !== user.role || !enabled || passwordHash !== undefined;
      await updateUser(tx, id, change, { end });
      await appendAudit(tx, actor, {
        action: 'user.update',
        objectType: 'user',
        objectId: id,
        detail: {
          name: user.username,
          ...rest,
          ...(passwordHash === undefined ? {} : { password_set: true }),
        },
      });
      return toUser(await getUser(tx, id));
    });
  }

  /** Hashes a password that an administrator sets for somebody else; one's own needs the current one. */
  async #hashFor(actor: Actor, id: string, password: string): Promise<string> {
    if (actor.userId === id) {
      throw fieldError(
        'password',
        'is changed with the current one: POST /api/v1/auth/change-password, or Settings > Your account',
      );
    }
    const { username, display_name: displayName } = await getUser(this.#db, id);
    requireGoodPassword('password', password, [username, displayName]);
    return this.#hasher.hash(password);
  }

  async delete(actor: Actor, id: string, match?: Precondition<User>): Promise<void> {
    await this.#db.transaction().execute(async (tx) => {
      const admins = await lockAdmins(tx);
      const user = await lockUser(tx, id);
      if (!user) throw notFound('This user');
      match?.(toUser(user));
      if (actor.userId === id) {
        throw appError('invalid_state', 'Another administrator has to delete your own account.');
      }
      requireAnotherAdmin(admins, id);
      await deleteUser(tx, id);
      await appendAudit(tx, actor, {
        action: 'user.delete',
        objectType: 'user',
        objectId: id,
        detail: { name: user.username },
      });
    });
  }
}

function requireAnotherAdmin(admins: readonly string[], id: string): void {
  if (admins.includes(id) && admins.length === 1) {
    throw appError('invalid_state', 'This is the last enabled administrator.');
  }
}

async function getUser(db: Database | Tx, id: string): Promise<UserRow> {
  const row = await findUser(db, id);
  if (!row) throw notFound('This user');
  return row;
}
