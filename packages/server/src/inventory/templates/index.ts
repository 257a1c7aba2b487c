export { findTemplateVersions } from './template-queries.ts';
export { TemplateRegistry } from './template-registry.ts';
export { TemplateService } from './template-service.ts';
export type { TemplateChange } from './template-version.ts';
export { createTemplates } from './templates-module.ts';
