import type { Database } from '../../platform/db/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import { siteRoutes } from './site-routes.ts';
import { SiteService } from './site-service.ts';

export interface SitesOptions {
  db: Database;
}

/** Builds the module of sites. */
export function createSites(options: SitesOptions): ServerModule {
  return { name: 'sites', routes: { user: [siteRoutes(new SiteService(options))] } };
}
