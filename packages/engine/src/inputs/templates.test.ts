import { readdirSync, readFileSync } from 'node:fs';
import { type DeviceTemplate, deviceTemplateSchema, resolveDeviceTemplate } from '@stratora/contract';
import { allowedOptions, type TomlTable, WINDOWS_INPUTS } from '@stratora/telegraf';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { loadInput } from '../input-registry.ts';
import { OptionReader } from '../option-reader.ts';

const FOLDER = new URL('../../../../templates/', import.meta.url);
const TARGETS: Readonly<Record<string, TomlTable>> = {
  ping: { urls: ['10.0.0.1'] },
  snmp: { agents: ['udp://10.0.0.1:161'], version: 2, community: 'public' },
  http_response: { urls: ['https://example.org'] },
  x509_cert: { sources: ['https://example.org'] },
  vsphere: { vcenters: ['https://example.org/sdk'], username: 'reader', password: 'a phrase' },
};

const templates = new Map<string, DeviceTemplate>(
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.toml'))
    .map((file) => {
      const template = deviceTemplateSchema.parse(parse(readFileSync(new URL(file, FOLDER), 'utf8')));
      expect(file).toBe(`${template.slug}.toml`);
      return [template.slug, template];
    }),
);

test.each([...templates.keys()])('everything that the template %s polls passes the check', async (slug) => {
  for (const input of resolveDeviceTemplate(slug, templates).inputs) {
    if (WINDOWS_INPUTS.includes(input.plugin)) {
      // Only Telegraf has them: the policy knows their options.
      const options = { ...input.options, ...(input.object.length > 0 ? { object: input.object } : {}) };
      expect(allowedOptions(input.plugin)).toEqual(expect.arrayContaining(Object.keys(options)));
      continue;
    }
    const plugin = await loadInput(input.plugin);
    const lists = {
      ...(input.field.length > 0 ? { field: input.field } : {}),
      ...(input.table.length > 0 ? { table: input.table } : {}),
    };
    const options = { ...input.options, ...TARGETS[input.plugin], ...lists } as unknown as TomlTable;
    const reader = new OptionReader(JSON.parse(JSON.stringify(options)) as TomlTable);
    plugin?.parse(reader);
    expect({ input: input.id, faults: reader.finish() }).toEqual({ input: input.id, faults: [] });
    expect(plugin?.name).toBe(input.plugin);
  }
});
