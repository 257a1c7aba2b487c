export { deploymentRoutes, publicInstallRoutes } from './install-routes.ts';
export { InstallService } from './install-service.ts';
