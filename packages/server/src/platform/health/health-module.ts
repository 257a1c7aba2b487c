import type { ServerModule } from '../module.ts';
import { healthRoutes, SystemHealth, type SystemHealthOptions } from './system-health.ts';

/** Builds the module that answers whether this server can do its work. */
export function createHealth(options: SystemHealthOptions): ServerModule {
  const health = new SystemHealth(options);
  return {
    name: 'health',
    routes: { public: [healthRoutes(health)] },
    stop: async () => health.close(),
  };
}
