import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADMIN_PASSWORD, freeTcpPort, requireBinary, StratoraSystem, waitFor } from '@stratora/testkit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium } from './quiet-chromium.ts';

const CHROMIUM = requireBinary('chromium');
const NGINX = requireBinary('nginx');
const HOST = 'monitor.example.net';
const HOUR = 3_600_000;

describe.skipIf(CHROMIUM === undefined || NGINX === undefined)('behind a plain reverse proxy', () => {
  let system: StratoraSystem;
  let browser: Browser;
  let proxy: ChildProcess;
  let origin: string;
  const folder = mkdtempSync(join(tmpdir(), 'stratora-proxy-'));

  beforeAll(async () => {
    system = await StratoraSystem.start();
    const port = await freeTcpPort();
    origin = `https://${HOST}:${port}`;
    proxy = startProxy(folder, port, system.ready.url);
    browser = await startChromium(CHROMIUM ?? '', [`--host-resolver-rules=MAP ${HOST} 127.0.0.1`]);
  });
  afterAll(async () => {
    await browser?.close();
    proxy?.kill();
    await system?.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens the web UI through the proxy, logged in, in a browser whose clock is wrong by so much. */
  async function open(wrongMs: number): Promise<Page> {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    await context.addInitScript(`{
      const Real = Date;
      globalThis.Date = class extends Real {
        constructor(...given) { if (given.length === 0) super(Real.now() + ${wrongMs}); else super(...given); }
        static now() { return Real.now() + ${wrongMs}; }
      };
    }`);
    const page = await context.newPage();
    await page.goto(`${origin}/`);
    await page.getByLabel('User name').fill('admin');
    await page.getByLabel('Password', { exact: true }).fill(ADMIN_PASSWORD);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByTitle('Changes arrive as they happen.').waitFor();
    return page;
  }

  it('the live stream comes through, and changes are taken', async () => {
    const page = await open(0);
    await waitFor(
      async () => (await page.getByTitle('Changes arrive as they happen.').innerText()).includes('Live'),
      {
        timeoutMs: 30_000,
        what: 'the live stream through the proxy',
      },
    );
    const status = await page.evaluate(async () => {
      const answer = await fetch('/api/v1/sites', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-requested-with': 'stratora' },
        body: JSON.stringify({ name: 'Behind the proxy' }),
      });
      return answer.status;
    });
    expect(status).toBe(201);
    await page.context().close();
  });

  it.each([3 * HOUR, -3 * HOUR])(
    "a browser's clock that is %i ms wrong changes no range and no age",
    async (wrong) => {
      const page = await open(wrong);
      const ends: number[] = [];
      page.on('request', (request) => {
        if (!request.url().includes('query_range')) return;
        const text = `${new URL(request.url()).search}&${request.postData() ?? ''}`;
        ends.push(Number(/[?&]end=(\d+)/.exec(text)?.[1]));
      });
      const { items } = await system.api.get<{ items: { id: string }[] }>('/api/v1/nodes?limit=5');
      await page.goto(`${origin}/nodes/${items[0]?.id}`);
      await waitFor(() => ends.length > 0, { timeoutMs: 30_000, what: 'a chart that asks for its range' });
      expect(Math.abs((ends[0] ?? 0) * 1000 - Date.now())).toBeLessThan(10 * 60_000);
      const text = await page.locator('main').innerText();
      expect(text).not.toMatch(/\bin \d+ (min|h)\b|\b[23] h ago/);
      await page.context().close();
    },
  );
});

/** An nginx with a certificate of its own and nothing but `proxy_pass`. */
function startProxy(folder: string, port: number, upstream: string): ChildProcess {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const names = ['-subj', `/CN=${HOST}`, '-keyout', key, '-out', certificate];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...names], {
    stdio: 'ignore',
  });
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; events {}
     http { access_log off; ${temporary.join(' ')}
       server { listen 127.0.0.1:${port} ssl; ssl_certificate ${certificate}; ssl_certificate_key ${key};
         location / { proxy_pass ${upstream}; proxy_ssl_verify off; } } }`,
  );
  return spawn(NGINX ?? '', ['-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')], {
    stdio: 'ignore',
  });
}
