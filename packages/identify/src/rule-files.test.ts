import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readRuleFiles, readRules } from './rule-files.ts';

const FAMILY = `[[vendors]]
name = "Acme"

[[families]]
id = "acme"
vendor = "Acme"
os = "Acme"
type = "switch"
signs = [
  { under = "9999" },
  # by its words
  { descr = "acme" },
]
`;

async function folderOf(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rules-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

test('the rules that ship have no fault', async () => {
  const { rules, faults } = await readRuleFiles(join(import.meta.dirname, '../../../identification'));
  expect(faults).toEqual([]);
  expect(rules.families.length).toBeGreaterThan(500);
});

test('a fault names its file and the line of the value', () => {
  const wrong = (from: string, to: string) => {
    const found = readRules('x.toml', FAMILY.replace(from, to));
    return 'faults' in found
      ? found.faults.map(({ line, message }) => `${line} ${message.split(':')[0]}`)
      : [];
  };
  expect(wrong('type = "switch"', 'type = "toaster"')).toEqual(['8 families.0.type']);
  expect(wrong('descr = "acme"', 'descr = "acme("')).toEqual(['12 families.0.signs.1.descr']);
  expect(wrong('descr = "acme"', 'says = "acme"')).toEqual([
    '12 families.0.signs.1',
    '12 families.0.signs.1',
  ]);
  expect(wrong('os = "Acme"\n', '')).toEqual(['4 families.0.os']);
  expect(wrong('id = "acme"', 'id = "acme"\ncolour = 1')).toEqual(['4 families.0']);
  expect(readRules('x.toml', 'a = ')).toMatchObject({ faults: [{ file: 'x.toml', line: 1 }] });
});

test('a broken file is left out, and the others load', async () => {
  const { rules, faults } = await readRuleFiles(
    await folderOf({ 'a.toml': 'vendors = 1', 'b.toml': FAMILY }),
  );
  expect(rules.families.map(({ id }) => id)).toEqual(['acme']);
  expect(faults).toMatchObject([{ file: 'a.toml', line: 1 }]);
});

test('what is there already, and a vendor that nobody has, are faults with their lines', async () => {
  const other = FAMILY.replace('vendor = "Acme"', 'vendor = "Nobody"').replace('id = "acme"', 'id = "other"');
  const { rules, faults } = await readRuleFiles(await folderOf({ 'a.toml': FAMILY, 'b.toml': other }));
  expect(rules.families.map(({ id }) => id)).toEqual(['acme']);
  expect(faults.map(({ file, line }) => `${file}:${line}`)).toEqual(['b.toml:2', 'b.toml:6']);
});
