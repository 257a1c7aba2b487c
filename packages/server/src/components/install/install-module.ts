import type { ServerModule } from '../../platform/module.ts';
import { deploymentRoutes, publicInstallRoutes } from './install-routes.ts';
import { type InstallOptions, InstallService } from './install-service.ts';

/** Builds the module that serves a new host what it needs to become a collector or an agent. */
export function createInstall(options: InstallOptions): ServerModule {
  const install = new InstallService(options);
  return {
    name: 'install',
    routes: { public: [publicInstallRoutes(install)], user: [deploymentRoutes(install)] },
  };
}
