import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ComponentType } from '@stratora/contract';
import { silentLogger, systemClock } from '@stratora/runtime';
import { FakeServer, STALL_MS, waitFor } from '@stratora/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type RunningComponent, type RunOptions, runComponent } from './component.ts';
import { componentStatus } from './status-command.ts';

/**
 * A small engine with our command line: writes a numbered line every 100 ms; a config with `broken` fails its check,
 * one with `crash` ends it, one with `silent` gives no output.
 */
const ENGINE = `
  import { readFileSync } from 'node:fs';
  import { request } from 'node:http';
  const [command, , file] = process.argv.slice(2);
  const read = () => readFileSync(file, 'utf8');
  if (command === 'check') {
    if (read().includes('broken')) { console.error('line 1: broken'); process.exit(1); }
    process.exit(0);
  }
  let text = read();
  const crashIfTold = () => { if (text.includes('crash')) { console.error('cannot go on'); process.exit(3); } };
  crashIfTold();
  process.on('SIGHUP', () => { text = read(); crashIfTold(); });
  process.on('SIGTERM', () => process.exit(0));
  process.stdin.on('end', () => process.exit(0)).resume();
  let n = 0;
  setInterval(() => {
    if (text.includes('silent')) return;
    const socketPath = /unix:\\/\\/([^"]+)/.exec(text)[1];
    const db = /database = "([^"]+)"/.exec(text)[1];
    const name = /# name (\\w+)/.exec(text)?.[1] ?? 'none';
    const call = request({ socketPath, method: 'POST', path: '/write?db=' + db + '&precision=ns' });
    call.on('error', () => {});
    call.on('response', (answer) => answer.resume());
    call.end('m,config=' + name + ',pid=' + process.pid + ' v=' + n++ + 'i ' + Date.now() + '000000\\n');
  }, 100);
`;

