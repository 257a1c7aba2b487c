export { CLOCK_SKEW_SECONDS } from './component-flags.ts';
export { componentRoutes } from './component-routes.ts';
export { ComponentService } from './component-service.ts';
