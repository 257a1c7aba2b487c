import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '@stratora/runtime';
import { isAlive, STALL_MS, waitFor } from '@stratora/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endOrphans } from './child-record.ts';
import { identify, sendSignal } from './process-identity.ts';
import { Service, type ServiceSpec } from './service.ts';
import { ServiceGroup } from './service-group.ts';
import { openTerminal } from './terminal-output.ts';

let dataDir: string;
let shown: string[];
let services: Service[];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'stratora-service-'));
  await mkdir(join(dataDir, 'logs'));
  shown = [];
  services = [];
});
afterEach(async () => {
  await Promise.all(services.map((service) => service.stop()));
  // A service that was ended from outside may just be noting its next process.
  await rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
});

function context() {
  const stream = { write: (text: string) => void shown.push(text.trim().slice(10)) };
  return { dataDir, logger: silentLogger(), terminal: openTerminal(stream, stream), onChange: () => {} };
}

function spec(script: string, options: Partial<ServiceSpec> = {}): ServiceSpec {
  const line = { command: process.execPath, args: ['-e', script] };
  return { name: 'thing', line, env: { PATH: process.env['PATH'] }, killAfterMs: 300, ...options };
}

function start(script: string, options: Partial<ServiceSpec> = {}): Service {
  const service = new Service(context(), spec(script, options));
  services.push(service);
  service.start();
  return service;
}

const IDLE = 'setInterval(() => {}, 1000); console.log("up");';
const log = () =>
  existsSync(join(dataDir, 'logs', 'thing.log'))
    ? readFileSync(join(dataDir, 'logs', 'thing.log'), 'utf8')
    : '';
const wait = (condition: () => boolean, what: string) =>
  waitFor(condition, { timeoutMs: 20_000, everyMs: 10, what });

describe('Service', () => {
  it('is back within a second when it was killed, and says so', async () => {
    const service = start(IDLE, { port: 4711 });
    await wait(() => log().includes('up'), 'first run');
    const first = service.pid ?? 0;
    const killedAt = performance.now();
    sendSignal(first, 'SIGKILL');
    await wait(() => service.pid !== undefined && service.pid !== first, 'second run');
    expect(performance.now() - killedAt).toBeLessThan(1000 + STALL_MS);
    expect(shown[0]).toBe(`thing             started (process ${first}, port 4711)`);
    expect(shown[1]).toMatch(/^thing {13}ended \(SIGKILL\); starting it again \(log: .*thing\.log\)$/);
    expect(shown[2]).toContain('running again');
  });

  it('slows down when it cannot run at all', async () => {
    start('process.exit(3)');
    await wait(() => shown.filter((line) => line.includes('ended (exit code 3)')).length >= 3, 'three ends');
    const times = shown.length;
    await new Promise((resolve) => {
      setTimeout(resolve, 300);
    });
    // After the third end the service waits a second or so.
    expect(shown.length - times).toBeLessThanOrEqual(1);
  });

  it('reports a program that does not exist', async () => {
    start('', { line: { command: '/nonexistent/program', args: [] } });
    await wait(() => shown.some((line) => /cannot be started: .*ENOENT/.test(line)), 'the report');
  });

  it('kills what does not stop when asked', async () => {
    const service = start(`process.on('SIGTERM', () => {}); ${IDLE}`);
    await wait(() => log().includes('up'), 'start');
    const pid = service.pid ?? 0;
    const askedAt = performance.now();
    await service.stop();
    expect(performance.now() - askedAt).toBeLessThan(1500 + STALL_MS);
    expect(isAlive(pid)).toBe(false);
    expect(shown.at(-1)).toContain('stopped (SIGKILL)');
  });

  it('leaves nothing of its process group behind when its leader was killed', async () => {
    const script = `
      const { spawn } = require('node:child_process');
      const worker = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      console.log('worker ' + worker.pid); setInterval(() => {}, 1000);`;
    const service = start(script);
    await wait(() => /worker \d+/.test(log()), 'the worker');
    const worker = Number(/worker (\d+)/.exec(log())?.[1]);
    expect(isAlive(worker)).toBe(true);
    sendSignal(service.pid ?? 0, 'SIGKILL');
    await wait(() => !isAlive(worker), 'the end of the worker');
  });

  it('keeps its last lines for a failure', async () => {
    const service = start(
      'for (let i = 0; i < 40; i += 1) console.error("line " + i); setInterval(() => {}, 1000)',
    );
    await wait(() => log().includes('line 39'), 'output');
    expect(service.lastLines).toHaveLength(15);
    expect(service.lastLines.at(-1)).toBe('line 39');
  });
});

describe('ServiceGroup', () => {
  it('stops components before the backend, and stores last', async () => {
    const group = new ServiceGroup(context());
    for (const name of ['postgres', 'backend', 'agent', 'collector']) group.start(spec(IDLE, { name }));
    await wait(() => shown.length >= 4, 'all to start');
    shown.length = 0;
    await group.stop();
    const order = shown.filter((line) => line.includes('stopped')).map((line) => line.split(' ')[0]);
    expect(new Set(order.slice(0, 2))).toEqual(new Set(['agent', 'collector']));
    expect(order.slice(2)).toEqual(['backend', 'postgres']);
    expect(() => group.start(spec(IDLE))).toThrow('being stopped');
  });
});

describe('endOrphans', () => {
  it('ends what a killed launcher left, stubborn ones by SIGKILL, and nobody else', async () => {
    const meek = start(IDLE, { name: 'meek' });
    const stubborn = start(`process.on('SIGTERM', () => {}); ${IDLE}`, { name: 'stubborn' });
    const records = join(dataDir, 'run', 'children');
    await wait(
      () => existsSync(join(records, 'meek.json')) && existsSync(join(records, 'stubborn.json')),
      'records',
    );
    await wait(() => readFileSync(stubborn.logPath, 'utf8').includes('up'), 'its handler');
    const pids = [meek.pid ?? 0, stubborn.pid ?? 0];
    const found: number[] = [];
    const names = await endOrphans(dataDir, {
      graceMs: 300,
      onFound: (record) => void found.push(record.pid),
    });
    expect(new Set(names)).toEqual(new Set(['meek', 'stubborn']));
    expect(new Set(found)).toEqual(new Set(pids));
    expect(pids.filter(isAlive)).toEqual([]);
    expect(await readdir(records).catch(() => [])).toEqual([]);
  });

  it.runIf(process.platform === 'linux')(
    'does not touch a process that got the number of a dead child',
    async () => {
      const { recordChild } = await import('./child-record.ts');
      await recordChild(dataDir, { name: 'old', pid: process.pid, stopSignal: 'SIGKILL' });
      const file = join(dataDir, 'run', 'children', 'old.json');
      const { writeFile } = await import('node:fs/promises');
      await writeFile(
        file,
        JSON.stringify({ ...identify(process.pid), started: 'earlier', name: 'old', stopSignal: 'SIGKILL' }),
      );
      expect(await endOrphans(dataDir, { graceMs: 100 })).toEqual([]);
    },
  );
});
