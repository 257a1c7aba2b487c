export { deriveTopology } from './derive-topology.ts';
export { FADE_AFTER_MS } from './fade-time.ts';
export * from './topology-model.ts';
