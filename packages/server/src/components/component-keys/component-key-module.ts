import type { ServerModule } from '../../platform/module.ts';
import { ComponentAuthenticator, type ComponentAuthenticatorOptions } from './component-authenticator.ts';
import { KeyRotation } from './key-rotation.ts';
import { keyRoutes } from './key-routes.ts';

export interface ComponentKeysOptions extends ComponentAuthenticatorOptions {
  /** Most days of age of a component's newest key; 0: any. */
  maxAgeDays: () => number;
}

export interface ComponentKeysModule extends ServerModule {
  readonly authenticator: ComponentAuthenticator;
  readonly rotation: KeyRotation;
}

/** Builds the module of the API keys of components: it checks keys, and has old ones replaced. */
export function createComponentKeys(options: ComponentKeysOptions): ComponentKeysModule {
  const { db, clock, maxAgeDays } = options;
  const authenticator = new ComponentAuthenticator(options);
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
