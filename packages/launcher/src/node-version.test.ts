import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { examineNode } from './node-version.ts';

let rootDir: string;
beforeAll(async () => {
  rootDir = await mkdtemp(join(tmpdir(), 'stratora-node-'));
});
afterAll(() => rm(rootDir, { recursive: true }));

it('an old Node that asks is no fault where npm has installed the one that runs', async () => {
  expect(examineNode(rootDir, '24.1.0')).toEqual({ subject: 'Node.js', state: 'ok', detail: '24.1.0' });
  expect(examineNode(rootDir, '20.20.0')).toMatchObject({
    state: 'fault',
    detail: '20.20.0',
    advice: expect.stringContaining('npm ci'),
  });
  const folder = join(rootDir, 'node_modules/node');
  await mkdir(join(folder, 'bin'), { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"version":"24.21.0"}');
  expect(examineNode(rootDir, '20.20.0').state).toBe('fault');
  await writeFile(join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'), '');
  expect(examineNode(rootDir, '20.20.0')).toMatchObject({
    state: 'ok',
    detail: '24.21.0, installed by npm; this check runs on 20.20.0',
    advice: expect.stringContaining('npm start'),
  });
});
