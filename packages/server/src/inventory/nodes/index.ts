export { adoptOrphans, followSites } from './node-collector.ts';
export { nodeRoutes } from './node-routes.ts';
export { NodeService } from './node-service.ts';
export {
  ensureReportedNode,
  type HostFacts,
  keepHostFacts,
  type ReportedNode,
} from './reported-node-queries.ts';
