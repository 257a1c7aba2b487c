import type { ServerModule } from '../module.ts';
import { healthRoutes, SystemHealth, type SystemHealthOptions } from './system-health.ts';

/** Whether this server can do its work, for whoever asks. */
export function createHealth(options: SystemHealthOptions): ServerModule {
  const health = new SystemHealth(options);
  return {
    name: 'health',
    routes: { public: [healthRoutes(health)] },
    stop: async () => health.close(),
  };
}
