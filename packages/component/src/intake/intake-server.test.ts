import { mkdtemp, rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { createEngine } from '@stratora/engine';
import { createHttpClient, type HttpClient, silentLogger } from '@stratora/runtime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withOutput } from '../config/config-files.ts';
import { SpoolFullError } from '../spool/spool.ts';
import { IntakeServer } from './intake-server.ts';
import { readBody } from './request-body.ts';
import { chooseSocketPath } from './socket-path.ts';
import type { TargetReport } from './target-report.ts';

const silent = silentLogger();
let directory: string;
let intake: IntakeServer;
let client: HttpClient;
let taken: string[];
let targets: TargetReport[];
/** The configs of which targets were told. */
let told: (string | undefined)[];
let generations: (string | undefined)[];
let failWith: Error | undefined;
const NODE = '0198a1b2-aaaa-7bbb-8ccc-1234567890ab';

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'intake-test-'));
  taken = [];
  targets = [];
  told = [];
  generations = [];
  failWith = undefined;
  const socketPath = join(directory, 'intake.sock');
  intake = new IntakeServer({
    socketPath,
    logger: silentLogger(),
    append: async (lines) => {
      if (failWith) throw failWith;
      taken.push(lines.toString());
    },
    onOutput: (generation) => generations.push(generation),
    onTargets: (reports, generation) => {
      targets.push(...reports);
      told.push(generation);
    },
  });
  await intake.start();
  client = createHttpClient({ socketPath, timeoutMs: 5000 });
});
afterEach(async () => {
  client.close();
  await intake.stop();
  await rm(directory, { recursive: true, force: true });
});

const write = (body: Buffer | string, headers: Record<string, string> = {}) =>
  client.request({ method: 'POST', path: '/write?db=stratora-1&precision=ns', body, headers });

test('204 comes once the spool has the lines; the config that they belong to is noted', async () => {
  expect((await write('m v=1i 1\n')).status).toBe(204);
  expect((await write(gzipSync('m v=2i 2\n'), { 'content-encoding': 'gzip' })).status).toBe(204);
  expect(taken).toEqual(['m v=1i 1\n', 'm v=2i 2\n']);
  expect(generations).toEqual(['stratora-1', 'stratora-1']);
});

test('only this user may open the socket', async () => {
  expect((await stat(join(directory, 'intake.sock'))).mode & 0o777).toBe(0o600);
});

test('what the spool cannot take is refused so that the engine comes again', async () => {
  failWith = new SpoolFullError('full');
  const answer = await write('m v=1i 1\n');
  expect(answer.status).toBe(503);
  expect(answer.headers['retry-after']).toBe('5');
  failWith = new Error('EIO');
  expect((await write('m v=1i 1\n')).status).toBe(503);
  expect(generations).toEqual([]);
});

test('a body whose connection breaks is not refused for good', async () => {
  const broken = Object.assign(new PassThrough(), { headers: {} });
  const read = readBody(broken as unknown as IncomingMessage, 1000);
  broken.write('m v=1i');
  broken.destroy(new Error('aborted'));
  await expect(read).rejects.toMatchObject({ status: 503 });
});

test('a gzip bomb, bad gzip, other encodings and precisions are refused', async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x61));
  expect((await write(bomb, { 'content-encoding': 'gzip' })).status).toBe(413);
  expect((await write('no gzip', { 'content-encoding': 'gzip' })).status).toBe(400);
  expect((await write('x', { 'content-encoding': 'br' })).status).toBe(415);
  expect((await client.request({ method: 'POST', path: '/write?precision=s', body: 'm v=1 1' })).status).toBe(
    400,
  );
  expect((await client.request({ method: 'GET', path: '/write' })).status).toBe(404);
  expect(taken).toEqual([]);
});

