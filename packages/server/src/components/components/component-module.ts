import type { ServerModule } from '../../platform/module.ts';
import { componentRoutes } from './component-routes.ts';
import { ComponentService, type ComponentServiceOptions } from './component-service.ts';

export type ComponentsOptions = ComponentServiceOptions;

/** Collectors and agents as administrators see and govern them. */
export function createComponents(options: ComponentsOptions): ServerModule {
  return { name: 'components', routes: { user: [componentRoutes(new ComponentService(options))] } };
}
