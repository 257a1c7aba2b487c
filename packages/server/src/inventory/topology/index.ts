export { SERVER_PORT, type TopologyGraph, type TopologyNode } from './topology-graph.ts';
