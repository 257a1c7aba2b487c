import type { ServerModule } from '../../platform/module.ts';
import { outageCollectorRoutes, outageUserRoutes } from './outage-routes.ts';
import { OutageService, type OutageServiceOptions } from './outage-service.ts';

/** Builds the module of what collectors tell by themselves while they cannot reach the server. */
export function createOutageNotices(options: OutageServiceOptions): ServerModule {
  const service = new OutageService(options);
  return {
    name: 'outage notices',
    routes: { component: [outageCollectorRoutes(service)], user: [outageUserRoutes(service)] },
  };
}
