export { TemplateRegistry } from './template-registry.ts';
export { templateRoutes } from './template-routes.ts';
export { TemplateService } from './template-service.ts';
