export { createDiscovery, type DiscoveryModule, type DiscoveryOptions } from './discovery-module.ts';
export type { RunRow } from './job-row.ts';
export type { Scan, ScanMeans } from './scan-runner.ts';
export type { Begun, ScanRuns } from './scan-runs.ts';
export { serverScan } from './server-scan.ts';
