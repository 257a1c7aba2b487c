import type { ServerModule } from '../../platform/module.ts';
import { ConfigHistory, type ConfigHistoryOptions } from './config-history.ts';
import { configHistoryRoutes } from './history-routes.ts';
import { SEALED_CONFIGS } from './sealed-config-queries.ts';

/** Builds the module of the generations of configs that are kept, and of their listing for users. */
export function createConfigHistory(options: ConfigHistoryOptions): ServerModule {
  return {
    name: 'config history',
    routes: { user: [configHistoryRoutes(new ConfigHistory(options))] },
    sealed: [SEALED_CONFIGS],
  };
}
