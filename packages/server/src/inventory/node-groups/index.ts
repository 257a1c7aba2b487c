export { replaceGroups } from './node-group-queries.ts';
export { nodeGroupRoutes } from './node-group-routes.ts';
export { NodeGroupService } from './node-group-service.ts';
