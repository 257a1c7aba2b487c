import {
  type DeviceTemplate,
  deviceTemplateSchema,
  fieldFaults,
  plainWords,
  resolveDeviceTemplate,
} from '@stratora/contract';
import { errorMessage, type FileFault, parseToml, type ReadFile, readTomlFiles } from '@stratora/runtime';

export interface LoadedTemplates {
  /** Templates as in their files, without what they inherit. */
  own: ReadonlyMap<string, DeviceTemplate>;
  /** Templates with everything they inherit. */
  templates: ReadonlyMap<string, DeviceTemplate>;
  faults: readonly FileFault[];
}

/** Reads every `*.toml` of a folder. A file with a fault is left out and named; the others load. */
export async function loadTemplates(folder: string): Promise<LoadedTemplates> {
  const { values, faults } = await readTomlFiles(folder, readTemplate);
  const resolved = resolveTemplates(new Map(values.map((template) => [template.slug, template])));
  return { ...resolved, faults: [...faults, ...resolved.faults] };
}

/** Lists the templates of a folder without a fault, for programs beside a server. */
export async function readDeviceTemplates(folder: string): Promise<DeviceTemplate[]> {
  return [...(await loadTemplates(folder)).own.values()];
}

/** Adds to templates what they inherit; those that cannot be resolved are left out and named. */
export function resolveTemplates(own: ReadonlyMap<string, DeviceTemplate>): LoadedTemplates {
  const templates = new Map<string, DeviceTemplate>();
  const faults: FileFault[] = [];
  for (const slug of own.keys()) {
    try {
      templates.set(slug, resolveDeviceTemplate(slug, own));
    } catch (error) {
      faults.push({ file: `${slug}.toml`, message: errorMessage(error) });
    }
  }
  return { own, templates, faults };
}

/** Reads the text of one file, whose name must be that of its slug. */
export function readTemplate(file: string, text: string): ReadFile<DeviceTemplate> {
  const toml = parseToml(file, text);
  if ('faults' in toml) return toml;
  const parsed = deviceTemplateSchema.safeParse(toml.value, { error: plainWords });
  if (!parsed.success) {
    const faults = fieldFaults(parsed.error);
    return { faults: faults.map(({ path, message }) => ({ file, message: `${path}: ${message}` })) };
  }
  if (`${parsed.data.slug}.toml` !== file) {
    return {
      faults: [
        { file, message: `its slug is "${parsed.data.slug}", so the file must be ${parsed.data.slug}.toml` },
      ],
    };
  }
  return { value: parsed.data };
}
