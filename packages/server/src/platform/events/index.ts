export { EventBus, publishEvents } from './event-bus.ts';
export { eventRoutes } from './event-routes.ts';
