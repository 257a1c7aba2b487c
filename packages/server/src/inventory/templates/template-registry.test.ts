import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { DeviceTemplate } from '@stratora/contract';
import { LineScanner, LineWriter } from '@stratora/lineprotocol';
import { silentLogger } from '@stratora/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TemplateRegistry } from './template-registry.ts';

describe('the device templates', () => {
  let folder: string;
  let registry: TemplateRegistry;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stratora-templates-'));
    await cp(resolve(import.meta.dirname, '../../../../../templates'), folder, { recursive: true });
    registry = new TemplateRegistry(folder, silentLogger());
    await registry.reload();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function edit(slug: string, change: (text: string) => string): Promise<void> {
    const file = join(folder, `${slug}.toml`);
    await writeFile(file, change(await readFile(file, 'utf8')));
  }

  it('load without a fault, with what they inherit', () => {
    expect(registry.faults).toEqual([]);
    const inputs = registry.find('generic-snmp')?.inputs.map(({ plugin }) => plugin) ?? [];
    expect(inputs).toContain('ping');
    expect(inputs).toContain('snmp');
  });

  it('say which changed, by inheritance too', async () => {
    expect(await registry.reload()).toEqual([]);
    await edit('ping', (text) => text.replace('count = 3', 'count = 5'));
    expect((await registry.reload()).sort()).toEqual(['generic-snmp', 'ping']);
  });

  it('keep the old form of a file that cannot be read, and name its line', async () => {
    await edit('ping', (text) => `${text}\n[broken`);
    await registry.reload();
    expect(registry.find('ping')?.inputs.length).toBeGreaterThan(0);
    expect(registry.find('generic-snmp')?.inputs.some(({ plugin }) => plugin === 'ping')).toBe(true);
    expect(registry.faults[0]).toMatchObject({ file: 'ping.toml', line: expect.any(Number) as number });
  });

  it('let a template inherit metric rules without their being told twice', async () => {
    await writeFile(
      join(folder, 'vendor-x.toml'),
      'slug = "vendor-x"\nname = "X"\ndescription = "x"\ngathered_by = "collector"\nextends = ["generic-snmp"]\n',
    );
    const before = registry.normalizer;
    await registry.reload();
    expect(registry.faults).toEqual([]);
    expect(registry.normalizer).not.toBe(before);
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
    const normalise = (line: string): string => {
      const body = Buffer.from(`${line}\n`);
      const scanner = new LineScanner();
      scanner.reset(body);
      expect(scanner.next()).toBe(true);
      const writer = new LineWriter();
      registry.normalizer.normalize(body, scanner, writer, { nowMs: 0 });
      return writer.view().toString();
    };
    expect(normalise('raw_gone,node_id=a value=21 1')).toContain('usage_percent=42');
    expect(normalise('raw_hr_processor,index=1,node_id=a hrProcessorLoad=7 1')).toContain('usage_percent=7');
  });
});
