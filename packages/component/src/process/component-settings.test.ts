import { expect, test } from 'vitest';
import { readEngineSettings, readSettings } from './component-settings.ts';

const BASE = { STRATORA_SERVER_URL: 'https://server:8443/', STRATORA_STATE_DIR: '/var/lib/x' };

test('what is not set has its default', async () => {
  const settings = await readSettings(BASE);
  expect(settings).toMatchObject({
    serverUrl: 'https://server:8443',
    caFingerprint: null,
    proxy: undefined,
    logLevel: 'info',
  });
  expect(await settings.authority()).toBeUndefined();
  expect(settings.instance).toMatch(/^[\w-]{22}$/);
  expect((await readSettings(BASE)).instance).not.toBe(settings.instance);
});

test.each([
  [{ STRATORA_CA_SHA256: 'ab' }, 'STRATORA_CA_SHA256 must be a SHA-256'],
  [{ HTTPS_PROXY: 'socks5://u:secret@proxy' }, 'HTTPS_PROXY must be an http:// address'],
])('%j is refused', async (more, words) => {
  const fault = readSettings({ ...BASE, ...more });
  await expect(fault).rejects.toThrow(words);
  await expect(fault).rejects.not.toThrow('secret');
});

test.each([
  ['http://server:8080', 'must begin with https://'],
  ['https://user:secret@server', 'must be an address alone'],
  ['server', 'must be a URL'],
  ['', 'is required'],
])('the server %j is refused', async (url, words) => {
  await expect(readSettings({ ...BASE, STRATORA_SERVER_URL: url })).rejects.toThrow(words);
});

test('plain http is for this host alone', async () => {
  const settings = await readSettings({ ...BASE, STRATORA_SERVER_URL: 'http://127.0.0.1:8080' });
  expect(settings.serverUrl).toBe('http://127.0.0.1:8080');
});

test('a CA file that holds no certificate is named', async () => {
  await expect(readSettings({ ...BASE, STRATORA_CA_FILE: '/etc/hostname' })).rejects.toThrow(
    'STRATORA_CA_FILE',
  );
});

test("the engine's environment is ours without the enrollment token and the proxy", () => {
  const { command, environment } = readEngineSettings({
    STRATORA_ENGINE_COMMAND: '["node","stratora.mjs","engine"]',
    STRATORA_ENROLLMENT_TOKEN: 'enroll_x',
    HTTPS_PROXY: 'http://user:secret@proxy:3128',
    no_proxy: '*',
    PATH: '/bin',
  });
  expect(command).toEqual(['node', 'stratora.mjs', 'engine']);
  expect(environment).not.toHaveProperty('STRATORA_ENROLLMENT_TOKEN');
  expect(JSON.stringify(environment)).not.toMatch(/proxy/i);
  expect(environment['PATH']).toBe('/bin');
});

test.each(['', 'node', '[]', '[1]', '{"a":1}'])('the engine command %j is refused', (command) => {
  expect(() => readEngineSettings({ STRATORA_ENGINE_COMMAND: command })).toThrow('STRATORA_ENGINE_COMMAND');
});
