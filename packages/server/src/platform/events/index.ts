export { publishEvents, type ServerEvent } from './event-bus.ts';
export { createEvents, type EventsOptions } from './events-module.ts';
