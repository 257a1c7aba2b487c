import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadTemplates, readTemplate } from './template-files.ts';

const GOOD = `slug = "pump"
name = "Pump"
description = "A pump"
gathered_by = "collector"

[[inputs]]
id = "pump_objects"
plugin = "snmp"
field = [
  { name = "one", oid = "1.3.6.1.4.1.99999.1.0" },
  { name = "two", oid = "1.3.6.1.4.1.99999.2.0" },
]

[[inputs]]
id = "pump_tables"
plugin = "snmp"
options = { timeout = "2s" }

[[inputs.table]]
name = "raw_pump"
field = [
  { name = "load", oid = "1.3.6.1.4.1.99999.3.1.2" }, # with a comment: "]"
  { name = "kind", oid = "1.3.6.1.4.1.99999.3.1.3" },
]

[[metrics]]
from = "raw_pump"
measurement = "pump"
[metrics.tags]
kind = { from = "kind", map = { 1 = "water", 2 = "oil" } }
[metrics.fields]
load = "load * 10"

[[panels]]
id = "pump"
title = "Pump"
group = "system"
unit = "none"
queries = [{ expr = "pump_load{$node}", legend = "load" }]
`;

/** The faults of the good file with one text in the place of another: "line: words". */
function faultsOf(from: string, to: string): string[] {
  expect(GOOD).toContain(from);
  const read = readTemplate('pump.toml', GOOD.replace(from, to));
  return 'faults' in read ? read.faults.map(({ line, message }) => `${line}: ${message}`) : [];
}

describe('a template file', () => {
  test('is read', () => {
    expect(readTemplate('pump.toml', GOOD)).toHaveProperty('value.slug', 'pump');
  });

  test.each([
    ['TOML that is none', 'plugin = "snmp"\nfield', 'plugin = \nfield', /^8: /],
    ['a key that is missing', 'description = "A pump"\n', '', /^1: description: is required$/],
    [
      'a key that is not known',
      'gathered_by',
      'colour = "red"\ngathered_by',
      /^4: colour: is not known here$/,
    ],
    [
      'a value of the wrong type deep in a list',
      '"1.3.6.1.4.1.99999.2.0"',
      '7',
      /^11: inputs\.0\.field\.1\.oid: must be text$/,
    ],
    [
      'an OID that is none',
      '"1.3.6.1.4.1.99999.3.1.3"',
      '"ifDescr"',
      /^23: inputs\.1\.table\.0\.field\.1\.oid: must be a numeric/,
    ],
    [
      'a key that is not known in an inline table',
      'name = "load", oid',
      'name = "load", taste = 1, oid',
      /^22: inputs\.1\.table\.0\.field\.0\.taste: is not known here$/,
    ],
    ['two inputs of one id', '"pump_tables"', '"pump_objects"', /^15: inputs\.1\.id: is used twice$/],
    [
      "an option that is the node's",
      'timeout = "2s"',
      'community = "x"',
      /^17: inputs\.1\.options: sets an option/,
    ],
    [
      'an input that polls nothing',
      'plugin = "snmp"\noptions',
      'plugin = "ping"\noptions',
      /^14: inputs\.1: only snmp has fields/,
    ],
    [
      'an expression that is none',
      '"load * 10"',
      '"load * * 10"',
      /^32: metrics\.0\.fields\.load: the expression /,
    ],
    [
      'a map with a value of the wrong type',
      '2 = "oil"',
      '2 = 7',
      /^30: metrics\.0\.tags\.kind\.map\.2: must be text$/,
    ],
    [
      'a source of no known form',
      '{ from = "kind", map = { 1 = "water", 2 = "oil" } }',
      '7',
      /^30: metrics\.0\.tags\.kind: has none of the forms/,
    ],
    [
      'a unit that there is not',
      'unit = "none"',
      'unit = "furlongs"',
      /^38: panels\.0\.unit: must be one of /,
    ],
    ['a query without its node', '{$node}', '', /^39: panels\.0\.queries\.0\.expr: must select the node/],
    [
      "another slug than the file's",
      'slug = "pump"',
      'slug = "fan"',
      /^1: slug: is "fan", so the file must be fan\.toml$/,
    ],
  ])('names the line of %s', (_, from, to, expected) => {
    const faults = faultsOf(from, to);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(expected);
  });

  test('is told all that is wrong with it at once', () => {
    const read = readTemplate(
      'pump.toml',
      GOOD.replace('"1.3.6.1.4.1.99999.1.0"', '1')
        .replace('unit = "none"', 'unit = 3')
        .replace('"load * 10"', '""'),
    );
    expect('faults' in read ? read.faults.map(({ line }) => line) : []).toEqual([10, 32, 38]);
  });
});

describe('a folder of templates', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stratora-templates-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const file = (slug: string, more: string) =>
    writeFile(
      join(folder, `${slug}.toml`),
      `slug = "${slug}"\nname = "X"\ndescription = "x"\ngathered_by = "collector"\n${more}`,
    );
  const RULE = '[[metrics]]\nfrom = "raw_x"\nmeasurement = "x"\nfields = { one = "one" }\n';

  test('names the line of a parent that there is not, and loads the rest', async () => {
    await file('good', '');
    await file('orphan', 'vendor = "V"\nextends = [\n  "good",\n  "nobody",\n]\n');
    const { templates, faults } = await loadTemplates(folder);
    expect([...templates.keys()]).toEqual(['good']);
    expect(faults).toEqual([
      { file: 'orphan.toml', line: 8, message: 'extends: template "nobody" does not exist' },
    ]);
  });

  test('names each template of a circle, and its line', async () => {
    await file('one', 'extends = ["two"]\n');
    await file('two', '\nextends = ["one"]\n');
    await file('good', '');
    const { templates, faults } = await loadTemplates(folder);
    expect([...templates.keys()]).toEqual(['good']);
    expect(faults).toEqual([
      { file: 'one.toml', line: 5, message: 'extends: templates inherit in a circle: one > two > one' },
      { file: 'two.toml', line: 6, message: 'extends: templates inherit in a circle: two > one > two' },
    ]);
  });

  test('leaves out the later of two templates with rules for one raw measurement, and no other', async () => {
    await file('a', RULE);
    await file('b', `vendor = "V"\n${RULE}`);
    await file('c', '');
    const { templates, faults } = await loadTemplates(folder);
    expect([...templates.keys()]).toEqual(['a', 'c']);
    expect(faults).toEqual([{ file: 'b.toml', line: 7, message: '"raw_x" has rules in "a" and in "b"' }]);
  });
});
