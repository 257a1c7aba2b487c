import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { DeviceTemplate } from '@stratora/contract';
import { type CaptureObject, readSnmprec } from '@stratora/snmp';
import { loadTemplates } from '@stratora/templates';
import { previewTemplate } from './preview-template.ts';
import { CASE_TIME_MS } from './template-case.ts';
import type { PreviewPoint, TemplatePreview } from './template-preview.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
/** Folder of the captures. */
export const CAPTURES = path.resolve(ROOT, '../shared/devices/captures');

/** Whether the captures of real devices lie beside the checkout; a test without them is skipped, and says so. */
export const hasCaptures = existsSync(CAPTURES);

if (!hasCaptures) process.stderr.write('captures of real devices are absent: their tests are skipped\n');

let loaded: ReturnType<typeof loadTemplates> | undefined;

/** Returns a template of the product with everything it inherits. @throws for one that has a fault */
export async function shippedTemplate(slug: string): Promise<DeviceTemplate> {
  loaded ??= loadTemplates(path.join(ROOT, 'templates'));
  const { templates, faults } = await loaded;
  const template = templates.get(slug);
  if (template !== undefined) return template;
  const own = faults.filter(({ file }) => file === `${slug}.toml`).map(({ message }) => message);
  throw new Error(`${slug}.toml: ${own.length > 0 ? own.join('; ') : 'there is no such template'}`);
}

/** Previews a template of the product for a capture. @param name its file, with or without .snmprec */
export async function previewCapture(slug: string, name: string): Promise<TemplatePreview> {
  const file = path.join(CAPTURES, name.endsWith('.snmprec') ? name : `${name}.snmprec`);
  const { objects } = readSnmprec(readFileSync(file, 'utf8'));
  return previewObjects(slug, objects);
}

/** Previews a template of the product for objects, such as those of `readSnmprec` on a text in the test. */
export async function previewObjects(
  slug: string,
  objects: readonly CaptureObject[],
): Promise<TemplatePreview> {
  return previewTemplate({ template: await shippedTemplate(slug), objects, timeMs: CASE_TIME_MS });
}

/** Picks the points of a measurement, and of those with these tags. */
export function pointsOf(
  { points }: TemplatePreview,
  measurement: string,
  tags: Readonly<Record<string, string>> = {},
): PreviewPoint[] {
  return points.filter(
    (point) =>
      point.measurement === measurement &&
      Object.entries(tags).every(([name, value]) => point.tags[name] === value),
  );
}
