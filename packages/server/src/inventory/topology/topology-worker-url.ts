/**
 * The program of the workers of the topology: the source beside this file, or in a bundle the entry of that name. A chunk of a bundle
 * stands one folder below it.
 */
export function topologyWorkerUrl(of: string = import.meta.url): URL {
  if (of.endsWith('.ts')) return new URL('./topology-worker.ts', of);
  return new URL(of.includes('/chunks/') ? '../topology-worker.mjs' : './topology-worker.mjs', of);
}
