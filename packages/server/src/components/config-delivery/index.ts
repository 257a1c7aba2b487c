export { ConfigDeliveryService } from './config-delivery-service.ts';
export { configFastPath } from './config-fast-path.ts';
export { createConfigMetrics } from './config-metrics.ts';
export { type ReportedOutcome, recordOutcomes } from './config-queries.ts';
export { configRoutes, type OnPull } from './config-routes.ts';
