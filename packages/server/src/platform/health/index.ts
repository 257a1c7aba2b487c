export { createHealth, type HealthModule } from './health-module.ts';
export { exportLoops, exportValue, hasRecentSuccess } from './loop-metrics.ts';
export { StoreCheck } from './store-check.ts';
export { StoreState } from './store-state.ts';
