export { coverOf } from './maintenance-in-force.ts';
export { createMaintenance, type MaintenanceOptions } from './maintenance-module.ts';
export { keepMaintenance, type MaintenanceRecord, readMaintenance } from './maintenance-record.ts';
export { beginNodeMaintenance } from './node-windows.ts';
export type { WindowInForce } from './period.ts';
export {
  deleteOldPeriods,
  type EndingPeriod,
  listEndingSoon,
  listPeriodsAt,
  noteReminded,
  type PastPeriod,
} from './period-queries.ts';
