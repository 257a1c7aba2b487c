export { createNodeGroups, type NodeGroupsOptions } from './node-group-module.ts';
export { replaceGroups } from './node-group-queries.ts';
