import type { Database } from '../../platform/db/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import { topologyRoutes } from './topology-routes.ts';
import { TopologyService } from './topology-service.ts';

export interface TopologyOptions {
  db: Database;
}

/** Builds the module of how nodes hang together. */
export function createTopology(options: TopologyOptions): ServerModule {
  return { name: 'topology', routes: { user: [topologyRoutes(new TopologyService(options))] } };
}
