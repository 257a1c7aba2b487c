import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { locateTelegraf, provideTelegraf, TELEGRAF_VERSION, type TelegrafBuild } from './telegraf-binary.ts';

const MODULE_DIR = fileURLToPath(new URL('../../../tools/telegraf', import.meta.url));
let folder: string;
let steps: string[];

/** A stand-in for Go: notes its arguments and makes a program that prints the version it was built for. */
const GO = `#!/bin/sh
echo run >>"$0.log"
sleep 0.3
for word in "$@"; do
  case "$word" in
    -o=*) out="\${word#-o=}";;
    -tags=*) tags="$word";;
    -ldflags=*) version="\${word##*=}";;
  esac
done
[ -z "$GO_FAILS" ] || { echo "go: $GO_FAILS" >&2; exit 1; }
printf '#!/bin/sh\\n# %s\\necho "Telegraf %s"\\n' "$tags" "$version" >"$out"
chmod 755 "$out"
`;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stratora-telegraf-'));
  steps = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function program(path: string, content = '#!/bin/sh\n'): Promise<string> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
  await chmod(file, 0o755);
  return file;
}

function build(options: Partial<TelegrafBuild> = {}): TelegrafBuild {
  return {
    searchPath: `${join(folder, 'go')}:/bin:/usr/bin`,
    cacheDir: join(folder, 'cache'),
    moduleDir: MODULE_DIR,
    inputs: ['snmp', 'cpu'],
    environment: { PATH: '/bin:/usr/bin' },
    onStep: (text) => steps.push(text),
    ...options,
  };
}

it('takes the given binary, then PATH, then the tool cache', async () => {
  const given = await program('given');
  const onPath = await program('bin/telegraf');
  const cached = await program(`cache/telegraf/${TELEGRAF_VERSION}/telegraf`);
  const search = { searchPath: join(folder, 'bin'), cacheDir: join(folder, 'cache') };
  expect(await locateTelegraf({ ...search, binary: given })).toEqual({ path: given, source: 'option' });
  expect(await locateTelegraf(search)).toEqual({ path: onPath, source: 'path' });
  expect(await locateTelegraf({ ...search, searchPath: '' })).toEqual({ path: cached, source: 'cache' });
  expect(await locateTelegraf({ searchPath: '', cacheDir: folder })).toBeUndefined();
  await expect(locateTelegraf({ ...search, binary: join(folder, 'none') })).rejects.toThrow('no program');
});

it('several that ask at once build it once', async () => {
  const go = await program('go/go', GO);
  const all = await Promise.all([
    provideTelegraf(build()),
    provideTelegraf(build()),
    provideTelegraf(build()),
  ]);
  const path = join(folder, 'cache', 'telegraf', TELEGRAF_VERSION, 'telegraf');
  expect(new Set(all.map((found) => found.path))).toEqual(new Set([path]));
  expect(await readFile(`${go}.log`, 'utf8')).toBe('run\n');
  expect(steps).toHaveLength(1);
  expect(await readdir(join(folder, 'cache', 'telegraf'))).toEqual([TELEGRAF_VERSION]);
});

it('builds again when the one of the cache lacks an input', async () => {
  await program('go/go', GO);
  await provideTelegraf(build());
  expect((await provideTelegraf(build())).source).toBe('cache');
  expect((await provideTelegraf(build({ inputs: ['snmp', 'cpu', 'mem'] }))).source).toBe('built');
});

it('says why there is none, and leaves nothing behind', async () => {
  await expect(provideTelegraf(build({ searchPath: '' }))).rejects.toThrow('no Go on PATH');
  await program('go/go', GO);
  const environment = { PATH: '/bin:/usr/bin', GO_FAILS: 'go.mod requires go >= 1.26' };
  await expect(provideTelegraf(build({ environment }))).rejects.toThrow('requires go >= 1.26');
  expect(await readdir(join(folder, 'cache', 'telegraf'))).toEqual([]);
});

it('the version is the one that the module pins', async () => {
  const text = await readFile(join(MODULE_DIR, 'go.mod'), 'utf8');
  expect(text).toContain(`require github.com/influxdata/telegraf v${TELEGRAF_VERSION}\n`);
});
