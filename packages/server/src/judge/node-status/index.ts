export { createNodeStatus, type NodeStatusDeps, type NodeStatusModule } from './node-status-module.ts';
