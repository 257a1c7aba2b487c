import type { ServerModule } from '../../platform/module.ts';
import { componentRoutes } from './component-routes.ts';
import { ComponentService, type ComponentServiceDeps } from './component-service.ts';

export type ComponentsDeps = ComponentServiceDeps;

/** Collectors and agents as administrators see and govern them. */
export function createComponents(deps: ComponentsDeps): ServerModule {
  return { name: 'components', routes: { user: [componentRoutes(new ComponentService(deps))] } };
}
