import type { Database } from '../../platform/db/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import type { KeyRing } from '../../platform/secrets/index.ts';
import { credentialRoutes } from './credential-routes.ts';
import { CredentialService } from './credential-service.ts';
import { SEALED_CREDENTIALS } from './sealed-credential-queries.ts';

export interface CredentialsModule extends ServerModule {
  /** Opens the secret of a row, for rendering. @throws when it cannot be opened here */
  open: CredentialService['open'];
}

/** Builds the module of credentials, which are stored sealed. */
export function createCredentials({ db, keys }: { db: Database; keys: KeyRing }): CredentialsModule {
  const service = new CredentialService(db, keys);
  return {
    name: 'credentials',
    routes: { user: [credentialRoutes(db, service)] },
    sealed: [SEALED_CREDENTIALS],
    open: (row) => service.open(row),
  };
}
