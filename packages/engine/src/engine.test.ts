import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLogger, type Logger, silentLogger } from '@stratora/runtime';
import { ConfigError } from '@stratora/telegraf';
import { HttpSink } from '@stratora/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEngine, type Engine } from './engine.ts';
import { FakeComponent, until } from './engine-fixtures.test-support.ts';
import { checkConfig } from './engine-plan.ts';
import { runEngine } from './engine-run.ts';

let component: FakeComponent;
let engine: Engine | undefined;

beforeEach(async () => {
  component = await FakeComponent.create();
});

afterEach(async () => {
  await engine?.stop(1000);
  engine = undefined;
  await component.remove();
});

/** Renders a config with one block per node, as the server does; `internal` needs nothing of the host. */
function config(nodes: readonly string[], extra = ''): string {
  const blocks = nodes.map(
    (node) =>
      `[[inputs.internal]]\nalias = "${node}"\ncollect_memstats = false\n[inputs.internal.tags]\nnode_id = "${node}"\n`,
  );
  const agent = '[agent]\ninterval = "100ms"\nflush_interval = "50ms"\nomit_hostname = true\n';
  return `${agent}${extra}\n${blocks.join('')}${component.output}`;
}

function start(logger: Logger = silentLogger()): Engine {
  engine = createEngine({ logger, version: '1.2.3' });
  return engine;
}

describe('the engine', () => {
  test('writes what its inputs gather to the component', async () => {
    await component.start();
    await start().apply(config(['n1']));
    await until(() => component.lines.length >= 5, 'lines');
    expect(component.lines.find((line) => line.startsWith('internal_agent,'))).toMatch(
      /^internal_agent,node_id=n1,version=1\.2\.3 .*metrics_gathered=\d+i.* \d{19}$/,
    );
  });

  test.each([
    [['127.0.0.0/8'], 'success'],
    [[], 'connection_failed'],
  ])('checks what may be reached: with %j allowed a page of this machine is a %s', async (allow, result) => {
    const page = new HttpSink();
    await page.start();
    try {
      await component.start();
      engine = createEngine({ logger: silentLogger(), outboundAllow: allow });
      const block = `[[inputs.http_response]]\nurls = ["${page.url}"]\n[inputs.http_response.tags]\nnode_id = "n1"\n`;
      await engine.apply(config([], block.replace('[[', '\n[[')));
      await until(() => component.lines.some((line) => line.includes(`result=${result}`)), 'a check');
      expect(page.requests.length > 0).toBe(result === 'success');
    } finally {
      await page.stop();
    }
  });

  test('keeps what it has while the component is away, in order, and tells all statuses when it is back', async () => {
    await start().apply(config(['n1']));
    await until(() => (engine?.stats.output.bufferLines ?? 0) > 20, 'lines that wait');
    await component.start();
    await until(() => component.lines.length > 20 && component.statuses.length > 0, 'the backlog');
    const stamps = component.lines
      .filter((line) => line.startsWith('internal_agent'))
      .map((line) => line.slice(-19));
    expect(stamps).toEqual([...stamps].sort());
    expect(new Set(stamps).size).toBe(stamps.length);
    expect(engine?.stats.output).toMatchObject({ dropped: 0, rejected: 0 });
    expect(component.statuses[0]?.targets).toEqual([
      { node_id: 'n1', input: 'internal', status: 'ok', message: '' },
    ]);
  });

  test('keeps the data on any answer but 400, and goes on after 413 with less', async () => {
    await component.start();
    component.answer = 503;
    await start().apply(config(['n1']));
    await until(() => (engine?.stats.output.failures ?? 0) > 0, 'a refused write');
    component.answer = 413;
    await until(() => (engine?.stats.output.rejected ?? 0) > 0, 'a single line that is too large');
    component.answer = 204;
    await until(() => component.lines.length > 0, 'lines');
    component.answer = 400;
    const rejected = engine?.stats.output.rejected ?? 0;
    await until(() => (engine?.stats.output.rejected ?? 0) > rejected, 'a refused batch');
  });

  test('writes what waits when it stops', async () => {
    await component.start();
    const running = start();
    await running.apply(config(['n1']).replace('flush_interval = "50ms"', 'flush_interval = "1h"'));
    await until(() => running.stats.output.bufferLines > 3, 'lines that wait');
    await running.stop(2000);
    expect(component.lines.length).toBe(running.stats.output.added);
    expect(running.stats.output.bufferLines).toBe(0);
  });

  test('a change of one block leaves all others running', async () => {
    await component.start();
    const running = start();
    expect(await running.apply(config(['n1', 'n2', 'n3']))).toEqual({ added: 3, removed: 0, kept: 0 });
    await until(() => [...running.stats.inputs].every(({ runs }) => runs > 1), 'gathers');
    const before = [...running.stats.inputs].filter(({ alias }) => alias !== 'n2');
    expect(await running.apply(config(['n3', 'n1', 'n4', 'n4']))).toEqual({ added: 2, removed: 1, kept: 2 });
    for (const stats of before) expect(running.stats.inputs.has(stats)).toBe(true);
    expect([...running.stats.inputs].map(({ alias }) => alias ?? '').sort()).toEqual([
      'n1',
      'n3',
      'n4',
      'n4',
    ]);
    expect(running.targets.map((target) => target.node_id).sort()).not.toContain('n2');
  });

  test('all states are told again under the name of the next config', async () => {
    await component.start();
    const running = start();
    const named = (name: string, nodes: string[]) => `${config(nodes)}database = "${name}"\n`;
    await running.apply(named('one', ['n1']));
    await until(() => component.statuses.length > 0, 'a state');
    await running.apply(named('two', ['n1', 'n2']));
    const toldOf = (name: string) =>
      component.statuses
        .filter(({ database }) => database === name)
        .flatMap(({ targets }) => targets.map((target) => target['node_id']));
    await until(() => toldOf('two').includes('n1') && toldOf('two').includes('n2'), 'the states of both');
    expect(toldOf('one')).toEqual(['n1']);
  });

  test('a config that cannot be used changes nothing', async () => {
    await component.start();
    const running = start();
    await running.apply(config(['n1']));
    await expect(running.apply(config(['n1', 'n2'], '[[inputs.exec]]'))).rejects.toThrow(ConfigError);
    expect([...running.stats.inputs].map(({ alias }) => alias)).toEqual(['n1']);
  });
});

