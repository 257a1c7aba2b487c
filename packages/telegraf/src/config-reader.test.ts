import { describe, expect, test } from 'vitest';
import { ConfigError, type ConfigFault } from './config-fault.ts';
import { type ReadOptions, readConfig } from './config-reader.ts';
import { inputsFor } from './plugin-policy.ts';

function faultsOf(text: string, options?: ReadOptions): readonly ConfigFault[] {
  try {
    readConfig(text, options);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('a config written by hand', () => {
  test('is read with its defaults, tags, filters and sub-tables', () => {
    const { config } = readConfig(`
# a comment with [[inputs.exec]]
[agent]
  interval = "10s"
  round_interval = true
  flush_interval = 5
  metric_batch_size = 1000
  statefile = ""
[global_tags]
  dc = 'eu "1"'
[[inputs.disk]]
  interval = "1m30s"
  ignore_fs = ["tmpfs"]
  fieldpass = ["used_percent"]
  name_prefix = "host_"
  [inputs.disk.tags]
    tier = "a"
  [inputs.disk.tagdrop]
    path = ["/boot*"]
[[inputs.disk]]
`);
    expect(config.agent).toEqual({
      intervalMs: 10_000,
      roundInterval: true,
      flushIntervalMs: 5000,
      metricBatchSize: 1000,
    });
    expect(config.globalTags).toEqual({ dc: 'eu "1"' });
    expect(config.inputs).toEqual([
      {
        plugin: 'disk',
        options: { ignore_fs: ['tmpfs'] },
        tags: { tier: 'a' },
        intervalMs: 90_000,
        namePrefix: 'host_',
        filters: { fieldInclude: ['used_percent'], tagDrop: { path: ['/boot*'] } },
      },
      { plugin: 'disk', options: {} },
    ]);
  });

  test('keeps variables as they stand, and a doubled dollar is a dollar', () => {
    const { config } = readConfig('[global_tags]\na = "$HOME ${X} ${Y:-z} $$ $$$$ $"');
    expect(config.globalTags['a']).toBe('$HOME ${X} ${Y:-z} $ $$ $');
  });

  test('knows the line of each of its parts', () => {
    const { lineOf } = readConfig(
      '[agent]\n\n[[inputs.snmp]]\n[[inputs.snmp.field]]\n[[inputs.snmp.field]]\noid = "x"\n[[inputs.snmp]]\nversion = 2\n',
      { leavesOptions: true },
    );
    expect(lineOf('inputs.snmp[0].field[1].oid')).toBe(6);
    expect(lineOf('inputs.snmp[1].version')).toBe(8);
    expect(lineOf('inputs.snmp[1].agents')).toBe(7);
    expect(lineOf('outputs')).toBeUndefined();
  });
});

describe('durations of a block are read as Telegraf reads them', () => {
  test.each([
    ['"90m"', 5_400_000],
    ['"0"', 0],
    ['"1d"', undefined],
    ['"10"', undefined],
    ['10', undefined],
  ])('interval = %s', (value, intervalMs) => {
    const text = `[[inputs.mem]]\ninterval = ${value}\n`;
    if (intervalMs === undefined) expect(faultsOf(text)[0]?.path).toBe('inputs.mem[0].interval');
    else expect(readConfig(text).config.inputs[0]?.intervalMs).toBe(intervalMs);
  });
});

describe('what may not run is refused by name', () => {
  test.each([
    ['[[inputs.exec]]\ncommands = ["id"]', 'inputs.exec', 1],
    ['[agent]\n[[processors.starlark]]', 'processors', undefined],
    ['[[outputs.file]]\nfiles = ["/etc/x"]', 'outputs.file', 1],
    ['[[outputs.influxdb]]', 'outputs.influxdb', 1],
    ['[[inputs.ping]]\nurls = ["a"]\nbinary = "/bin/sh"', 'inputs.ping[0].binary', 3],
    ['[[inputs.ping]]\narguments = ["-c", "id"]', 'inputs.ping[0].arguments', 2],
    ['[[inputs.processes]]\nuse_sudo = true', 'inputs.processes[0].use_sudo', 2],
    ['[[inputs.x509_cert]]\nsources = ["/etc/ssl/private/*.pem"]', 'inputs.x509_cert[0].sources', 2],
    ['[[inputs.x509_cert]]\nsources = ["file:///etc/shadow"]', 'inputs.x509_cert[0].sources', 2],
    ['[[inputs.http_response]]\nbearer_token = "/etc/shadow"', 'inputs.http_response[0].bearer_token', 2],
    ['[[inputs.http_response]]\nurls = ["file:///etc/shadow"]', 'inputs.http_response[0].urls', 2],
    ['[[inputs.ping]]\nurls = ["a"]\nBinary = "/bin/sh"', 'inputs.ping[0].Binary', 3],
    ['[[inputs.ping]]\nurls = ["a"]\nb_inary = "/bin/sh"', 'inputs.ping[0].b_inary', 3],
    ['[[inputs.ping]]\nurls = ["-f"]', 'inputs.ping[0].urls', 2],
    ['[[inputs.snmp]]\npath = ["/etc"]', 'inputs.snmp[0].path', 2],
    ['[[inputs.snmp]]\n[[inputs.snmp.table]]\noid = "IF-MIB::ifTable"', 'inputs.snmp[0].table[0].oid', 3],
    ['[[inputs.snmp]]\n[[inputs.snmp.field]]\nname = "x"\noid = "-x"', 'inputs.snmp[0].field[0].oid', 4],
    ['[[inputs.snmp]]\n[[inputs.snmp.field]]\noid = "1.3"', 'inputs.snmp[0].field[0].name', 2],
    ['[[inputs.http_response]]\nhttp_proxy = "http://x"', 'inputs.http_response[0].http_proxy', 2],
    ['[[inputs.http_response]]\ncookie_auth_url = "http://x"', 'inputs.http_response[0].cookie_auth_url', 2],
    ['[agent]\nlogfile = "/etc/cron.d/x"', 'agent.logfile', 2],
    ['[agent]\nstatefile = "/etc/x"', 'agent.statefile', 2],
    ['[agent]\nbuffer_strategy = "disk"', 'agent.buffer_strategy', 2],
    ['[agent]\nlogtarget = "file"', 'agent.logtarget', 2],
    ['[[plugins.exec]]\ncommands = ["id"]', 'plugins', undefined],
    ['[[inputs.win_services]]', 'inputs.win_services', 1],
  ])('%s', (text, path, line) => {
    const faults = faultsOf(text);
    expect(faults).toHaveLength(1);
    expect(faults[0]?.path).toBe(path);
    if (line !== undefined) expect(faults[0]?.line).toBe(line);
  });

  test('each kind of component has its inputs, and those of Windows are for agents on Windows', () => {
    const text = '[[inputs.win_services]]\nservice_names = ["*"]\n';
    const faults = (type: 'agent' | 'collector', platform: string, conf = text) =>
      faultsOf(conf, { allowedInputs: inputsFor({ type, platform }) }).map(({ path }) => path);
    expect(faults('agent', 'win32')).toEqual([]);
    expect(faults('agent', 'linux')).toEqual(['inputs.win_services']);
    expect(faults('collector', 'win32')).toEqual(['inputs.win_services']);
    expect(faults('agent', 'linux', '[[inputs.systemd_units]]')).toEqual([]);
    expect(faults('collector', 'linux', '[[inputs.cpu]]')).toEqual(['inputs.cpu']);
    expect(faults('agent', 'win32', '[[inputs.win_perf_counters]]\nSources = ["dc1"]')).toEqual([
      'inputs.win_perf_counters[0].Sources',
    ]);
  });

  test("the component's own output is read where it is expected, and no other", () => {
    const text = '[[outputs.influxdb]]\nurls = ["unix:///a.sock"]\nflush_interval = "1s"\n';
    expect(readConfig(text, { outputs: true }).config.outputs).toEqual([
      { plugin: 'influxdb', options: { urls: ['unix:///a.sock'] }, flushIntervalMs: 1000 },
    ]);
    expect(faultsOf('[[outputs.file]]', { outputs: true })).toHaveLength(1);
  });
});

describe('a fault is told with its line, and all of them at once', () => {
  test('broken TOML', () => {
    expect(faultsOf('[agent]\ninterval = "10s\n')).toMatchObject([{ line: 2 }]);
  });

  test('wrong types and unknown settings', () => {
    const faults = faultsOf(`[agent]
interval = "soon"
intervall = "10s"
[[inputs.cpu]]
fieldinclude = "a"
[inputs.cpu.tags]
a = 1
[inputs.mem]
`);
    expect(faults.map(({ line, path }) => [line, path])).toEqual([
      [2, 'agent.interval'],
      [3, 'agent.intervall'],
      [5, 'inputs.cpu[0].fieldinclude'],
      [6, 'inputs.cpu[0].tags'],
      [8, 'inputs.mem'],
    ]);
  });

  test('nesting without end does not end the reader', () => {
    expect(faultsOf(`a = ${'['.repeat(100_000)}`)).toHaveLength(1);
  });

  test('names of prototypes are names like any other, or refused', () => {
    const text = '[[inputs.cpu]]\n[inputs.cpu.tags]\nconstructor = "x"\n';
    expect(readConfig(text).config.inputs[0]?.tags).toEqual({ constructor: 'x' });
    expect(faultsOf('[[inputs.constructor]]')).toHaveLength(1);
    expect(Object.hasOwn({}, 'polluted')).toBe(false);
  });
});
