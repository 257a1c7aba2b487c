import type { ServerModule } from '../module.ts';
import { credentialKeyRoutes } from './credential-key-routes.ts';
import { CredentialKeyService, type CredentialKeyServiceOptions } from './credential-key-service.ts';

/** Builds the module of the key that seals secrets, and of its rotation. */
export function createCredentialKey(options: CredentialKeyServiceOptions): ServerModule {
  const service = new CredentialKeyService(options);
  return {
    name: 'credential key',
    routes: { user: [credentialKeyRoutes(service)] },
    loops: [service.loop],
    stop: () => service.stop(),
  };
}
