import type { Database } from '../../platform/db/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import { nodeGroupRoutes } from './node-group-routes.ts';
import { NodeGroupService } from './node-group-service.ts';

export interface NodeGroupsDeps {
  db: Database;
}

/** Groups that users put nodes into. */
export function createNodeGroups(deps: NodeGroupsDeps): ServerModule {
  return { name: 'node groups', routes: { user: [nodeGroupRoutes(new NodeGroupService(deps))] } };
}
