export { publishEvents } from './event-bus.ts';
export { createEvents, type EventsDeps } from './events-module.ts';
