export type { ConfigCipher } from './config-body.ts';
export {
  ConfigDeliveryService,
  type DeliveredConfig,
  type EncryptedCredential,
} from './config-delivery-service.ts';
export { configFastPath } from './config-fast-path.ts';
export { ConfigHistory } from './config-history.ts';
export { configRoutes, type OnPull } from './config-routes.ts';
export {
  DEBOUNCE_SECONDS,
  type DirtyCause,
  markAllDirty,
  markDirty,
  markDirtyByCredential,
  markDirtyByNodes,
  markDirtyByTemplates,
} from './dirty-marks.ts';
export { CONFIG_STAND, setPin } from './history-queries.ts';
export { configHistoryRoutes } from './history-routes.ts';
