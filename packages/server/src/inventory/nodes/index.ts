export { adoptOrphans, assignSiteCollectors } from './node-collector.ts';
export { createNodes, type NodesModule, type NodesOptions } from './node-module.ts';
export { NodeService } from './node-service.ts';
export {
  ensureReportedNode,
  type HostFacts,
  isOwnAddress,
  keepHostFacts,
  type ReportedNode,
} from './reported-node-queries.ts';