let directory: string;
let server: FakeServer;
let running: RunningComponent[];
let environment: Record<string, string>;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'component-test-'));
  const engine = join(directory, 'engine.mjs');
  await writeFile(engine, ENGINE);
  server = new FakeServer();
  await server.start();
  running = [];
  environment = {
    STRATORA_SERVER_URL: server.url,
    STRATORA_STATE_DIR: join(directory, 'state'),
    STRATORA_ENROLLMENT_TOKEN: server.token,
    STRATORA_ENGINE_COMMAND: JSON.stringify([process.execPath, engine]),
    STRATORA_HOSTNAME: 'host-a',
  };
});
afterEach(async () => {
  await Promise.all(running.map((component) => component.stop()));
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

async function run(
  type: ComponentType = 'collector',
  options: Partial<RunOptions> = {},
): Promise<RunningComponent> {
  const component = await runComponent(type, environment, {
    version: '1.2.3',
    logger: silentLogger(),
    intervals: { pullMs: 300, reportMs: 300 },
    ...options,
  });
  running.push(component);
  return component;
}

const config = (name: string, extra = '') =>
  `# name ${name}\n[agent]\ninterval = "1s"\n\n[[inputs.cpu]]\n${extra}\n`;
const linesOf = (name: string) => server.lines.filter((line) => line.includes(`config=${name}`)).length;
const reported = (status: string) =>
  server.reports.findLast((report) => report['status'] === status && report['config_hash']);

test('a collector registers, takes its config, and data flows', async () => {
  server.config = config('one');
  const component = await run();
  await waitFor(() => linesOf('one') >= 3);
  const report = await waitFor(() => reported('applied'));
  expect(report).toMatchObject({
    config_hash: server.configHash,
    engine: { kind: 'embedded', version: '1.2.3', running: true },
  });
  expect(component.status.connection.state).toBe('connected');
  expect(await componentStatus(environment)).toMatchObject({ running: true });
  await component.stop();
  expect(await componentStatus(environment)).toMatchObject({ running: false, status: { state: 'stopped' } });
});

test('an agent beats, and its beat brings it a new config', async () => {
  server.config = config('one');
  await run('agent', { intervals: { pullMs: 60_000, reportMs: 300 } });
  await waitFor(() => linesOf('one') >= 1);
  server.config = config('two');
  await waitFor(() => linesOf('two') >= 1);
  const beat = await waitFor(() =>
    server.heartbeats.findLast((entry) => entry['config_hash'] === server.configHash),
  );
  expect(beat).toMatchObject({ version: '1.2.3', hostname: 'host-a', config_status: 'applied' });
  expect(Number(beat['uptime_seconds'])).toBeGreaterThan(0);
});

test('a config that fails its check is reported, never promoted and never tried again', async () => {
  server.config = config('one');
  await run();
  await waitFor(() => linesOf('one') >= 1);
  server.config = config('two', 'broken = true');
  const report = await waitFor(() => reported('validation_error'));
  expect(report).toMatchObject({ config_hash: server.configHash, message: 'line 1: broken' });
  const pulls = server.callsTo('/api/v1/remote-collectors').length;
  const before = linesOf('one');
  await waitFor(
    () => server.callsTo('/api/v1/remote-collectors').length > pulls + 4 && linesOf('one') > before + 5,
  );
  expect(linesOf('two')).toBe(0);
  expect(server.reports.filter((entry) => entry['status'] === 'validation_error')).toHaveLength(1);
  server.config = config('one');
  await waitFor(() => server.reports.at(-1)?.['status'] === 'applied');
  expect(server.reports.at(-1)).toMatchObject({ config_hash: server.configHash });
});

test('a config that ends the engine is rolled back, and the old one runs', async () => {
  server.config = config('one');
  await run();
  await waitFor(() => linesOf('one') >= 1);
  server.config = config('two', 'crash = true');
  const at = Date.now();
  const report = await waitFor(() => reported('rolled_back'));
  expect(String(report['message'])).toContain('cannot go on');
  const oldHash = createHash('sha256').update(config('one')).digest('hex');
  expect(report).toMatchObject({ config_hash: server.configHash, running_hash: oldHash });
  const before = linesOf('one');
  await waitFor(() => linesOf('one') > before + 3);
  expect(Date.now() - at).toBeLessThan(15_000 + STALL_MS);
}, 60_000);

test('a config that gives no output for three intervals is rolled back', async () => {
  server.config = config('one');
  await run();
  await waitFor(() => linesOf('one') >= 1);
  server.config = config('two', 'silent = true');
  const report = await waitFor(() => reported('rolled_back'));
  expect(report).toMatchObject({ config_hash: server.configHash, message: 'no output for 3 intervals' });
  const before = linesOf('one');
  await waitFor(() => linesOf('one') > before + 3);
}, 60_000);

test('a pending component asks until it is approved', async () => {
  server.autoApprove = false;
  server.config = config('one');
  const component = await run();
  await waitFor(() => component.status.connection.state === 'pending_approval');
  const [entry] = server.components.values();
  if (entry) entry.approval = 'approved';
  await waitFor(() => linesOf('one') >= 1);
  expect(server.callsTo('/api/v1/components/register')).toHaveLength(1);
});

test('a revoked component stops gathering, says so and keeps its queue', async () => {
  server.config = config('one');
  const component = await run();
  await waitFor(() => linesOf('one') >= 1);
  const [entry] = server.components.values();
  server.intercept = (call) => (call.path.includes('ingest') ? { status: 503 } : undefined);
  await waitFor(() => component.status.spool.pendingBytes > 0);
  if (entry) entry.approval = 'revoked';
  server.intercept = undefined;
  await waitFor(() => component.status.connection.state === 'revoked' && !component.status.engine.running);
  expect(component.status.spool.droppedLines).toBe(0);
  const files = await readdir(join(environment['STRATORA_STATE_DIR'] ?? '', 'spool'));
  expect(files.some((name) => name.endsWith('.seg'))).toBe(true);
});

test('while the server is away everything is kept, and afterwards nothing is missing', async () => {
  server.config = config('one');
  const component = await run();
  await waitFor(() => linesOf('one') >= 2);
  await server.stop();
  await waitFor(() => component.status.connection.state === 'unreachable');
  await new Promise((resolve) => {
    setTimeout(resolve, 2000);
  });
  await server.start();
  await waitFor(
    () => component.status.connection.state === 'connected' && component.status.spool.pendingBytes === 0,
  );
  const numbers = new Set(server.lines.map((line) => Number(/v=(\d+)i/.exec(line)?.[1])));
  const last = Math.max(...numbers);
  expect(last).toBeGreaterThan(20);
  expect(Array.from({ length: last }, (_, i) => i).filter((n) => !numbers.has(n))).toEqual([]);
}, 60_000);

test('a damaged identity comes back from its copy; both damaged, a new registration is the same component', async () => {
  server.config = config('one');
  const first = await run();
  await waitFor(() => first.status.connection.state === 'connected');
  const id = first.status.component_id;
  await first.stop();
  const path = join(environment['STRATORA_STATE_DIR'] ?? '', 'identity.json');
  await writeFile(path, (await readFile(path, 'utf8')).replace('sk_stra_', 'sk_stra-'));
  const second = await run();
  await waitFor(() => second.status.connection.state === 'connected');
  expect(server.callsTo('/api/v1/components/register')).toHaveLength(1);
  await second.stop();
  await writeFile(path, '');
  await writeFile(`${path}.copy`, 'x');
  const third = await run();
  await waitFor(() => third.status.connection.state === 'connected');
  expect(third.status.component_id).toBe(id);
  expect(server.callsTo('/api/v1/components/register')).toHaveLength(2);
});

test('a key that the server does not know is replaced, with the old one as proof', async () => {
  server.config = config('one');
  const component = await run();
  await waitFor(() => linesOf('one') >= 1);
  const [entry] = server.components.values();
  const oldKey = entry?.key;
  if (entry) entry.key = 'sk_stra_changed';
  await waitFor(() => server.callsTo('/api/v1/components/register').length === 2);
  expect(server.callsTo('/api/v1/components/register')[1]?.headers['x-api-key']).toBe(oldKey);
  await waitFor(() => component.status.connection.state === 'connected');
  const before = linesOf('one');
  await waitFor(() => linesOf('one') > before);
});

test('an engine that is killed is back within five seconds', async () => {
  server.config = config('one');
  const component = await run();
  await waitFor(() => linesOf('one') >= 1);
  const { pid } = component.status.engine;
  process.kill(pid ?? 0, 'SIGKILL');
  const at = Date.now();
  await waitFor(() => component.status.engine.running && component.status.engine.pid !== pid);
  const before = linesOf('one');
  await waitFor(() => linesOf('one') > before);
  const backMs = Date.now() - at;
  process.stdout.write(`the killed engine was back after ${backMs} ms\n`);
  expect(backMs).toBeLessThan(5000 + STALL_MS);
  expect(component.status.config.status).toBe('applied');
});

test.each(['collector', 'agent'] as const)(
  'a %s whose clock is wrong finds out by the answers, says so, and shows what was not taken',
  async (type) => {
    server.config = config('one');
    server.intercept = (call) =>
      call.path.startsWith('/api/v1/ingest')
        ? { status: 204, headers: { 'x-stratora-store-epoch': 'e', 'x-stratora-rejected-lines': '3' } }
        : undefined;
    const aheadMs = 900_000;
    const clock = { ...systemClock, now: () => Date.now() + aheadMs };
    const component = await run(type, { clock });
    await waitFor(() => (component.status.clock_skew_seconds ?? 0) > 0);
    expect(Math.abs((component.status.clock_skew_seconds ?? 0) - 900)).toBeLessThan(3 + STALL_MS / 1000);
    const told = await waitFor(() => (type === 'agent' ? server.heartbeats : server.reports).at(-1));
    expect(Math.abs(Date.parse(String(told['component_time'])) - Date.now() - aheadMs)).toBeLessThan(10_000);
    await waitFor(
      () => component.status.lanes.live.rejectedLines + component.status.lanes.backlog.rejectedLines > 0,
    );
  },
);

test('a stop ends the engine and delivers what was gathered last', async () => {
  server.config = config('one');
  const component = await run();
  await waitFor(() => linesOf('one') >= 1);
  const startedAt = Date.now();
  await component.stop();
  await component.finished;
  expect(Date.now() - startedAt).toBeLessThan(9000 + STALL_MS);
  expect(component.status.engine.running).toBe(false);
  expect(component.status.spool.pendingBytes).toBe(0);
});
