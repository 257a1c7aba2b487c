import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkTemplates } from './template-check.ts';
import { proposeFromWalk } from './template-propose.ts';

const WALK = `1.3.6.1.2.1.1.1.0|4|A made-up pump
1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999.4.1
1.3.6.1.2.1.1.3.0|67|4200
1.3.6.1.4.1.99999.4.2.1.0|66|215
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stratora-template-'));
  await writeFile(join(folder, 'pump.snmprec'), WALK);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const request = (more: object) => ({
  recording: join(folder, 'pump.snmprec'),
  slug: 'pump',
  out: undefined,
  caseFolder: undefined,
  asJson: false,
  ...more,
});

describe('stratora template propose', () => {
  test('prints a template with what it was made of as comments', async () => {
    const text = await proposeFromWalk(request({}));
    await writeFile(join(folder, 'pump.toml'), text);
    expect((await checkTemplates([join(folder, 'pump.toml')])).lines).toEqual(['1 file, 0 cases: no fault']);
    expect(text).toContain('# Extends generic-snmp\n');
    expect(text).toContain('#   1.3.6.1.4.1.99999.4.2.1.0 o4_2_1: gauge (Gauge32, always 215), proposed\n');
  });

  test('takes the slug from the file, and refuses a file of another name', async () => {
    const out = join(folder, 'coolant-pump.toml');
    await proposeFromWalk(request({ slug: undefined, out }));
    expect(await readFile(out, 'utf8')).toContain('slug = "coolant-pump"');
    await expect(proposeFromWalk(request({ out }))).rejects.toThrow('pump.toml');
  });
});

describe('a case', () => {
  let caseFolder: string;
  beforeEach(async () => {
    caseFolder = join(folder, 'cases');
    await proposeFromWalk(request({ caseFolder }));
  });

  test('holds the template, the walk and its points, and passes', async () => {
    expect((await readdir(caseFolder)).toSorted()).toEqual(['expected.json', 'pump.toml', 'walk.snmprec']);
    expect(await readFile(join(caseFolder, 'walk.snmprec'), 'utf8')).toBe(WALK);
    expect(await checkTemplates([caseFolder])).toEqual({
      lines: ['1 file, 1 case: no fault'],
      isWell: true,
    });
    // Also from the folder above.
    expect((await checkTemplates([folder])).lines).toEqual(['1 file, 1 case: no fault']);
  });

  test('fails, with the points that differ, when the template gives others', async () => {
    const file = join(caseFolder, 'pump.toml');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('o4_2_1 = "o4_2_1"', 'o4_2_1 = "o4_2_1 / 10"'));
    expect(await checkTemplates([caseFolder])).toEqual({
      lines: [
        `${caseFolder}: 2 points differ`,
        '  - pump_objects o4_2_1=215',
        '  + pump_objects o4_2_1=21.5',
        '1 file, 1 case: 1 fault',
      ],
      isWell: false,
    });
  });

  test('of a template with a fault says the fault', async () => {
    const file = join(caseFolder, 'pump.toml');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"generic-snmp"', '"nobody"'));
    const { lines, isWell } = await checkTemplates([caseFolder]);
    expect(isWell).toBe(false);
    expect(lines[0]).toContain('template "nobody" does not exist');
    expect(lines[0]).toContain(file);
  });
});
