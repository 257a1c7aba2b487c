export { TemplateRegistry } from './template-registry.ts';
export { templateRoutes } from './template-routes.ts';
