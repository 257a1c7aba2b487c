export { createNodeGroups, type NodeGroupsDeps } from './node-group-module.ts';
export { replaceGroups } from './node-group-queries.ts';
