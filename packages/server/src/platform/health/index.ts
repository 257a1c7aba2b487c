export { createHealth } from './health-module.ts';
export { exportLoops, exportValue, isMoving } from './loop-metrics.ts';
