export { followSites } from './node-collector.ts';
export { nodeRoutes } from './node-routes.ts';
export { NodeService, type NodeServiceDependencies } from './node-service.ts';
