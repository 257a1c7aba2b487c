export { type NodeStatusDependencies, NodeStatusService } from './node-status-service.ts';
