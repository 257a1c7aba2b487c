import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { provideStoreTool, type StoreToolSearch } from './victoria-metrics-tools.ts';

let folder: string;
let steps: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stratora-tools-'));
  steps = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function provide(options: Partial<StoreToolSearch> = {}) {
  return provideStoreTool('vmauth', {
    searchPath: join(folder, 'bin'),
    cacheDir: join(folder, 'cache'),
    onStep: (text) => steps.push(text),
    debianTools: null,
    ...options,
  });
}

async function program(path: string, text = '#!/bin/sh\n'): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  await chmod(path, 0o755);
  return path;
}

/** Writes stand-ins for apt-get and dpkg: the package holds the store and the named companions. */
async function debianTools(...names: string[]) {
  const files = ['victoria-metrics', ...names].map(
    (name) => `echo "#!/bin/sh" > "$3/usr/bin/${name}"; chmod 755 "$3/usr/bin/${name}"`,
  );
  return {
    aptGet: await program(
      join(folder, 'debian', 'apt-get'),
      '#!/bin/sh\ncase "$*" in *download*) echo deb > vm_1_amd64.deb;; esac\n',
    ),
    dpkg: await program(
      join(folder, 'debian', 'dpkg'),
      `#!/bin/sh\nmkdir -p "$3/usr/bin"\n${files.join('\n')}\n`,
    ),
  };
}

it('fetches the companions of the store once, also where an older cache holds the store alone', async () => {
  await program(join(folder, 'cache', 'victoria-metrics-debian', 'victoria-metrics'));
  const path = await provide({ debianTools: await debianTools('vmauth', 'vmagent') });
  expect(path).toBe(join(folder, 'cache', 'victoria-metrics-tools-debian', 'vmauth'));
  expect(await readdir(dirname(path))).toEqual(['vmagent', 'vmauth']);
  expect(steps).toHaveLength(1);
  expect(await provide()).toBe(path);
  expect(steps).toHaveLength(1);
});

it('prefers what lies beside the given store, and takes what is on PATH', async () => {
  const onPath = await program(join(folder, 'bin', 'vmauth'));
  expect(await provide()).toBe(onPath);
  const beside = await program(join(folder, 'mine', 'vmauth'));
  expect(await provide({ binary: join(folder, 'mine', 'victoria-metrics') })).toBe(beside);
});

it('says which package holds it where nothing can fetch it, or the package lacks it', async () => {
  await expect(provide()).rejects.toThrow('It is part of the package victoria-metrics.');
  await expect(provide({ debianTools: await debianTools('vmagent') })).rejects.toThrow('does not hold it');
});
