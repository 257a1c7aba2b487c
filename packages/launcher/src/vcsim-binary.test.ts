import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { GOVMOMI_VERSION, provideVcsim, type VcsimBuild, vcsimPath } from './vcsim-binary.ts';

const MODULE_DIR = fileURLToPath(new URL('../../../tools/vcsim', import.meta.url));
/** A stand-in for Go: notes that it ran, and makes a program that prints the version it was built for. */
const GO = `#!/bin/sh
echo run >>"$0.log"
sleep 0.3
for word in "$@"; do
  case "$word" in
    -o=*) out="\${word#-o=}";;
    -ldflags=*) version="\${word##*=}";;
  esac
done
printf '#!/bin/sh\\necho "%s"\\n' "$version" >"$out"
chmod 755 "$out"
`;
let folder: string;
let build: VcsimBuild;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stratora-vcsim-build-'));
  await mkdir(join(folder, 'go'));
  await cp(MODULE_DIR, join(folder, 'module'), { recursive: true });
  build = {
    searchPath: `${join(folder, 'go')}:/bin:/usr/bin`,
    cacheDir: join(folder, 'cache'),
    moduleDir: join(folder, 'module'),
    environment: { PATH: '/bin:/usr/bin' },
    onStep: () => {},
  };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function bringGo(): Promise<() => Promise<number>> {
  const go = join(folder, 'go', 'go');
  await writeFile(go, GO);
  await chmod(go, 0o755);
  return async () => (await readFile(`${go}.log`, 'utf8')).trim().split('\n').length;
}

it('is built once by however many ask for it at a time', async () => {
  const runs = await bringGo();
  const paths = await Promise.all([provideVcsim(build), provideVcsim(build), provideVcsim(build)]);
  expect(new Set(paths)).toEqual(new Set([vcsimPath(build)]));
  expect(await provideVcsim(build)).toBe(vcsimPath(build));
  expect(await runs()).toBe(1);
});

it('is built anew when its source has changed', async () => {
  const runs = await bringGo();
  const before = await provideVcsim(build);
  await writeFile(join(build.moduleDir, 'main.go'), 'package main\n');
  expect(await provideVcsim(build)).not.toBe(before);
  expect(await runs()).toBe(2);
});

it('says so when there is no Go', async () => {
  await expect(provideVcsim(build)).rejects.toThrow('There is no Go on PATH');
});

it('is of the version that the module pins, which is that of Telegraf', async () => {
  const pinned = /govmomi v(\S+)/;
  const own = await readFile(join(MODULE_DIR, 'go.mod'), 'utf8');
  const telegraf = await readFile(join(MODULE_DIR, '../telegraf/go.mod'), 'utf8');
  expect(pinned.exec(own)?.[1]).toBe(GOVMOMI_VERSION);
  expect(pinned.exec(telegraf)?.[1]).toBe(GOVMOMI_VERSION);
});
