import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
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
    const heirs = registry.list().filter(({ inputs }) => inputs.some(({ id }) => id === 'ping'));
    const changed = await registry.reload();
    expect(changed).toEqual(expect.arrayContaining(['generic-snmp', 'ping', 'ups']));
    // One that has a ping of its own does not change with it.
    expect(heirs.map(({ slug }) => slug)).toEqual(expect.arrayContaining(changed));
    expect(changed).not.toContain('linux-agent');
  });

  it('keep the old form of a file that cannot be read, and name its line', async () => {
    await edit('ping', (text) => `${text}\n[broken`);
    await registry.reload();
    expect(registry.find('ping')?.inputs.length).toBeGreaterThan(0);
    expect(registry.find('generic-snmp')?.inputs.some(({ plugin }) => plugin === 'ping')).toBe(true);
    expect(registry.faults).toEqual([
      {
        file: 'ping.toml',
        line: expect.any(Number) as number,
        message: expect.stringMatching(/; its last good form stays in force$/) as string,
      },
    ]);
  });

  it('let a sound child change while the file of its parent has a fault', async () => {
    await edit('ping', (text) => text.replace('plugin = "ping"', 'plugin = "pong"'));
    await edit('ups', (text) => text.replace(/^name = .*$/m, 'name = "Another name"'));
    expect(await registry.reload()).toEqual(['ups']);
    expect(registry.faults.map(({ file }) => file)).toEqual(['ping.toml']);
    expect(registry.find('ups')).toMatchObject({ name: 'Another name' });
    expect(registry.find('ups')?.inputs.some(({ plugin }) => plugin === 'ping')).toBe(true);
  });

  it('let a template inherit metric rules without their being told twice', async () => {
    await writeFile(
      join(folder, 'vendor-x.toml'),
      'slug = "vendor-x"\nname = "X"\ndescription = "x"\ngathered_by = "collector"\nextends = ["generic-snmp"]\n',
    );
    const before = registry.ruleTemplates;
    await registry.reload();
    expect(registry.faults).toEqual([]);
    expect(registry.ruleTemplates).not.toBe(before);
  });
});

describe('two templates with rules for the same raw measurement', () => {
  it('are named, and the rules that were in force stay', async () => {
    const registry = new TemplateRegistry(
      resolve(import.meta.dirname, '../../../../../templates'),
      silentLogger(),
    );
    const loaded = await registry.read();
    registry.adopt(loaded);
    const before = registry.ruleTemplates;
    expect(before.length).toBeGreaterThan(0);
    const generic = loaded.own.get('generic-snmp');
    if (!generic) throw new Error('there is no generic template');
    const copy = { ...generic, slug: 'a-copy' };
    registry.adopt({ ...loaded, own: new Map([...loaded.own, [copy.slug, copy]]) });
    expect(registry.faults).toEqual([
      { file: 'metrics', message: expect.stringContaining('"a-copy"') as string },
    ]);
    expect(registry.ruleTemplates).toBe(before);
  });
});
