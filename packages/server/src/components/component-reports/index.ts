export { ComponentCalls } from './component-calls.ts';
export { ComponentReportLog } from './component-report-log.ts';
export { ComponentStateLog } from './component-state-log.ts';
export { InstanceWatch } from './instance-watch.ts';
export { reportRoutes } from './report-routes.ts';
export { addTallies, forgetReportedHostname, type IngestTally } from './state-queries.ts';
