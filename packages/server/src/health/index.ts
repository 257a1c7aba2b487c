export { FirstData } from './first-data.ts';
export { exportLoops } from './loop-metrics.ts';
export { healthRoutes, SystemHealth } from './system-health.ts';
