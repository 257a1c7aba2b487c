import type { Logger } from '@stratora/runtime';
import type { Database } from '../../platform/db/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import { ensureInitialAdmin } from './initial-admin.ts';
import { PasswordHasher } from './password-hash.ts';
import { userRoutes } from './user-routes.ts';
import { UserService } from './user-service.ts';

export interface UsersOptions {
  db: Database;
  logger: Logger;
  dataDir: string;
  /** Password of the first administrator, if the operator chose one. */
  adminPassword: string | undefined;
  /** Cost of bcrypt. */
  hashCost: number;
}

export interface UsersModule extends ServerModule {
  /** The hasher of all modules of a server: its queue bounds their hashing. */
  readonly hasher: PasswordHasher;
}

/** Builds the module of local users, which makes the first administrator of an empty installation. */
export function createUsers({ db, logger, dataDir, adminPassword, hashCost }: UsersOptions): UsersModule {
  const hasher = new PasswordHasher(hashCost);
  return {
    name: 'users',
    hasher,
    routes: { user: [userRoutes(new UserService({ db, hasher }))] },
    prepare: () => ensureInitialAdmin({ db, hasher, logger, dataDir, chosenPassword: adminPassword }),
  };
}
