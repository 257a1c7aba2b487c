import type { Database } from '../../platform/db/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import { nodeGroupRoutes } from './node-group-routes.ts';
import { NodeGroupService } from './node-group-service.ts';

export interface NodeGroupsOptions {
  db: Database;
}

/** Builds the module of the groups that users put nodes into. */
export function createNodeGroups(options: NodeGroupsOptions): ServerModule {
  return { name: 'node groups', routes: { user: [nodeGroupRoutes(new NodeGroupService(options))] } };
}
