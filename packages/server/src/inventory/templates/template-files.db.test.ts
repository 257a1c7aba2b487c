import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { DeviceTemplate } from '@stratora/contract';
import { startBackend, type TestBackend, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

let backend: TestBackend;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stratora-template-files-'));
  await cp(resolve(import.meta.dirname, '../../../../../templates'), folder, { recursive: true });
  backend = await startBackend({ config: { templatesDir: folder } });
});
afterAll(async () => {
  await backend?.stop();
  await rm(folder, { recursive: true, force: true });
});

const nameOf = async (slug: string) =>
  ((await backend.admin('GET', `/api/v1/device-templates/${slug}`)) as DeviceTemplate).name;

async function edit(slug: string, change: (text: string) => string): Promise<void> {
  const file = join(folder, `${slug}.toml`);
  await writeFile(file, change(await readFile(file, 'utf8')));
}

test('a file that changes is in force soon, and one with a fault keeps its last good form', async () => {
  const before = await nameOf('ping');
  await edit('ping', (text) => text.replace(/^slug = .*$/m, 'slug = 7'));
  await edit('ups', (text) => text.replace(/^name = .*$/m, 'name = "A new name"'));
  await waitFor(async () => (await nameOf('ups')) === 'A new name', {
    timeoutMs: 60_000,
    what: 'the changed file in force',
  });
  expect(await nameOf('ping')).toBe(before);
  const { faults } = (await backend.admin('POST', '/api/v1/device-templates/reload')) as {
    faults: { file: string; line: number; message: string }[];
  };
  expect(faults).toEqual([
    {
      file: 'ping.toml',
      line: expect.any(Number) as number,
      message: 'slug: must be text; its last good form stays in force',
    },
  ]);
});
