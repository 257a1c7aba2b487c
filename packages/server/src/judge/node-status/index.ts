export { createNodeStatus, type NodeStatusModule, type NodeStatusOptions } from './node-status-module.ts';
