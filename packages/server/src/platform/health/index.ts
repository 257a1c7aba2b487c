export { exportLoops, exportValue, isMoving } from './loop-metrics.ts';
export { healthRoutes, SystemHealth } from './system-health.ts';
