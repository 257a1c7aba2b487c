import type { ServerModule } from '../../platform/module.ts';
import { windowRoutes } from './window-routes.ts';
import { WindowService, type WindowServiceOptions } from './window-service.ts';

export type MaintenanceOptions = WindowServiceOptions;

/** Builds the module of maintenance windows. The evaluator reads which are in force, and keeps it, by functions of this module. */
export function createMaintenance(options: MaintenanceOptions): ServerModule {
  return { name: 'maintenance', routes: { user: [windowRoutes(new WindowService(options))] } };
}
