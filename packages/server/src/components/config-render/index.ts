export { ConfigRenderer, type Rendered } from './config-renderer.ts';
export { Pace } from './render-pace.ts';
