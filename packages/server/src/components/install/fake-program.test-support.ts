import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../../../..');

/** Makes an installation with the real scripts and a program and a runtime of a few bytes. */
export async function fakeProgram() {
  const folder = await mkdtemp(join(tmpdir(), 'fake-program-'));
  await cp(join(ROOT, 'deploy'), join(folder, 'deploy'), { recursive: true });
  await mkdir(join(folder, 'dist/chunks'), { recursive: true });
  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  await write('LICENSE', 'MIT\n');
  await write('dist/remote.mjs', "import '../../install/testing/chunks/a.mjs';\n");
  await write('dist/chunks/a.mjs', "console.log('0.0.0');\n");
  await write('dist/remote-files.json', JSON.stringify({ files: ['remote.mjs', 'chunks/a.mjs'] }));
  await write('dist/remote-licences.txt', 'of others\n');
  const nodePath = join(folder, 'node');
  await write('node', '#!/bin/sh\nexec node "$@"\n');
  return {
    folder,
    nodePath,
    change: () => write('dist/chunks/a.mjs', "console.log('0.0.1, a longer one');\n"),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