test('target states are taken, those that make no sense left out, their text made safe', async () => {
  const body = JSON.stringify({
    targets: [
      { node_id: NODE, input: 'snmp', status: 'auth', message: 'wrong\u001b[31m password' },
      { node_id: 'x', input: 'snmp', status: 'ok', message: '' },
      { node_id: NODE, input: 'snmp', status: 'invented', message: '' },
      null,
    ],
  });
  expect((await client.request({ method: 'POST', path: '/status?db=stratora-1', body })).status).toBe(204);
  expect(told).toEqual(['stratora-1']);
  expect(targets).toEqual([{ node_id: NODE, input: 'snmp', status: 'auth', message: 'wrong[31m password' }]);
  expect((await client.request({ method: 'POST', path: '/status', body: '{"targets":1}' })).status).toBe(400);
  expect((await client.request({ method: 'POST', path: '/status', body: '{' })).status).toBe(400);
});

describe('where there are no unix sockets', () => {
  let loopback: IntakeServer;
  let output: (string | undefined)[];

  beforeEach(async () => {
    output = [];
    const { path } = await chooseSocketPath(directory, 'win32');
    loopback = new IntakeServer({
      socketPath: path,
      logger: silent,
      append: async (lines) => void taken.push(lines.toString()),
      onOutput: (generation) => output.push(generation),
      onTargets: (reports) => targets.push(...reports),
    });
    await loopback.start();
  });
  afterEach(() => loopback.stop());

  test('a port of the loopback takes data from who knows the password, and from nobody else', async () => {
    const { username, password, host, hostname } = new URL(loopback.url);
    expect(hostname).toBe('127.0.0.1');
    expect(password.length).toBeGreaterThanOrEqual(43);
    const login = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
    const caller = createHttpClient({ baseUrl: `http://${host}`, timeoutMs: 5000 });
    const post = async (path: string, headers: Record<string, string>, body = 'm v=1i 1\n') =>
      (await caller.request({ method: 'POST', path, headers, body })).status;
    expect(await post('/write?precision=ns', {})).toBe(401);
    expect(await post('/write?precision=ns', login(`other:${password}`))).toBe(401);
    expect(await post('/write?precision=ns', { authorization: `Bearer ${password}` })).toBe(401);
    expect(await post('/status', {}, '{"targets":[]}')).toBe(401);
    // An engine that has the config of an earlier start keeps its data until it gets the new one.
    expect(await post('/write?precision=ns', login(`${username}:`))).toBe(503);
    expect(await post('/write?precision=ns', login(`${username}:${password}x`))).toBe(503);
    expect(taken).toEqual([]);
    expect(await post('/write?db=g&precision=ns', login(`${username}:${password}`))).toBe(204);
    expect(taken).toEqual(['m v=1i 1\n']);
    caller.close();
  });

  test('an engine with the config of this component writes there, and tells of its targets', async () => {
    const engine = createEngine({ logger: silent });
    const conf = `[agent]\ninterval = "1s"\n[[inputs.mem]]\n[inputs.mem.tags]\nnode_id = "${NODE}"\n`;
    await engine.apply(withOutput(conf, loopback.url, 'stratora-7'));
    await expect.poll(() => output.at(-1), { timeout: 20_000 }).toBe('stratora-7');
    await expect.poll(() => targets, { timeout: 20_000 }).toMatchObject([{ input: 'mem', status: 'ok' }]);
    await engine.stop(2000);
    expect(taken.join('')).toContain(`mem,host=`);
  });

  test('the next start has another password', async () => {
    const other = new IntakeServer({
      socketPath: undefined,
      logger: silent,
      append: async () => undefined,
      onOutput: () => undefined,
      onTargets: () => undefined,
    });
    await other.start();
    expect(new URL(other.url).password).not.toBe(new URL(loopback.url).password);
    await other.stop();
  });
});

test('a state directory whose path is too long for a socket gets a private folder elsewhere', async () => {
  expect(await chooseSocketPath(directory)).toEqual({ path: join(directory, 'intake.sock') });
  const deep = await mkdtemp(join(directory, 'd'.repeat(100)));
  const { path, remove } = await chooseSocketPath(deep);
  expect(Buffer.byteLength(path ?? '')).toBeLessThanOrEqual(107);
  expect((await stat(remove ?? '')).mode & 0o777).toBe(0o700);
  await rm(remove ?? '', { recursive: true });
});
