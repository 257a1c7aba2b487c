import type { ServerModule } from '../../platform/module.ts';
import { nodeRoutes } from './node-routes.ts';
import { NodeService, type NodeServiceOptions } from './node-service.ts';

export type NodesOptions = NodeServiceOptions;

/** Builds the module of nodes. */
export function createNodes(options: NodesOptions): ServerModule {
  return { name: 'nodes', routes: { user: [nodeRoutes(options.db, new NodeService(options))] } };
}
