import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DemoFolder, DemoRefusedError } from './demo-folder.ts';

let parent = '';
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'stratora-demo-folder-'));
});
afterEach(() => {
  rmSync(parent, { recursive: true, force: true });
});

test('a new folder gets its memory, which nobody else can read, and keeps it', async () => {
  const dataDir = join(parent, 'new');
  const made = await DemoFolder.open(dataDir);
  expect(statSync(join(dataDir, 'demo.json')).mode & 0o777).toBe(0o600);
  await made.update({ snmp_port: 1_161, is_complete: true });
  const again = await DemoFolder.open(dataDir, 'another password');
  expect(again.state).toEqual(made.state);
  expect(again.state.admin_password).not.toBe('another password');
});

test('a folder of a real system is refused and left as it was', async () => {
  writeFileSync(join(parent, 'credential.key'), 'secret');
  await expect(DemoFolder.open(parent)).rejects.toThrow(DemoRefusedError);
  await expect(DemoFolder.open(parent)).rejects.toThrow('--data-dir');
  expect(readdirSync(parent)).toEqual(['credential.key']);
});

test('a memory that is damaged is told, and nothing is written over it', async () => {
  writeFileSync(join(parent, 'demo.json'), '{"version":1,');
  await expect(DemoFolder.open(parent)).rejects.toThrow('is damaged');
});
