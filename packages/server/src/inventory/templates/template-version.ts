import { createHash } from 'node:crypto';
import type { ComponentType, DeviceTemplate } from '@stratora/contract';

/** The part of a template that rendering and normalising read, under the hash of what rendering reads. */
export interface TemplateVersion {
  hash: string;
  gatheredBy: DeviceTemplate['gathered_by'];
  inputs: DeviceTemplate['inputs'];
  metrics: DeviceTemplate['metrics'];
}

/** A device template that is another one for rendering than before. */
export interface TemplateChange {
  slug: string;
  gatheredBy: ComponentType;
  /** null where there was none. */
  oldHash: string | null;
  /** null where there is none any more. */
  newHash: string | null;
}

/** @param template with everything it inherits */
export function versionOf(template: DeviceTemplate): TemplateVersion {
  const { gathered_by: gatheredBy, inputs, metrics } = template;
  const hash = createHash('sha256').update(canonicalJson({ gatheredBy, inputs })).digest('hex');
  return { hash, gatheredBy, inputs, metrics };
}

/** Writes JSON with the keys of every object in order: the same text for the same content, whoever has stored it meanwhile. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
