import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TarEntry, tarArchive } from './tar-archive.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tar-archive-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const entry = (name: string, content: string, executable = false): TarEntry => ({
  name,
  executable,
  size: Buffer.byteLength(content),
  body: () => [Buffer.from(content)],
});

async function bytesOf(entries: readonly TarEntry[]): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of tarArchive(entries)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

test('the tar of the system unpacks it, whatever the sizes, with its modes', async () => {
  const sizes = [0, 1, 511, 512, 513, 5000];
  const entries = sizes.map((size) => entry(`top/deep/size-${size}`, 'x'.repeat(size), size === 1));
  await writeFile(join(folder, 'a.tar'), await bytesOf(entries));
  execFileSync('tar', ['-xf', 'a.tar'], { cwd: folder });
  for (const size of sizes) {
    const path = join(folder, `top/deep/size-${size}`);
    expect(await readFile(path, 'utf8')).toBe('x'.repeat(size));
    expect((await stat(path)).mode & 0o777).toBe(size === 1 ? 0o755 : 0o644);
  }
});

test('the same entries are the same bytes', async () => {
  const entries = [entry('a', 'one'), entry('b', 'two')];
  expect(await bytesOf(entries)).toEqual(await bytesOf(entries));
});

test('a file that changed its size while it was read, or has too long a name, is no archive', async () => {
  await expect(bytesOf([{ ...entry('a', 'four'), size: 5 }])).rejects.toThrow('a has 4 bytes instead of 5');
  await expect(bytesOf([entry('n'.repeat(101), '')])).rejects.toThrow('too long');
});
