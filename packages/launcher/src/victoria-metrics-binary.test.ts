import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findVictoriaMetrics, type Release, type ToolSearch } from './victoria-metrics-binary.ts';

const PROGRAM = '#!/bin/sh\necho fetched\n';
let folder: string;
let server: Server;
let requests: string[];
let steps: string[];

/** Packs one file into a ustar archive. */
function tarGz(name: string, content: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000755\0', 100);
  header.write(content.length.toString(8).padStart(11, '0'), 124);
  header.write('0', 156);
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content);
  return gzipSync(Buffer.concat([header, body, Buffer.alloc(1024)]));
}

const ARCHIVE = tarGz('victoria-metrics-prod', PROGRAM);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stratora-tools-'));
  requests = [];
  steps = [];
  server = createServer((request, response) => {
    requests.push(request.url ?? '');
    response.end(ARCHIVE);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  await rm(folder, { recursive: true, force: true });
});

function release(sha256 = createHash('sha256').update(ARCHIVE).digest('hex')): Release {
  const { port } = server.address() as AddressInfo;
  return {
    version: '9.9.9',
    baseUrl: `http://127.0.0.1:${port}/v9.9.9`,
    files: { here: { name: 'vm.tar.gz', sha256 } },
  };
}

function search(options: Partial<ToolSearch> = {}) {
  return findVictoriaMetrics({
    searchPath: join(folder, 'bin'),
    cacheDir: join(folder, 'cache'),
    onStep: (text) => void steps.push(text),
    release: release(),
    platform: 'here',
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

/** Writes stand-ins for apt-get and dpkg that do what the real ones do to the folders they are given. */
async function debianTools(aptCode = 0) {
  const aptGet = await program(
    join(folder, 'debian', 'apt-get'),
    `#!/bin/sh\n[ ${aptCode} = 0 ] || { echo "E: Unable to locate package" >&2; exit ${aptCode}; }\ncase "$*" in *download*) echo deb > vm_1_amd64.deb;; esac\n`,
  );
  const dpkg = await program(
    join(folder, 'debian', 'dpkg'),
    '#!/bin/sh\nmkdir -p "$3/usr/bin" && echo "#!/bin/sh" > "$3/usr/bin/victoria-metrics" && chmod 755 "$3/usr/bin/victoria-metrics"\n',
  );
  return { aptGet, dpkg };
}

describe('findVictoriaMetrics', () => {
  it('prefers the given binary, then PATH, then the cache, and asks nobody for those', async () => {
    const cached = await program(join(folder, 'cache', 'victoria-metrics-9.9.9', 'victoria-metrics'));
    expect(await search()).toEqual({ path: cached, source: 'cache' });
    const onPath = await program(join(folder, 'bin', 'victoria-metrics'));
    expect(await search()).toEqual({ path: onPath, source: 'path' });
    const binary = await program(join(folder, 'mine'));
    expect(await search({ binary })).toEqual({ path: binary, source: 'option' });
    expect(requests).toEqual([]);
    expect(steps).toEqual([]);
  });

  it('refuses a given binary that is none instead of taking another', async () => {
    await program(join(folder, 'bin', 'victoria-metrics'));
    await expect(search({ binary: join(folder, 'nothing') })).rejects.toThrow(
      'STRATORA_VICTORIA_METRICS_BIN names',
    );
  });

  it("takes the distribution's package before the release, and keeps it", async () => {
    const tools = await debianTools();
    const first = await search({ debianTools: tools });
    expect(first.source).toBe('debian');
    expect(requests).toEqual([]);
    expect(await search()).toEqual({ path: first.path, source: 'cache' });
    expect(await readdir(join(folder, 'cache'))).toEqual(['victoria-metrics-debian']);
  });

  it('takes the release where the package cannot be had', async () => {
    const found = await search({ debianTools: await debianTools(100) });
    expect(found.source).toBe('release');
    expect(await readFile(found.path, 'utf8')).toBe(PROGRAM);
    expect(requests).toEqual(['/v9.9.9/vm.tar.gz']);
    expect((await search()).source).toBe('cache');
  });

  it('uses nothing of a release with another hash', async () => {
    await expect(search({ release: release('0'.repeat(64)) })).rejects.toThrow(
      'is not the file that is expected',
    );
    expect(await readdir(join(folder, 'cache')).catch(() => [])).toEqual([]);
  });

  it('says what was tried and what helps when the network refuses', async () => {
    const refusing: Release = { ...release(), baseUrl: 'http://127.0.0.1:1/v9' };
    const failure = search({ release: refusing, debianTools: await debianTools(100) });
    await expect(failure).rejects.toThrow(/the distribution's package: E: Unable to locate package/);
    await expect(search({ release: refusing })).rejects.toThrow(
      /official release: http:\/\/127\.0\.0\.1:1 cannot be reached[^]*STRATORA_VICTORIA_METRICS_BIN/,
    );
    await expect(search({ platform: 'sunos-sparc' })).rejects.toThrow('there is none for sunos-sparc');
  });

  it('lets two fetches at once end with one good program', async () => {
    const [a, b] = await Promise.all([search(), search()]);
    expect(a.path).toBe(b.path);
    expect(await readFile(a.path, 'utf8')).toBe(PROGRAM);
    expect(await readdir(join(folder, 'cache'))).toEqual(['victoria-metrics-9.9.9']);
  });
});
