import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DirectoryError, makeDirectory, makeWritableDirectory } from './directory.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'directory-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const fault = (path: string) =>
  makeWritableDirectory(path).then(
    () => 'was made',
    (error: unknown) =>
      error instanceof DirectoryError ? error.message : `not a plain message: ${String(error)}`,
  );

describe('a folder', () => {
  it('is made with those above it, for its owner alone, and again without harm', async () => {
    const path = join(folder, 'a/b/c');
    await makeDirectory(path);
    await makeDirectory(path);
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    await makeWritableDirectory(path);
    expect(await readdir(path)).toEqual([]);
  });

  it('is made once by several at the same time', async () => {
    const path = join(folder, 'x/y/z');
    await Promise.all(Array.from({ length: 8 }, () => makeDirectory(path)));
    expect(existsSync(path)).toBe(true);
  });

  it('is made behind a link to a folder', async () => {
    await mkdir(join(folder, 'real'));
    await symlink(join(folder, 'real'), join(folder, 'link'));
    await makeDirectory(join(folder, 'link/new'));
    expect(existsSync(join(folder, 'real/new'))).toBe(true);
  });

  it('that cannot be made says why, at once', async () => {
    await writeFile(join(folder, 'file'), '');
    await symlink(join(folder, 'nowhere'), join(folder, 'dangling'));
    await symlink(join(folder, 'round'), join(folder, 'round'));
    expect(await fault(join(folder, 'file'))).toContain('file is not a folder');
    expect(await fault(join(folder, 'file/below/it'))).toContain('file is not a folder');
    expect(await fault(join(folder, 'dangling'))).toContain('is a link to something that does not exist');
    expect(await fault(join(folder, 'dangling/below'))).toContain(
      'is a link to something that does not exist',
    );
    expect(await fault(join(folder, 'round/below'))).toContain('lead round in a circle');
    expect(await fault(join(folder, 'n'.repeat(300)))).toContain('too long');
  });

  it.runIf(process.platform === 'linux')('below /proc is refused instead of tried for ever', async () => {
    expect(await fault('/proc/nothing/here')).toContain('nothing can be made in /proc');
    expect(await fault('/proc/self')).toMatch(/nothing can be made in|no right to write/);
  });

  it('without the right to write is refused', async () => {
    // The administrator may write everywhere: then the folder is looked at as a user without rights.
    const isRoot = process.getuid?.() === 0;
    await chmod(folder, isRoot ? 0o755 : 0o500);
    if (isRoot) process.seteuid?.(65_534);
    try {
      expect(await fault(folder)).toContain('no right to write');
      expect(await fault(join(folder, 'below'))).toContain('no right to write');
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });
});
