import type { ServerModule } from '../../platform/module.ts';
import { identificationRoutes } from './identification-routes.ts';
import { type IdentificationOptions, IdentificationService } from './identification-service.ts';

/** Builds the module that tells what devices are. */
export function createIdentification(options: IdentificationOptions): ServerModule {
  const service = new IdentificationService(options);
  return {
    name: 'identification',
    routes: { user: [identificationRoutes(service)] },
    prepare: () => service.start(),
  };
}
