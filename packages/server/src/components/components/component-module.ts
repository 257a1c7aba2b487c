import type { ServerModule } from '../../platform/module.ts';
import { componentRoutes } from './component-routes.ts';
import { ComponentService, type ComponentServiceOptions } from './component-service.ts';

export type ComponentsOptions = ComponentServiceOptions;

/** Builds the module by which administrators see and govern collectors and agents. */
export function createComponents(options: ComponentsOptions): ServerModule {
  return { name: 'components', routes: { user: [componentRoutes(new ComponentService(options))] } };
}
