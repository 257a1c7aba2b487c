export {
  type ActiveAlert,
  type AlertChange,
  type AlertHold,
  type AlertRef,
  type AlertSubject,
  type AlertTrigger,
  alertKeyOf,
  conditionKey,
  SYSTEM,
} from './alert-change.ts';
export type { DeliverySearch } from './alert-deliveries.ts';
export type { AlertObserver } from './alert-observer.ts';
export { AlertWriter } from './alert-writer.ts';
export { listActiveAlerts } from './alert-writing-queries.ts';
export { type AlertsModule, type AlertsOptions, createAlerts } from './alerts-module.ts';
