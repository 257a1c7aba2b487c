import type { ServerModule } from '../../platform/module.ts';
import { acknowledgeRoutes } from './acknowledge-routes.ts';
import { type AcknowledgeOptions, AcknowledgeService } from './acknowledge-service.ts';

export interface AcknowledgeModule extends ServerModule {
  /** Returns the link by which a recipient acknowledges an alert; it holds for 24 hours from a time. */
  urlOf(alertId: string, recipient: string, at: Date): string;
}

/** Builds the module of the links by which alerts are acknowledged without a login. */
export function createAcknowledgeLinks(options: AcknowledgeOptions): AcknowledgeModule {
  const service = new AcknowledgeService(options);
  return {
    name: 'acknowledge links',
    routes: { public: [acknowledgeRoutes(service)] },
    urlOf: (alertId, recipient, at) => service.urlOf(alertId, recipient, at),
  };
}
