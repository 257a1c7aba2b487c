export { ConfigRenderer, type RenderedConfig } from './config-renderer.ts';
export { Pace } from './render-pace.ts';
export type { ComponentVersions, VersionsFor } from './render-queries.ts';
