import type { ServerModule } from '../module.ts';
import type { StoreCheck } from './store-check.ts';
import { healthRoutes, SystemHealth, type SystemHealthOptions } from './system-health.ts';

export interface HealthModule extends ServerModule {
  /** Whether this server can do its work: all that its health tells of is well. */
  isWell(): Promise<boolean>;
}

/** Builds the module that answers whether this server can do its work. */
export function createHealth(options: SystemHealthOptions & { store: StoreCheck }): HealthModule {
  const health = new SystemHealth(options);
  return {
    name: 'health',
    routes: { public: [healthRoutes(health)] },
    loops: [options.store.loop],
    stop: async () => health.close(),
    isWell: async () => (await health.check()).status === 'ok',
  };
}
