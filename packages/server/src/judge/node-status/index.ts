export { createNodeStatus, type NodeStatusOptions, type NodeStatusModule } from './node-status-module.ts';
