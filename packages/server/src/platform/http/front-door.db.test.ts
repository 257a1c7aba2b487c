import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { createHttpClient } from '@stratora/runtime';
import { findBinary, freeTcpPort, startBackend, type TestBackend, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Certificates are made with openssl, which every system that builds this has. */
describe.skipIf(findBinary('openssl') === undefined)('the built-in HTTPS port', () => {
  let backend: TestBackend;
  let port: number;
  const folder = mkdtempSync(join(tmpdir(), 'stratora-front-'));
  const certFile = join(folder, 'cert.pem');
  const keyFile = join(folder, 'key.pem');
  const webDir = join(folder, 'web');

  function makeCertificate(name: string): void {
    const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1'];
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
    const files = ['-keyout', keyFile, '-out', certFile];
    execFileSync('openssl', ['req', '-x509', '-nodes', ...curve, '-days', '2', ...subject, ...files], {
      stdio: 'ignore',
    });
  }

  beforeAll(async () => {
    makeCertificate('first');
    mkdirSync(join(webDir, 'assets'), { recursive: true });
    writeFileSync(join(webDir, 'index.html'), '<!doctype html><title>Stratora</title>');
    writeFileSync(join(webDir, 'assets', 'app-1a2b.js'), 'start();');
    writeFileSync(join(folder, 'secret.txt'), 'not for the web');
    port = await freeTcpPort();
    backend = await startBackend({ config: { webDir, tls: { certFile, keyFile, host: '127.0.0.1', port } } });
  });
  afterAll(async () => {
    await backend?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function get(path: string, headers: Record<string, string> = {}) {
    const client = createHttpClient({
      baseUrl: `https://127.0.0.1:${port}`,
      ca: readFileSync(certFile, 'utf8'),
      timeoutMs: 20_000,
    });
    try {
      return await client.request({ method: 'GET', path, headers });
    } finally {
      client.close();
    }
  }

  function servedName(): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port, ca: readFileSync(certFile) }, () => {
        const { CN: name } = socket.getPeerCertificate().subject;
        socket.destroy();
        resolve(String(name));
      });
      socket.on('error', reject);
    });
  }

  it('serves the API and keeps its own metrics to itself', async () => {
    expect((await get('/api/v1/health')).json()).toMatchObject({ checks: { database: 'ok' } });
    expect((await get('/metrics')).status).toBe(404);
  });

  it('answers plain HTTP with a redirect for readers and nothing of the API', async () => {
    const read = await fetch(`http://127.0.0.1:${port}/nodes?status=offline`, { redirect: 'manual' });
    expect(read.status).toBe(308);
    expect(read.headers.get('location')).toBe(`https://127.0.0.1:${port}/nodes?status=offline`);
    const write = await fetch(`http://127.0.0.1:${port}/api/v1/auth/login`, { method: 'POST', body: '{}' });
    expect(write.status).toBe(400);
    expect(write.headers.get('content-type')).toBe('application/problem+json');
  });

  it('serves the pages of the web UI by any address of theirs', async () => {
    const html = { accept: 'text/html' };
    for (const path of ['/', '/nodes', '/nodes/123?tab=x']) {
      const page = await get(path, html);
      expect(page.status).toBe(200);
      expect(page.text()).toContain('<title>Stratora</title>');
      expect(page.headers['cache-control']).toBe('no-cache');
      expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    }
    const script = await get('/assets/app-1a2b.js');
    expect(script.text()).toBe('start();');
    expect(script.headers['cache-control']).toContain('immutable');
    expect((await get('/assets/app-old.js', html)).status).toBe(404);
    expect((await get('/api/v1/nothing', html)).json()).toMatchObject({ code: 'not_found' });
  });

  it('gives nothing from outside of its folder', async () => {
    for (const path of [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets/../../secret.txt',
    ]) {
      const answer = await get(path);
      expect(answer.text()).not.toContain('not for the web');
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }
  });

  it('takes up a new certificate while it runs', async () => {
    expect(await servedName()).toBe('first');
    makeCertificate('second');
    backend.app.reloadCertificate();
    await waitFor(async () => (await servedName()) === 'second');
  });
});
