import { expect, test } from 'vitest';
import { readEngineSettings, readSettings } from './component-settings.ts';

const BASE = { STRATORA_SERVER_URL: 'https://server:8443/', STRATORA_STATE_DIR: '/var/lib/x' };

test('what is not set has its default', async () => {
  await expect(readSettings(BASE)).resolves.toMatchObject({
    serverUrl: 'https://server:8443',
    ca: undefined,
    logLevel: 'info',
  });
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

test("the engine's environment is ours without the enrollment token", () => {
  const { command, environment } = readEngineSettings({
    STRATORA_ENGINE_COMMAND: '["node","stratora.mjs","engine"]',
    STRATORA_ENROLLMENT_TOKEN: 'enroll_x',
    PATH: '/bin',
  });
  expect(command).toEqual(['node', 'stratora.mjs', 'engine']);
  expect(environment).not.toHaveProperty('STRATORA_ENROLLMENT_TOKEN');
  expect(environment['PATH']).toBe('/bin');
});

test.each(['', 'node', '[]', '[1]', '{"a":1}'])('the engine command %j is refused', (command) => {
  expect(() => readEngineSettings({ STRATORA_ENGINE_COMMAND: command })).toThrow('STRATORA_ENGINE_COMMAND');
});
