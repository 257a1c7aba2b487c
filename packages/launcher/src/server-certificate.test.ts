import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHttpClient } from '@stratora/runtime';
import { ManualClock } from '@stratora/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HostIdentity } from './host-addresses.ts';
import { ensureCertificates } from './server-certificate.ts';

const HOST: HostIdentity = {
  dnsNames: ['localhost', 'plant-7.example'],
  ipAddresses: ['127.0.0.1', '192.0.2.7', '2001:db8::7', '::1'],
};
const DAY_MS = 86_400_000;

let dataDir: string;
let clock: ManualClock;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'stratora-tls-'));
  clock = new ManualClock(Date.now());
});

afterEach(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

async function fingerprints() {
  const files = await ensureCertificates(dataDir, HOST, clock);
  const read = async (path: string) => new X509Certificate(await readFile(path));
  return { ca: await read(files.caFile), server: await read(files.certificateFile), renewed: files.renewed };
}

describe('ensureCertificates', () => {
  it('makes an authority and a certificate that a TLS client accepts by every name', async () => {
    const files = await ensureCertificates(dataDir, HOST, clock);
    const [key, cert, ca] = await Promise.all(
      [files.keyFile, files.certificateFile, files.caFile].map((path) => readFile(path, 'utf8')),
    );
    const server = createServer({ key: key ?? '', cert: cert ?? '' }, (_, response) => response.end('yes'));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    for (const host of ['127.0.0.1', 'localhost']) {
      const client = createHttpClient({
        baseUrl: `https://${host}:${port}`,
        ca: ca ?? '',
        timeoutMs: 20_000,
      });
      expect((await client.request({ method: 'GET', path: '/' })).text()).toBe('yes');
      client.close();
    }
    const blind = createHttpClient({ baseUrl: `https://127.0.0.1:${port}`, timeoutMs: 20_000 });
    await expect(blind.request({ method: 'GET', path: '/' })).rejects.toMatchObject({ reason: 'tls' });
    blind.close();
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
    const certificate = new X509Certificate(cert ?? '');
    expect(certificate.checkHost('plant-7.example')).toBeDefined();
    expect(certificate.checkIP('192.0.2.7')).toBeDefined();
    expect(certificate.ca).toBe(false);
  });

  it('keeps private keys to their owner', async () => {
    const files = await ensureCertificates(dataDir, HOST, clock);
    expect((await stat(files.keyFile)).mode & 0o777).toBe(0o600);
    expect((await stat(join(dataDir, 'tls', 'ca.key'))).mode & 0o777).toBe(0o600);
  });

  it('changes nothing while all is good', async () => {
    const first = await fingerprints();
    await clock.advance(200 * DAY_MS);
    const second = await fingerprints();
    expect(second.renewed).toEqual([]);
    expect(second.server.fingerprint256).toBe(first.server.fingerprint256);
  });

  it('renews the server certificate before its end and keeps the authority', async () => {
    const first = await fingerprints();
    await clock.advance(301 * DAY_MS);
    const second = await fingerprints();
    expect(second.renewed).toEqual([expect.stringMatching(/^server certificate: ends/)]);
    expect(second.ca.fingerprint256).toBe(first.ca.fingerprint256);
    expect(Date.parse(second.server.validTo)).toBeGreaterThan(clock.now() + 380 * DAY_MS);
  });

  it('renews the authority with its key, so that the old one still vouches for the server', async () => {
    const first = await fingerprints();
    await clock.advance(3300 * DAY_MS);
    const second = await fingerprints();
    expect(second.renewed).toHaveLength(2);
    expect(second.ca.fingerprint256).not.toBe(first.ca.fingerprint256);
    expect(second.server.verify(first.ca.publicKey)).toBe(true);
    expect(second.server.verify(second.ca.publicKey)).toBe(true);
  });

  it('makes the certificate out anew when the host gets another address', async () => {
    await fingerprints();
    const moved = { ...HOST, ipAddresses: [...HOST.ipAddresses, '198.51.100.9'] };
    expect((await ensureCertificates(dataDir, moved, clock)).renewed).toEqual([
      'server certificate: not made out to 198.51.100.9',
    ]);
  });

  it('replaces a damaged certificate and one whose key is not its own', async () => {
    const files = await ensureCertificates(dataDir, HOST, clock);
    await writeFile(files.certificateFile, 'garbage');
    expect((await ensureCertificates(dataDir, HOST, clock)).renewed).toEqual(['server certificate: missing']);
    await writeFile(files.keyFile, await readFile(join(dataDir, 'tls', 'ca.key')));
    expect((await ensureCertificates(dataDir, HOST, clock)).renewed).toEqual(['server certificate: missing']);
  });
});
