import type { Database } from '../../platform/db/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import type { KeyRing } from '../../platform/secrets/index.ts';
import { credentialRoutes } from './credential-routes.ts';
import { CredentialService } from './credential-service.ts';

export interface CredentialsModule extends ServerModule {
  /** The secret of a row in the clear, for rendering. @throws when it cannot be opened here */
  open: CredentialService['open'];
}

/** Credentials of devices, kept sealed. */
export function createCredentials({ db, keys }: { db: Database; keys: KeyRing }): CredentialsModule {
  const service = new CredentialService(db, keys);
  return {
    name: 'credentials',
    routes: { user: [credentialRoutes(db, service)] },
    open: (row) => service.open(row),
  };
}
