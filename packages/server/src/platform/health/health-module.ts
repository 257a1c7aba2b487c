import type { ServerModule } from '../module.ts';
import { healthRoutes, SystemHealth, type SystemHealthDeps } from './system-health.ts';

/** Whether this server can do its work, for whoever asks. */
export function createHealth(deps: SystemHealthDeps): ServerModule {
  const health = new SystemHealth(deps);
  return {
    name: 'health',
    routes: { public: [healthRoutes(health)] },
    stop: async () => health.close(),
  };
}
