export { EventBus, publishEvents, type ServerEvent } from './event-bus.ts';
export { type EventRoutesDependencies, eventRoutes } from './event-routes.ts';
