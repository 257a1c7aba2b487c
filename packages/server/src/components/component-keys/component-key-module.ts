import type { ServerModule } from '../../platform/module.ts';
import { ComponentAuthenticator, type ComponentAuthenticatorDeps } from './component-authenticator.ts';
import { KeyRotation } from './key-rotation.ts';
import { keyRoutes } from './key-routes.ts';

export interface ComponentKeysDeps extends ComponentAuthenticatorDeps {
  /** A component's newest key may be this old; 0: any age. */
  maxAgeDays: () => number;
}

export interface ComponentKeysModule extends ServerModule {
  readonly authenticator: ComponentAuthenticator;
  readonly rotation: KeyRotation;
}

/** The API keys of components: who calls with one, and when it is time for another. */
export function createComponentKeys(deps: ComponentKeysDeps): ComponentKeysModule {
  const { db, clock, maxAgeDays } = deps;
  const authenticator = new ComponentAuthenticator(deps);
  const rotation = new KeyRotation({ db, clock, authenticator, maxAgeDays });
  return {
    name: 'component keys',
    authenticator,
    rotation,
    routes: { component: [keyRoutes(rotation)] },
    metrics: [
      {
        name: 'api_key_bcrypt_runs',
        help: 'Keys that bcrypt had to prove since the start.',
        read: () => authenticator.bcryptRuns,
      },
    ],
  };
}
