export { ComponentAuthenticator } from './component-authenticator.ts';
export { adoptOrphans } from './component-queries.ts';
export { ComponentReportLog } from './component-report-log.ts';
export { componentRoutes } from './component-routes.ts';
export { ComponentService } from './component-service.ts';
export { type ComponentPatch, ComponentStateLog } from './component-state-log.ts';
export { replaceKeys } from './key-queries.ts';
export { reportRoutes } from './report-routes.ts';
