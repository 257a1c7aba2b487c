export { findSiteIdByName, siteExists } from './site-queries.ts';
export { siteRoutes } from './site-routes.ts';
export { SiteService } from './site-service.ts';
