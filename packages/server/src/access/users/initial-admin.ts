import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { passwordFault } from '@stratora/contract';
import { type Logger, writeFileAtomic } from '@stratora/runtime';
import { appendAudit, SERVER_ACTOR } from '../../platform/audit/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { PasswordHasher } from './password-hash.ts';
import { countUsers, findUserByName, insertUser, lockFirstUser, updateUser } from './user-queries.ts';

export const INITIAL_ADMIN = 'admin';

export interface InitialAdminOptions {
  db: Database;
  hasher: PasswordHasher;
  logger: Logger;
  dataDir: string;
  chosenPassword: string | undefined;
}

export function initialPasswordFile(dataDir: string): string {
  return join(dataDir, 'initial-admin-password');
}

/**
 * Makes the first administrator of an empty installation. A password that the operator chose need not be changed; a
 * random one is kept in a file that only its owner reads, and must be changed at the first login. A password that the
 * operator chose also replaces a random one that nobody has changed yet, and never one that a person chose.
 *
 * @throws when the chosen password is easy to guess, and would be set
 */
export async function ensureInitialAdmin(options: InitialAdminOptions): Promise<void> {
  const { db, hasher, logger, chosenPassword } = options;
  const known = await findUserByName(db, INITIAL_ADMIN);
  const hasUsers = known !== undefined || (await countUsers(db)) > 0;
  if (hasUsers && (chosenPassword === undefined || known?.must_change_password !== true)) return;
  const fault = chosenPassword === undefined ? undefined : passwordFault(chosenPassword, [INITIAL_ADMIN]);
  if (fault !== undefined) throw new Error(`STRATORA_ADMIN_PASSWORD ${fault}`);
  const password = chosenPassword ?? randomBytes(18).toString('base64url');
  const passwordHash = await hasher.hash(password);
  await db.transaction().execute(async (tx) => {
    await lockFirstUser(tx);
    const admin = await findUserByName(tx, INITIAL_ADMIN);
    if (admin) {
      if (chosenPassword === undefined || !admin.must_change_password) return;
      await updateUser(
        tx,
        admin.id,
        { password_hash: passwordHash, must_change_password: false },
        { end: true },
      );
    } else {
      if ((await countUsers(tx)) > 0) return;
      await insertUser(tx, {
        username: INITIAL_ADMIN,
        displayName: 'Administrator',
        email: null,
        role: 'admin',
        passwordHash,
        mustChangePassword: chosenPassword === undefined,
      });
    }
    await appendAudit(tx, SERVER_ACTOR, {
      action: 'user.create',
      objectType: 'user',
      detail: { name: INITIAL_ADMIN },
    });
    // Written before the commit: a user whose password nobody can know would lock everyone out.
    if (chosenPassword === undefined)
      await writeFileAtomic(initialPasswordFile(options.dataDir), `${password}\n`);
    logger.info('the first administrator was made');
  });
  if (chosenPassword !== undefined) await rm(initialPasswordFile(options.dataDir), { force: true });
}
