import type { ServerModule } from '../../platform/module.ts';
import type { BulkMeans } from './node-bulk.ts';
import { nodeRoutes } from './node-routes.ts';
import { NodeService, type NodeServiceOptions } from './node-service.ts';

export type NodesOptions = NodeServiceOptions & BulkMeans;

export interface NodesModule extends ServerModule {
  /** The service, for those who make nodes of what they found. */
  readonly service: NodeService;
}

/** Builds the module of nodes. */
export function createNodes(options: NodesOptions): NodesModule {
  const service = new NodeService(options);
  return { name: 'nodes', service, routes: { user: [nodeRoutes(options, service)] } };
}
