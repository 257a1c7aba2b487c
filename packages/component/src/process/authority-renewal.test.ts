import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHttpClient, fingerprintOf, type HttpClient, silentLogger } from '@stratora/runtime';
import { TestAuthority, TlsRecorder } from '@stratora/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { renewAuthority } from './authority-renewal.ts';
import { AUTHORITY_FILE, openAuthority } from './server-authority.ts';

let folder: string;
let file: string;
let authority: TestAuthority;
let server: TlsRecorder;
let client: HttpClient;
let offered: string;
let first: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'authority-renewal-'));
  file = join(folder, AUTHORITY_FILE);
  authority = await TestAuthority.create('127.0.0.1');
  first = authority.ca;
  offered = first;
  server = new TlsRecorder(authority.server, (_, response) => response.end(offered));
  await server.start();
  await writeFile(file, first);
  client = createHttpClient({ baseUrl: server.url, ca: first, timeoutMs: 2000 });
});
afterEach(async () => {
  client.close();
  await server.stop();
  await authority.dispose();
  await rm(folder, { recursive: true, force: true });
});

const renew = () => renewAuthority({ client, file, logger: silentLogger() });
const trusted = (pin: string) =>
  openAuthority({ serverUrl: server.url, stateDirectory: folder, ca: undefined, pin, proxy: undefined })();

test('a new certificate of the same key is kept beside the old one, and trusted by the old pin', async () => {
  expect(await renew()).toBe(false);
  await authority.renewAuthority();
  offered = authority.ca;
  expect(offered).not.toBe(first);
  expect(await renew()).toBe(true);
  expect(await renew()).toBe(false);
  const kept = await trusted(fingerprintOf(first));
  expect(kept).toContain(first.trim());
  expect(kept).toContain(authority.ca.trim());
});

test('one of another key is not, wherever it comes from', async () => {
  const stranger = await TestAuthority.create('127.0.0.1');
  try {
    offered = `${first}${stranger.ca}`;
    expect(await renew()).toBe(false);
    expect(await readFile(file, 'utf8')).toBe(first);
    await writeFile(file, `${first}${stranger.ca}`);
    expect(await trusted(fingerprintOf(first))).not.toContain(stranger.ca.trim());
  } finally {
    await stranger.dispose();
  }
});

test('where no authority is kept nothing is asked', async () => {
  await rm(file);
  expect(await renew()).toBe(false);
  expect(server.requests).toEqual([]);
});
