import type { ServerModule } from '../../platform/module.ts';
import type { BulkMeans } from './node-bulk.ts';
import { nodeRoutes } from './node-routes.ts';
import { NodeService, type NodeServiceOptions } from './node-service.ts';

export type NodesOptions = NodeServiceOptions & BulkMeans;

/** Builds the module of nodes. */
export function createNodes(options: NodesOptions): ServerModule {
  return { name: 'nodes', routes: { user: [nodeRoutes(options, new NodeService(options))] } };
}
