import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readInvocation, saveServer } from './component-options.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'component-options-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const PIN = 'ab'.repeat(32);
const read = (args: string[], environment: NodeJS.ProcessEnv = {}) =>
  readInvocation('collector', [...args, '--state-dir', folder], environment);

test('what enrolling was told, running knows, and nobody else', async () => {
  const enrolling = await read(
    ['enroll', '--server', 'https://10.0.0.5:8443', '--ca-sha256', PIN, '--token', 'enroll_x'],
    { https_proxy: 'http://u:secret@proxy:3128', NO_PROXY: '10.0.0.0/8' },
  );
  await saveServer(enrolling.environment);
  const { environment } = await read(['run']);
  expect(environment).toMatchObject({
    STRATORA_SERVER_URL: 'https://10.0.0.5:8443',
    STRATORA_CA_SHA256: PIN,
    HTTPS_PROXY: 'http://u:secret@proxy:3128',
    NO_PROXY: '10.0.0.0/8',
  });
  expect(environment).not.toHaveProperty('STRATORA_ENROLLMENT_TOKEN');
  expect((await stat(join(folder, 'server.json'))).mode & 0o777).toBe(0o600);
});

test('a component goes on under the names that it was enrolled with, until it is enrolled with others', async () => {
  const enrol = async (...args: string[]) =>
    saveServer((await read(['enroll', '--server', 'https://s', ...args])).environment);
  await enrol('--hostname', 'press-07', '--name', 'Hall 3');
  const names = { STRATORA_HOSTNAME: 'press-07', STRATORA_COMPONENT_NAME: 'Hall 3' };
  expect((await read(['run'])).environment).toMatchObject(names);
  expect((await read(['run'], { STRATORA_HOSTNAME: 'other' })).environment).toMatchObject({
    ...names,
    STRATORA_HOSTNAME: 'other',
  });
  await enrol('--hostname', 'press-08');
  expect((await read(['run'])).environment).toMatchObject({ ...names, STRATORA_HOSTNAME: 'press-08' });
  await enrol('--hostname', '');
  expect((await read(['run'])).environment).not.toHaveProperty('STRATORA_HOSTNAME');
});

test('an authority from a file is copied, so that the file may go', async () => {
  const file = join(folder, 'given.crt');
  await writeFile(file, 'PEM');
  const enrolling = await read(['enroll', '--server', 'https://s', '--ca-file', file]);
  await saveServer(enrolling.environment);
  await rm(file);
  const { environment } = await read(['run']);
  expect(await readFile(environment['STRATORA_CA_FILE'] ?? '', 'utf8')).toBe('PEM');
});

test('what is given now wins over what is remembered, also where it says the same in another way', async () => {
  const enrolling = await read([
    'enroll',
    '--server',
    'https://s',
    '--ca-sha256',
    PIN,
    '--proxy',
    'http://old:1',
  ]);
  await saveServer(enrolling.environment);
  const now = (await read(['run', '--ca-file', '/other.crt'], { https_proxy: 'http://new:1' })).environment;
  expect(now).toMatchObject({ STRATORA_CA_FILE: '/other.crt', STRATORA_SERVER_URL: 'https://s' });
  expect(now).not.toHaveProperty('STRATORA_CA_SHA256');
  expect(now).not.toHaveProperty('HTTPS_PROXY');
});

test.each([
  [['run'], 'or enrol first'],
  [['enroll'], 'give the server with --server URL'],
  [[], 'give one of run, enroll, status'],
  [['run', 'status'], 'give one of'],
  [['enroll', '--sever', 'x'], "Unknown option '--sever'"],
  [['enroll', '--token'], "Option '--token' argument is ambiguous"],
])('%j is refused', async (args, words) => {
  await expect(read(args)).rejects.toThrow(words);
});

test('a status needs nothing but the state directory', async () => {
  expect((await read(['status', '--json'])).json).toBe(true);
});
