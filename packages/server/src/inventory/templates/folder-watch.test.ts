import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FolderWatch } from './folder-watch.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stratora-watch-'));
  await writeFile(join(folder, 'a.toml'), 'one');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('tells a change once, when the files have come to rest', async () => {
  const watch = new FolderWatch(folder);
  expect([await watch.look(), await watch.look()]).toEqual([false, false]);
  await writeFile(join(folder, 'a.toml'), 'longer');
  expect(await watch.look()).toBe(false);
  await writeFile(join(folder, 'a.toml'), 'longer still');
  expect(await watch.look()).toBe(false);
  expect([await watch.look(), await watch.look()]).toEqual([true, false]);
});

it('tells of files that come and go, and of no others', async () => {
  const watch = new FolderWatch(folder);
  await watch.look();
  await writeFile(join(folder, 'notes.txt'), 'x');
  expect([await watch.look(), await watch.look()]).toEqual([false, false]);
  await writeFile(join(folder, 'b.toml'), 'x');
  expect([await watch.look(), await watch.look()]).toEqual([false, true]);
  await rm(join(folder, 'b.toml'));
  expect([await watch.look(), await watch.look()]).toEqual([false, true]);
});
