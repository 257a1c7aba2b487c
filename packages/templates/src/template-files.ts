import {
  type DeviceTemplate,
  deviceTemplateSchema,
  fieldFaults,
  narrowUnions,
  plainWords,
  resolveDeviceTemplate,
} from '@stratora/contract';
import { errorMessage, type FileFault, parseToml, type ReadFile, readTomlFiles } from '@stratora/runtime';
import { ruleConflicts } from './rule-conflict.ts';
import { TomlLines } from './toml-lines.ts';

export interface LoadedTemplates {
  /** Templates as in their files, without what they inherit. */
  own: ReadonlyMap<string, DeviceTemplate>;
  /** Templates with everything they inherit. */
  templates: ReadonlyMap<string, DeviceTemplate>;
  faults: readonly FileFault[];
}

/** Reads every `*.toml` of a folder. A file with a fault is left out and named; the others load. */
export async function loadTemplates(folder: string): Promise<LoadedTemplates> {
  const texts = new Map<string, string>();
  const { values, faults } = await readTomlFiles(folder, (file, text) => {
    texts.set(file, text);
    return readTemplate(file, text);
  });
  const place: PlaceOf = (slug, path) => {
    const text = texts.get(`${slug}.toml`);
    return text === undefined ? undefined : new TomlLines(text).lineOf(path);
  };
  const conflicts = ruleConflicts(values).map(({ slug, rule, message }) =>
    placed(`${slug}.toml`, place(slug, `metrics.${rule}.from`), message),
  );
  const refused = new Set(conflicts.map(({ file }) => file));
  const sound = values.filter(({ slug }) => !refused.has(`${slug}.toml`));
  const resolved = resolveTemplates(new Map(sound.map((template) => [template.slug, template])), place);
  return { ...resolved, faults: [...faults, ...conflicts, ...resolved.faults] };
}

/** Lists the templates of a folder without a fault, for programs beside a server. */
export async function readDeviceTemplates(folder: string): Promise<DeviceTemplate[]> {
  return [...(await loadTemplates(folder)).own.values()];
}

/** Finds the line of a path such as `extends.0` in the file of a template. */
export type PlaceOf = (slug: string, path: string) => number | undefined;

/**
 * Adds to templates what they inherit; those that cannot be resolved are left out and named.
 *
 * @param place gives the lines of faults, where the files are at hand
 */
export function resolveTemplates(
  own: ReadonlyMap<string, DeviceTemplate>,
  place: PlaceOf = () => undefined,
): LoadedTemplates {
  const templates = new Map<string, DeviceTemplate>();
  const faults: FileFault[] = [];
  for (const [slug, template] of own) {
    try {
      templates.set(slug, resolveDeviceTemplate(slug, own));
    } catch (error) {
      const parent = template.extends.findIndex((one) => !own.has(one));
      const path = parent < 0 ? 'extends' : `extends.${parent}`;
      faults.push(placed(`${slug}.toml`, place(slug, path), `extends: ${errorMessage(error)}`));
    }
  }
  return { own, templates, faults };
}

/** Reads the text of one file, whose name must be that of its slug. Each fault names its line. */
export function readTemplate(file: string, text: string): ReadFile<DeviceTemplate> {
  const toml = parseToml(file, text);
  if ('faults' in toml) return toml;
  const parsed = deviceTemplateSchema.safeParse(toml.value, { error: plainWords });
  if (!parsed.success) {
    const lines = new TomlLines(text);
    const faults = fieldFaults(narrowUnions(parsed.error));
    return {
      faults: faults.map(({ path, message }) => placed(file, lines.lineOf(path) ?? 1, `${path}: ${message}`)),
    };
  }
  const { slug } = parsed.data;
  if (`${slug}.toml` !== file) {
    const line = new TomlLines(text).lineOf('slug');
    return { faults: [placed(file, line, `slug: is "${slug}", so the file must be ${slug}.toml`)] };
  }
  return { value: parsed.data };
}

/** Reads the text of a template that has no file, but for which its slug says what it would be called. */
export function readTemplateText(text: string): ReadFile<DeviceTemplate> {
  const toml = parseToml('template.toml', text);
  if ('faults' in toml) return toml;
  const { slug } = (toml.value ?? {}) as { slug?: unknown };
  return readTemplate(typeof slug === 'string' ? `${slug}.toml` : 'template.toml', text);
}

function placed(file: string, line: number | undefined, message: string): FileFault {
  return { file, ...(line === undefined ? {} : { line }), message };
}
