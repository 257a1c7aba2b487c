import type { ServerModule } from '../../platform/module.ts';
import { nodeRoutes } from './node-routes.ts';
import { NodeService, type NodeServiceDeps } from './node-service.ts';

export type NodesDeps = NodeServiceDeps;

/** What is watched, by whom, and how. */
export function createNodes(deps: NodesDeps): ServerModule {
  return { name: 'nodes', routes: { user: [nodeRoutes(deps.db, new NodeService(deps))] } };
}
