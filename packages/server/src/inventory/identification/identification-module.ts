import type { ServerModule } from '../../platform/module.ts';
import { correctionRoutes } from './correction-routes.ts';
import { CorrectionService } from './correction-service.ts';
import { identificationRoutes } from './identification-routes.ts';
import { type IdentificationOptions, IdentificationService } from './identification-service.ts';

export interface IdentificationModule extends ServerModule {
  /** Tells what devices are, for those who find some. */
  readonly service: Pick<IdentificationService, 'book' | 'packedRules' | 'identifyDevice'>;
}

/** Builds the module that tells what devices are, by rules and by what people say. */
export function createIdentification(options: IdentificationOptions): IdentificationModule {
  const service = new IdentificationService(options);
  const corrections = new CorrectionService({
    db: options.db,
    recogniseModel: (evidence) => service.recogniseModel(evidence),
  });
  return {
    name: 'identification',
    service,
    routes: { user: [identificationRoutes(service), correctionRoutes(corrections)] },
    prepare: () => service.start(),
  };
}
