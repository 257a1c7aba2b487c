import type { DatabaseListener } from '../db/index.ts';
import type { ServerModule } from '../module.ts';
import { EventBus } from './event-bus.ts';
import { type EventRoutesOptions, eventRoutes } from './event-routes.ts';

export interface EventsOptions extends Omit<EventRoutesOptions, 'bus'> {
  listener: DatabaseListener;
}

/** Builds the module that streams the events of all servers to the browsers of this one. */
export function createEvents({ listener, ...options }: EventsOptions): ServerModule {
  const bus = new EventBus(listener);
  return {
    name: 'events',
    routes: { user: [eventRoutes({ ...options, bus })] },
    metrics: [{ name: 'event_streams', help: 'Open event streams.', read: () => bus.subscribers }],
  };
}
