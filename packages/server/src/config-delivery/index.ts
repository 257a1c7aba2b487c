export {
  type ConfigCipher,
  ConfigDeliveryService,
  type DeliveredConfig,
  type EncryptedCredential,
} from './config-delivery-service.ts';
export { configFastPath } from './config-fast-path.ts';
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
