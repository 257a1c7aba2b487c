export { createSites, type SitesDeps } from './site-module.ts';
export { findSiteIdByName, siteExists } from './site-queries.ts';
