export { createSites, type SitesOptions } from './site-module.ts';
export { findSiteIdByName, siteExists } from './site-queries.ts';
