import { resolve } from 'node:path';
import type { DeviceTemplate } from '@stratora/contract';
import { LineScanner, LineWriter } from '@stratora/lineprotocol';
import { silentLogger } from '@stratora/runtime';
import { describe, expect, it } from 'vitest';
import { TemplateRegistry } from '../../inventory/templates/index.ts';
import { createNormalize } from './normalize-module.ts';

describe('the normaliser', () => {
  it('is compiled once for each change of the templates, and stays when their rules cannot be compiled', async () => {
    const folder = resolve(import.meta.dirname, '../../../../../templates');
    const { own } = await new TemplateRegistry(folder, silentLogger()).read();
    let templates: readonly DeviceTemplate[] = [...own.values()];
    const normalize = createNormalize({ templates: () => templates, logger: silentLogger() });
    const first = normalize.current();
    expect(normalize.current()).toBe(first);
    templates = [...templates];
    const second = normalize.current();
    expect(second).not.toBe(first);
    const generic = own.get('generic-snmp');
    if (!generic) throw new Error('there is no generic template');
    templates = [...templates, { ...generic, slug: 'a-copy' }];
    expect(normalize.current()).toBe(second);
  });
});

describe('rows of templates that are no longer in force', () => {
  it('are normalised by their own rules, but for measurements that a rule in force is for', async () => {
    const folder = resolve(import.meta.dirname, '../../../../../templates');
    const registry = new TemplateRegistry(folder, silentLogger());
    const loaded = await registry.read();
    const [generic] = [loaded.templates.get('generic-snmp')];
    if (!generic) throw new Error('there is no generic template');
    const retired = (from: string): DeviceTemplate => ({
      ...generic,
      slug: `old-${from}`,
      metrics: [
        {
          from,
          measurement: 'device_cpu',
          when: {},
          unless: [],
          keep_tags: [],
          tags: {},
          fields: { usage_percent: 'value * 2' },
        },
      ],
    });
    registry.adopt(loaded, [retired('raw_gone'), retired('raw_gone'), retired('raw_hr_processor')]);
    expect(registry.faults).toEqual([]);
    const normalize = createNormalize({ templates: () => registry.ruleTemplates, logger: silentLogger() });
    const normalise = (line: string): string => {
      const body = Buffer.from(`${line}\n`);
      const scanner = new LineScanner();
      scanner.reset(body);
      expect(scanner.next()).toBe(true);
      const writer = new LineWriter();
      normalize.current().normalize(body, scanner, writer, { nowMs: 0 });
      return writer.view().toString();
    };
    expect(normalise('raw_gone,node_id=a value=21 1')).toContain('usage_percent=42');
    expect(normalise('raw_hr_processor,index=1,node_id=a hrProcessorLoad=7 1')).toContain('usage_percent=7');
  });
});
