import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DeviceTemplate, deviceTemplateSchema, resolveDeviceTemplate } from '@stratora/contract';
import { errorMessage } from '@stratora/runtime';
import { parse } from 'smol-toml';
import { fieldFaults, plainWords } from '../../platform/http/index.ts';

/** A fault of one file. */
export interface TemplateFault {
  file: string;
  /** Line of the TOML text, where it is known. */
  line?: number;
  message: string;
}

export interface LoadedTemplates {
  /** Templates as in their files, without what they inherit. */
  own: ReadonlyMap<string, DeviceTemplate>;
  /** Templates with everything they inherit. */
  templates: ReadonlyMap<string, DeviceTemplate>;
  faults: readonly TemplateFault[];
}

/** Reads every `*.toml` of a folder. A file with a fault is left out and named; the others load. */
export async function loadTemplates(folder: string): Promise<LoadedTemplates> {
  const faults: TemplateFault[] = [];
  const own = new Map<string, DeviceTemplate>();
  const files = (await readdir(folder)).filter((name) => name.endsWith('.toml')).sort();
  for (const file of files) {
    const read = readTemplate(file, await readFile(join(folder, file), 'utf8'));
    if ('faults' in read) faults.push(...read.faults);
    else own.set(read.template.slug, read.template);
  }
  const resolved = resolveTemplates(own);
  return { ...resolved, faults: [...faults, ...resolved.faults] };
}

/** Adds to templates what they inherit; those that cannot be resolved are left out and named. */
export function resolveTemplates(own: ReadonlyMap<string, DeviceTemplate>): LoadedTemplates {
  const templates = new Map<string, DeviceTemplate>();
  const faults: TemplateFault[] = [];
  for (const slug of own.keys()) {
    try {
      templates.set(slug, resolveDeviceTemplate(slug, own));
    } catch (error) {
      faults.push({ file: `${slug}.toml`, message: errorMessage(error) });
    }
  }
  return { own, templates, faults };
}

function readTemplate(
  file: string,
  text: string,
): { template: DeviceTemplate } | { faults: TemplateFault[] } {
  let data: unknown;
  try {
    data = parse(text);
  } catch (error) {
    const { line } = error as { line?: number };
    return { faults: [{ file, ...(line === undefined ? {} : { line }), message: errorMessage(error) }] };
  }
  const parsed = deviceTemplateSchema.safeParse(data, { error: plainWords });
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
  return { template: parsed.data };
}
