import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type DeviceTemplate, deviceTemplateSchema, resolveDeviceTemplate } from '@stratora/contract';
import { type TomlTable, writeInputBlock } from '@stratora/telegraf';
import { parse } from 'smol-toml';

const FOLDER = fileURLToPath(new URL('../../../templates/', import.meta.url));

export interface TemplateBlock {
  readonly id: string;
  readonly plugin: string;
  /** TOML of the block below its header, as the product renders it. */
  readonly options: string;
}

let templates: Map<string, DeviceTemplate> | undefined;

/** Lists the blocks of a device template of the product; `target` has the options that name the device. */
export function templateBlocks(slug: string, target: TomlTable = {}): TemplateBlock[] {
  templates ??= new Map(
    readdirSync(FOLDER)
      .filter((file) => file.endsWith('.toml'))
      .map((file) => {
        const template = deviceTemplateSchema.parse(parse(readFileSync(`${FOLDER}${file}`, 'utf8')));
        return [template.slug, template] as const;
      }),
  );
  return resolveDeviceTemplate(slug, templates).inputs.map(({ id, plugin, options, field, table }) => {
    const lists = {
      ...(field.length > 0 ? { field } : {}),
      ...(table.length > 0 ? { table } : {}),
    };
    const all = JSON.parse(JSON.stringify({ ...options, ...target, ...lists })) as TomlTable;
    const text = writeInputBlock({ plugin, options: all });
    return { id, plugin, options: text.slice(text.indexOf('\n') + 1) };
  });
}
