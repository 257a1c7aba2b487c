import { type Clock, type Logger, periodic } from '@stratora/runtime';
import type { FastifyRequest } from 'fastify';
import type { Database } from '../../platform/db/index.ts';
import { type Permission, roleMay, type UserIdentity } from '../../platform/http/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import type { ServerSecrets } from '../../platform/secrets/index.ts';
import { deleteEndedSessions } from '../sessions/index.ts';
import type { PasswordHasher } from '../users/index.ts';
import { ownAuthRoutes, publicAuthRoutes } from './auth-routes.ts';
import { AuthService } from './auth-service.ts';
import { BearerTokens } from './bearer-token.ts';

export interface AuthOptions {
  db: Database;
  clock: Clock;
  logger: Logger;
  hasher: PasswordHasher;
  secrets: Pick<ServerSecrets, 'tokenSigningKey'>;
  /** URL at which browsers find the product. */
  publicUrl: string;
  /** Further origins of the product in a browser, such as that of a reverse proxy before it. */
  publicOrigins: readonly string[];
  dataDir: string;
}

export interface AuthModule extends ServerModule {
  /** Finds the user behind a request. @throws AppError not_authenticated, csrf_rejected */
  authenticate(request: FastifyRequest): Promise<UserIdentity>;
  /** Whether the user of a request may still make it: for streams, which outlive a change of the user. */
  isStillAllowed(request: FastifyRequest, permission: Permission): Promise<boolean>;
}

const CLEAN_UP_MS = 600_000;

/** Builds the module that logs users in and out, and finds the user behind a request. */
export function createAuth(options: AuthOptions): AuthModule {
  const auth = new AuthService({
    ...options,
    bearer: new BearerTokens(options),
    ownOrigins: [new URL(options.publicUrl).origin, ...options.publicOrigins],
  });
  const cleanUp = periodic({
    name: 'session-clean-up',
    intervalMs: CLEAN_UP_MS,
    clock: options.clock,
    logger: options.logger,
    run: () => deleteEndedSessions(options.db),
  });
  return {
    name: 'auth',
    routes: { public: [publicAuthRoutes(auth)], user: [ownAuthRoutes(auth)] },
    loops: [cleanUp],
    authenticate: (request) => auth.authenticate(request),
    async isStillAllowed(request, permission) {
      try {
        const user = await auth.authenticate(request);
        return !user.mustChangePassword && roleMay(user.role, permission);
      } catch (error) {
        if ((error as { status?: number }).status === 401) return false;
        throw error;
      }
    },
  };
}
