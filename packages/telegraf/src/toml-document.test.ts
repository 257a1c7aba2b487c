import fc from 'fast-check';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { parseDocument } from './toml-document.ts';
import { isTomlTable, type TomlTable, type TomlValue } from './toml-value.ts';

const NESTED = `
[[inputs.snmp.field]]
name = "uptime"
oid = "1.3.6.1.2.1.1.3.0"

[[inputs.snmp.table]]
name = "interface"
[[inputs.snmp.table.field]]
name = "ifDescr"
is_tag = true
`;

function block(node: string, nested = NESTED): string {
  return `[[inputs.snmp]]\nagents = ["udp://${node}:161"]\nversion = 2\n${nested}[inputs.snmp.tags]\nnode_id = "${node}"\n\n`;
}

function listOf(document: TomlTable, plugin: string): readonly TomlTable[] {
  const inputs = document['inputs'];
  return (isTomlTable(inputs) ? inputs[plugin] : []) as readonly TomlTable[];
}

test('blocks with the same sub-tables share them, and each has its own settings and tags', () => {
  const text = `[agent]\ninterval = "10s"\n\n${block('a')}[[inputs.ping]]\nurls = ["a"]\n\n${block('b')}${block('c', NESTED.replace('uptime', 'up'))}`;
  const document = parseDocument(text);
  expect(document).toEqual(parse(text));
  const [a, b, c] = listOf(document, 'snmp');
  expect(a?.['field']).toBe(b?.['field']);
  expect(a?.['field']).not.toBe(c?.['field']);
  expect(Object.isFrozen(a?.['field'])).toBe(true);
});

test.each([
  ['a list over several lines', '[[inputs.ping]]\nurls = [\n  "a",\n  "b"\n]\n'],
  ['a list that looks like a header', '[[inputs.x]]\na = [ # ]\n[1]\n]\n'],
  ['a string over several lines', '[[inputs.x]]\na = """\n[[inputs.exec]]\n"""\n[[inputs.y]]\nb = 1\n'],
  ['a dollar sign', '[[inputs.x]]\na = "$$HOME"\n[[inputs.x.y]]\nb = "$$$$"\n'],
  ['a table of plugins', '[inputs]\nx = [{ a = 1 }]\n'],
  ['a table instead of a list', '[inputs.x]\na = 1\n'],
  ['sub-tables of another plugin', '[[inputs.x]]\na = 1\n[[inputs.y]]\n[[inputs.x.z]]\nb = 1\n'],
  ['indented headers', '  [[inputs.x]]\n  a = 1\n    [inputs.x.tags]\n    t = "1"\n'],
  ['quoted headers', '[[inputs."x"]]\na = 1\n'],
  ['tags before sub-tables', '[[inputs.x]]\n[inputs.x.tags]\nt = "1"\n[[inputs.x.y]]\nb = 1\n'],
  [
    'sub-tables on both sides of the tags',
    '[[inputs.x]]\n[[inputs.x.y]]\nb = 1\n[inputs.x.tags]\nt = "1"\n[[inputs.x.y]]\nb = 2\n',
  ],
  ['comments', '# one\n[[inputs.x]] # two\na = 1 # [three]\n'],
  ['CRLF', '[[inputs.x]]\r\na = 1\r\n[[inputs.x.y]]\r\nb = 2\r\n'],
  ['a plugin named __proto__', '[[inputs.__proto__]]\na = 1\n'],
  ['nothing', ''],
])('%s reads as TOML has it', (_, text) => {
  expect(parseDocument(text)).toEqual(decoded(parse(text, { integersAsBigInt: 'asNeeded' })));
  expect(Object.keys((parseDocument(text)['inputs'] ?? {}) as object)).toEqual(
    Object.keys((parse(text)['inputs'] ?? {}) as object),
  );
});

test.each([
  ['a setting twice', '[[inputs.x]]\na = 1\na = 2\n', 3],
  ['a table over a setting', '[[inputs.x]]\ny = 1\n[[inputs.x.y]]\n', 3],
  ['a list that never ends', '[agent]\n[[inputs.x]]\na = [1\n[[inputs.y]]\n', 4],
])('%s is refused with its line', (_, text, line) => {
  expect(() => parseDocument(text)).toThrowError(
    expect.objectContaining({ faults: [expect.objectContaining({ line })] }),
  );
});

const LINES = [
  '[agent]',
  '[[inputs.x]]',
  '[[inputs.y]]',
  '[[inputs.x.f]]',
  '[inputs.x.tags]',
  '[[inputs.x.f.g]]',
  '[inputs.x]',
  '[outputs]',
  'a = 1',
  'b = "[x]"',
  'c = ["1"]',
  'd = [',
  ']',
  '"e" = 2',
  '# [z]',
  '',
  'f.g = 1',
  'h = { i = 1 }',
  "j = '''",
  '[1]',
];

test('any order of lines reads as TOML has it, or is refused as TOML refuses it', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...LINES), { maxLength: 14 }), (lines) => {
      const text = lines.join('\n');
      expect(outcome(() => parseDocument(text))).toEqual(
        outcome(() => decoded(parse(text, { integersAsBigInt: 'asNeeded' }))),
      );
    }),
    { numRuns: 3000 },
  );
});

function outcome(read: () => TomlTable): unknown {
  try {
    return read();
  } catch {
    return 'refused';
  }
}

function decoded(value: TomlTable): TomlTable {
  const decode = (item: TomlValue): TomlValue => {
    if (typeof item === 'string') return item.replaceAll('$$', '$');
    if (Array.isArray(item)) return item.map(decode);
    return isTomlTable(item) ? decoded(item) : item;
  };
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decode(item)]));
}
