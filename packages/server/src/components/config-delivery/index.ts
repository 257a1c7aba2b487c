export { type ConfigDelivery, createConfigDelivery } from './config-delivery-module.ts';
export { ConfigDeliveryService, type PublishingRollout } from './config-delivery-service.ts';
export type { OnPull } from './config-routes.ts';
