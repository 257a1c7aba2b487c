import type { Database } from '../db/index.ts';
import type { ServerModule } from '../module.ts';
import type { KeyRing } from './key-ring.ts';
import { ServerSecrets } from './server-secrets.ts';

export interface SecretsOptions {
  db: Database;
  /** What they are encrypted with where they are stored. */
  keys: KeyRing;
}

export interface SecretsModule extends ServerModule {
  /** To be read once the module is prepared. */
  readonly secrets: ServerSecrets;
}

/** What all servers of an installation share and nobody else may know. */
export function createSecrets({ db, keys }: SecretsOptions): SecretsModule {
  const secrets = new ServerSecrets();
  return { name: 'secrets', secrets, prepare: () => secrets.load(db, keys) };
}
