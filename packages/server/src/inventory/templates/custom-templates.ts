import type { DeviceTemplate } from '@stratora/contract';
import type { FileFault } from '@stratora/runtime';
import { type LoadedTemplates, readTemplateText, resolveTemplates, ruleConflicts } from '@stratora/templates';

/** Templates of files and of people, and which are of people. */
export interface TemplatesWithCustom extends LoadedTemplates {
  custom: ReadonlySet<string>;
}

/**
 * Adds the templates that people wrote to those of files, which they cannot change: of two with one slug, or with rules
 * for one raw measurement, the file counts. One that has a fault is left out, or does without its rules, and is named.
 *
 * @param texts by slug
 */
export function addCustomTemplates(
  files: LoadedTemplates,
  texts: ReadonlyMap<string, string>,
): TemplatesWithCustom {
  const faults: FileFault[] = [];
  const read: DeviceTemplate[] = [];
  for (const [slug, text] of texts) {
    const found = readTemplateText(text);
    if ('faults' in found) faults.push(...found.faults.map((fault) => ({ ...fault, file: `${slug}.toml` })));
    else if (files.own.has(slug))
      faults.push({ file: `${slug}.toml`, message: 'slug: a template of the product has it' });
    else read.push(found.value);
  }
  const own = new Map(files.own);
  for (const template of withoutConflicts([...files.own.values()], read, faults))
    own.set(template.slug, template);
  const resolved = resolveTemplates(own);
  const templates = new Map(files.templates);
  for (const { slug } of read) {
    const template = resolved.templates.get(slug);
    if (template !== undefined) templates.set(slug, template);
    faults.push(...resolved.faults.filter(({ file }) => file === `${slug}.toml`));
  }
  const custom = new Set(read.map(({ slug }) => slug));
  return { own, templates, custom, faults: [...files.faults, ...faults] };
}

/** Takes from templates the rules for raw measurements that others have rules for. */
function withoutConflicts(
  files: readonly DeviceTemplate[],
  custom: readonly DeviceTemplate[],
  faults: FileFault[],
): DeviceTemplate[] {
  const conflicts = ruleConflicts([...files, ...custom]);
  return custom.map((template) => {
    const own = conflicts.filter(({ slug }) => slug === template.slug);
    const taken = new Set(own.map(({ rule }) => template.metrics[rule]?.from));
    faults.push(...own.map(({ message }) => ({ file: `${template.slug}.toml`, message })));
    return taken.size === 0
      ? template
      : { ...template, metrics: template.metrics.filter(({ from }) => !taken.has(from)) };
  });
}
