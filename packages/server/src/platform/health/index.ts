export { createHealth } from './health-module.ts';
export { exportLoops, exportValue, hasRecentSuccess } from './loop-metrics.ts';
