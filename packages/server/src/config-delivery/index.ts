export type { ConfigCipher } from './config-body.ts';
export {
  ConfigDeliveryService,
  type DeliveredConfig,
  type RenderedNotice,
} from './config-delivery-service.ts';
export { configFastPath } from './config-fast-path.ts';
export { ConfigHistory } from './config-history.ts';
export { createConfigMetrics } from './config-metrics.ts';
export { ConfigRenderer, type EncryptedCredential } from './config-renderer.ts';
export { configRoutes, type OnPull } from './config-routes.ts';
export {
  DEBOUNCE_SECONDS,
  type DirtyCause,
  markAllDirty,
  markDirty,
  markDirtyByCredential,
} from './dirty-marks.ts';
export { CONFIG_STAND, setPin } from './history-queries.ts';
export { configHistoryRoutes } from './history-routes.ts';
