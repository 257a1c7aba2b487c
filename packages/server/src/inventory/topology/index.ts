export { type ReportTaken, takeNeighbourReport } from './reports/report-intake.ts';
export { SERVER_PORT, type TopologyGraph, type TopologyNode } from './topology-graph.ts';
export { topologyGraph } from './topology-graph-queries.ts';
export { createTopology, type TopologyOptions } from './topology-module.ts';
