import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startBackend, TestAuthority, type TestBackend } from '@stratora/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeProgram } from './fake-program.test-support.ts';
import { InstallService } from './install-service.ts';

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');

describe('the way to another host', () => {
  let authority: TestAuthority;
  let program: Awaited<ReturnType<typeof fakeProgram>>;
  let backend: TestBackend;
  let bare: TestBackend;

  beforeAll(async () => {
    authority = await TestAuthority.create('server.test');
    program = await fakeProgram();
    backend = await startBackend({ config: { programDir: program.folder, caFile: authority.caFile } });
    bare = await startBackend({ database: backend.database, config: { caFile: undefined } });
  });
  afterAll(async () => {
    await bare?.stop();
    await backend?.stop();
    await program?.remove();
    await authority?.dispose();
  });

  const fetchBytes = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(backend.url + path, { headers });
    return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
  };
  const deployment = () =>
    backend.admin('GET', '/api/v1/deployment') as Promise<{
      server_url: string;
      ca_sha256: string;
      version: string;
      scripts: Record<string, { path: string; sha256: string } | null>;
    }>;
  const native = `stratora-${process.platform}-${process.arch}.tar.gz`;

  it('is pinned from the page to the program: each hash is that of what is served', async () => {
    const told = await deployment();
    expect(told).toMatchObject({ server_url: 'https://stratora.test:8443', version: '0.0.0-test' });
    const ca = await fetchBytes('/install/ca.crt');
    expect(ca.bytes.toString()).toBe(authority.ca);
    for (const kind of ['linux', 'windows', 'container']) {
      const script = told.scripts[kind];
      const { bytes, headers } = await fetchBytes(script?.path ?? '');
      expect(sha256(bytes)).toBe(script?.sha256);
      expect(headers.get('etag')).toBe(`"${script?.sha256}"`);
      expect(bytes.toString()).toContain(`'${told.ca_sha256}'`);
      expect(bytes.toString()).not.toMatch(/'@[A-Z0-9_]+@'/);
    }
    const script = (await fetchBytes('/install/linux.sh')).bytes.toString();
    for (const name of [native, 'stratora-any.tar.gz']) {
      const { bytes } = await fetchBytes(`/install/${name}`);
      expect(script).toContain(sha256(bytes));
    }
  });

  it('has a strong entity tag, so that nothing is sent twice', async () => {
    const first = await fetchBytes(`/install/${native}`);
    expect(first.status).toBe(200);
    expect(Number(first.headers.get('content-length'))).toBe(first.bytes.length);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toBe(`"${sha256(first.bytes)}"`);
    for (const path of [`/install/${native}`, '/install/linux.sh']) {
      const tag = (await fetchBytes(path)).headers.get('etag') ?? '';
      for (const known of [`W/"x", ${tag}`, `W/${tag}`, '*']) {
        const again = await fetchBytes(path, { 'if-none-match': known });
        expect([known, again.status, again.bytes.length]).toEqual([known, 304, 0]);
      }
      expect((await fetchBytes(path, { 'if-none-match': tag.slice(1, -1) })).status).toBe(200);
    }
  });

  it('is open to everybody, but for what the commands are made of', async () => {
    for (const path of ['/install/ca.crt', '/install/linux.sh', `/install/${native}`]) {
      expect((await backend.call('GET', path)).status).toBe(200);
    }
    expect((await backend.call('GET', '/api/v1/deployment')).status).toBe(401);
  });

  it.each(['/install/nothing', '/install/..%2f..%2fetc%2fpasswd', '/install/%2e%2e/LICENSE', '/install/'])(
    'leads nowhere else: %s',
    async (path) => {
      expect([400, 404]).toContain((await backend.call('GET', path)).status);
    },
  );

  it('is not there on a server that has no program or no authority of its own', async () => {
    expect(await bare.admin('GET', '/api/v1/deployment')).toMatchObject({
      ca_sha256: null,
      scripts: { linux: null, windows: null, container: null },
    });
    for (const path of ['/install/ca.crt', '/install/linux.sh', `/install/${native}`]) {
      expect((await bare.call('GET', path)).status).toBe(404);
    }
  });

  describe('as it is kept', () => {
    let dataDir: string;
    beforeEach(async () => {
      dataDir = join(program.folder, 'data');
      await rm(dataDir, { recursive: true, force: true });
    });

    const open = () =>
      new InstallService({
        programDir: program.folder,
        dataDir,
        version: '1.0.0',
        publicUrl: 'https://127.0.0.1:8443',
        caFile: authority.caFile,
        nodePath: program.nodePath,
      });
    const kept = () => readdir(join(dataDir, 'install'));

    it('is made once, also for many who ask at once, and found again by the next start', async () => {
      const service = open();
      const all = await Promise.all(Array.from({ length: 20 }, () => service.archive(native)));
      expect(new Set(all.map((archive) => archive?.path)).size).toBe(1);
      expect(await kept()).toHaveLength(1);
      expect((await open().archive(native))?.sha256).toBe(all[0]?.sha256);
    });

    it('is the same on every server of one version', async () => {
      const first = await open().archive(native);
      await rm(dataDir, { recursive: true });
      expect((await open().archive(native))?.sha256).toBe(first?.sha256);
    });

    it('is made anew when it was damaged, and when the program is another one', async () => {
      const first = await open().archive(native);
      await writeFile(first?.path ?? '', 'damaged');
      const second = await open().archive(native);
      expect(second?.sha256).toBe(first?.sha256);
      expect(sha256(await readFile(second?.path ?? ''))).toBe(first?.sha256);
      await program.change();
      const third = await open().archive(native);
      expect(third?.sha256).not.toBe(first?.sha256);
      expect(await kept()).toHaveLength(1);
    });

    it('says an address that means something to others', async () => {
      const { server_url: told } = await open().deployment('https://10.0.0.5:8443');
      expect(told).toBe('https://10.0.0.5:8443');
    });
  });
});