describe('checking a config', () => {
  test('finds every fault with its line', async () => {
    const text =
      '[[inputs.cpu]]\npercpu = "yes"\ntypo = 1\n[[inputs.kernel]]\ncollect = ["x"]\n[[outputs.influxdb]]\nurls = ["http://203.0.113.1"]\n';
    const faults = await checkConfig(text).catch((error: ConfigError) => error.faults);
    expect(faults).toMatchObject([
      { line: 2, path: 'inputs.cpu[0].percpu' },
      { line: 3, path: 'inputs.cpu[0].typo' },
      { line: 5, path: 'inputs.kernel[0].collect' },
      { line: 7, path: 'outputs.influxdb[0].urls' },
    ]);
  });

  test.each([
    '[[inputs.ping]]\nurls = ["10.0.0.1"]\nbinary = "/bin/sh"',
    '[[inputs.ping]]\nurls = ["10.0.0.1"]\nBinary = "/bin/sh"',
    '[[inputs.ping]]\nurls = ["10.0.0.1"]\narguments = ["-c", "id"]',
    '[[inputs.ping]]\nurls = ["-f"]',
    '[[inputs.processes]]\nuse_sudo = true',
    '[[inputs.x509_cert]]\nsources = ["/etc/ssl/private/key.pem"]',
    '[[inputs.x509_cert]]\nsources = ["https://example.org"]\ntls_key = "/etc/ssl/private/key.pem"',
    '[[inputs.http_response]]\nurls = ["file:///etc/shadow"]',
    '[[inputs.http_response]]\nurls = ["http://10.0.0.1"]\nbearer_token = "/etc/shadow"',
    '[[inputs.http_response]]\nurls = ["http://10.0.0.1"]\nhttp_proxy = "http://10.0.0.2"',
    '[agent]\nlogfile = "/etc/cron.d/x"',
  ])('refuses what would reach the host: %s', async (text) => {
    await expect(checkConfig(text)).rejects.toThrow(ConfigError);
  });

  test('says that an input which only Telegraf has needs Telegraf', async () => {
    await expect(checkConfig('[[inputs.win_services]]\nservice_names = ["*"]')).rejects.toThrow(
      'line 1: inputs.win_services[0]: the embedded engine has no input "win_services": this config needs Telegraf',
    );
  });

  test('takes a text of the server, which has no output yet', async () => {
    expect((await checkConfig('[[inputs.mem]]')).output).toBeUndefined();
  });
});

describe('running from a file', () => {
  test('reads it again on SIGHUP, and on SIGTERM writes what waits and ends', async () => {
    await component.start();
    const configFile = join(component.folder, 'telegraf.conf');
    await writeFile(configFile, config(['n1']));
    const handlers = new Map<string, () => void>();
    const signals = {
      on: (name: string, handler: () => void) => handlers.set(name, handler),
      off: (name: string) => handlers.delete(name),
    };
    const logged: string[] = [];
    const logger = createLogger({ name: 'test', destination: { write: (line) => void logged.push(line) } });
    const running = await runEngine({ configFile, logger, signals });
    await writeFile(configFile, config(['n1', 'n2']));
    handlers.get('SIGHUP')?.();
    await until(() => component.lines.some((line) => line.includes('node_id=n2')), 'the new node');
    await writeFile(configFile, '[[inputs.exec]]');
    handlers.get('SIGHUP')?.();
    await until(() => logged.some((line) => line.includes('config not applied')), 'the refusal');
    handlers.get('SIGTERM')?.();
    await running.stopped;
    expect(component.lines.length).toBe(running.engine.stats.output.added);
    expect(handlers.size).toBe(0);
  });

  test('ends when its component is gone', async () => {
    const configFile = join(component.folder, 'telegraf.conf');
    await writeFile(configFile, config(['n1']));
    await component.start();
    let parent = 100;
    const running = await runEngine({ configFile, logger: silentLogger(), parentPid: () => parent });
    parent = 1;
    await running.stopped;
  });

  test('does not start without an output', async () => {
    const configFile = join(component.folder, 'telegraf.conf');
    await writeFile(configFile, '[[inputs.mem]]');
    await expect(runEngine({ configFile, logger: silentLogger() })).rejects.toThrow('outputs');
  });
});
