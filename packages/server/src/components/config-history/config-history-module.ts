import type { ServerModule } from '../../platform/module.ts';
import { ConfigHistory, type ConfigHistoryOptions } from './config-history.ts';
import { configHistoryRoutes } from './history-routes.ts';

/** The generations of configs that are kept, and their listing for users. */
export function createConfigHistory(options: ConfigHistoryOptions): ServerModule {
  return { name: 'config history', routes: { user: [configHistoryRoutes(new ConfigHistory(options))] } };
}
