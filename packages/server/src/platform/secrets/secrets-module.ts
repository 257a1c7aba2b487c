import type { Database } from '../db/index.ts';
import type { ServerModule } from '../module.ts';
import type { KeyRing } from './key-ring.ts';
import { sealedSettings } from './sealed-settings.ts';
import { ServerSecrets } from './server-secrets.ts';

export interface SecretsOptions {
  db: Database;
  /** Keys by which the secrets are encrypted in the database. */
  keys: KeyRing;
}

export interface SecretsModule extends ServerModule {
  /** The secrets, readable once the module is prepared. */
  readonly secrets: ServerSecrets;
}

/** Builds the module of the secrets that all servers of an installation share. */
export function createSecrets({ db, keys }: SecretsOptions): SecretsModule {
  const secrets = new ServerSecrets();
  return { name: 'secrets', secrets, sealed: [sealedSettings()], prepare: () => secrets.load(db, keys) };
}
