import { readFile } from 'node:fs/promises';
import type { Database } from '../../platform/db/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import { type ComponentAuthenticator, replaceKeys } from '../component-keys/index.ts';
import { registrationRoutes } from './registration-routes.ts';
import { RegistrationService } from './registration-service.ts';
import { enrollmentTokenRoutes } from './token-routes.ts';
import { ensureLocalToken } from './token-service.ts';

export interface EnrollmentModuleOptions {
  db: Database;
  authenticator: ComponentAuthenticator;
  /** File with the token of the server's own components, where it has some. */
  localEnrollmentTokenFile: string | undefined;
}

/** Builds the module by which components come in: enrollment tokens, and registration by one. */
export function createEnrollment(options: EnrollmentModuleOptions): ServerModule {
  const { db, authenticator, localEnrollmentTokenFile: file } = options;
  const registrations = new RegistrationService({
    db,
    keys: {
      mint: () => authenticator.mint(),
      recognize: (key, address) => authenticator.recognize(key, address),
      replace: replaceKeys,
      forget: (componentId) => authenticator.forget(componentId),
    },
  });
  return {
    name: 'enrollment',
    routes: { public: [registrationRoutes(registrations)], user: [enrollmentTokenRoutes(db)] },
    async prepare() {
      if (file !== undefined) await ensureLocalToken(db, (await readFile(file, 'utf8')).trim());
    },
  };
}
