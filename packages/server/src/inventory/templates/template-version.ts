import { createHash } from 'node:crypto';
import type { DeviceTemplate } from '@stratora/contract';

/** What rendering reads of a template, under the hash of it. */
export interface TemplateVersion {
  hash: string;
  gatheredBy: DeviceTemplate['gathered_by'];
  inputs: DeviceTemplate['inputs'];
  metrics: DeviceTemplate['metrics'];
}

/** @param template with everything it inherits */
export function versionOf(template: DeviceTemplate): TemplateVersion {
  const { gathered_by: gatheredBy, inputs, metrics } = template;
  const hash = createHash('sha256').update(canonicalJson({ gatheredBy, inputs })).digest('hex');
  return { hash, gatheredBy, inputs, metrics };
}

/** JSON with the keys of every object in order: the same for the same content, whoever wrote it down meanwhile. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
