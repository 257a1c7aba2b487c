export { followSites } from './node-collector.ts';
export { nodeRoutes } from './node-routes.ts';
export { NodeService } from './node-service.ts';
