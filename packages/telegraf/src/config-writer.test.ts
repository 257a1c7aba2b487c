import { expect, test } from 'vitest';
import { componentOutput, type InputBlock, type TelegrafConfig } from './config-model.ts';
import { sharedTables, writeConfig, writeInputBlock, writeOutputBlock } from './config-writer.ts';
import { UnrenderableValueError } from './toml-text.ts';

test('a config looks as it would by hand', () => {
  const config: TelegrafConfig = {
    agent: { intervalMs: 10_000, roundInterval: true, omitHostname: true },
    globalTags: { collector_id: '0197' },
    inputs: [
      {
        plugin: 'snmp',
        options: {
          agents: ['udp://192.0.2.1:161'],
          version: 2,
          community: 'pa$$ "word"',
          field: [{ name: 'uptime', oid: '.1.3.6.1.2.1.1.3.0' }],
          table: [
            { name: 'interface', field: [{ name: 'ifName', oid: '.1.3.6.1.2.1.31.1.1.1.1', is_tag: true }] },
          ],
        },
        tags: { node_id: 'a', node_name: 'core 1' },
        intervalMs: 60_000,
        filters: { tagExclude: ['agent_host'] },
      },
    ],
    outputs: [],
  };
  expect(writeConfig(config)).toBe(`[agent]
interval = "10s"
omit_hostname = true
round_interval = true

[global_tags]
collector_id = "0197"

[[inputs.snmp]]
agents = ["udp://192.0.2.1:161"]
community = "pa$$$$ \\"word\\""
interval = "1m"
tagexclude = ["agent_host"]
version = 2
[[inputs.snmp.field]]
name = "uptime"
oid = ".1.3.6.1.2.1.1.3.0"
[[inputs.snmp.table]]
name = "interface"
[[inputs.snmp.table.field]]
is_tag = true
name = "ifName"
oid = ".1.3.6.1.2.1.31.1.1.1.1"
[inputs.snmp.tags]
node_id = "a"
node_name = "core 1"
`);
});

test('options that Telegraf wants as floats are written as floats', () => {
  expect(writeInputBlock({ plugin: 'ping', options: { timeout: 1, count: 3 } })).toBe(
    '[[inputs.ping]]\ncount = 3\ntimeout = 1.0\n',
  );
});

test("the component's output names its socket", () => {
  expect(writeOutputBlock(componentOutput('unix:///run/stratora/engine.sock'))).toBe(`[[outputs.influxdb]]
content_encoding = "identity"
database = "stratora"
skip_database_creation = true
timeout = "10s"
urls = ["unix:///run/stratora/engine.sock"]
`);
});

test('a login in the address of the output becomes options of their own', () => {
  const { options } = componentOutput('http://engine:a%40b@127.0.0.1:40123');
  expect(options).toMatchObject({ urls: ['http://127.0.0.1:40123'], username: 'engine', password: 'a@b' });
});

const UNRENDERABLE: readonly [string, InputBlock, string][] = [
  [
    'half a surrogate pair',
    { plugin: 'snmp', options: { community: 'a\ud800' } },
    'inputs.snmp[0].community',
  ],
  ['a key with a dollar', { plugin: 'cpu', options: {}, tags: { $HOME: 'x' } }, 'inputs.cpu[0].tags.$HOME'],
  ['not a number', { plugin: 'cpu', options: { field: [{ at: Number.NaN }] } }, 'inputs.cpu[0].field[0].at'],
  [
    'a general setting as an option',
    { plugin: 'cpu', options: { alias: 'b' }, alias: 'a' },
    'inputs.cpu[0].alias',
  ],
];

test.each(UNRENDERABLE)('%s is refused with its place', (_, block, path) => {
  const write = () => writeInputBlock(block);
  expect(write).toThrow(UnrenderableValueError);
  expect(write).toThrow(path);
});

test('a password that Telegraf would look up is refused for Telegraf, and literal for the embedded engine', () => {
  const block = { plugin: 'snmp', options: { auth_password: 'a@{store:key}' } };
  expect(writeInputBlock(block)).toContain('"a@{store:key}"');
  const write = () => writeInputBlock(block, 4, { refuseSecretReferences: true });
  expect(write).toThrow('inputs.snmp[4].auth_password');
});

test('a list of tables that blocks share is written as any other, and cannot be changed any more', () => {
  const field = [
    { name: 'uptime', oid: '1.3.6.1', labels: { a: 'b' } },
    { name: '$x', oid: '1.3.6.2' },
  ];
  const plain = writeInputBlock({
    plugin: 'snmp',
    options: { agents: ['a'], field: structuredClone(field) },
  });
  const shared = sharedTables(field);
  for (const agents of [['a'], ['a']]) {
    expect(writeInputBlock({ plugin: 'snmp', options: { agents, field: shared } })).toBe(plain);
  }
  expect(writeInputBlock({ plugin: 'other', options: { field: shared } })).toContain(
    '[[inputs.other.field]]',
  );
  expect(() => Object.assign(field[0] ?? {}, { name: 'changed' })).toThrow(TypeError);
  expect(() => Object.assign(field[0]?.labels ?? {}, { a: 'changed' })).toThrow(TypeError);
});
