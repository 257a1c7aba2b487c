import { createHash, randomBytes } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type DownloadError, downloadFile } from './release-download.ts';

const FILE = randomBytes(300_000);
const SHA256 = createHash('sha256').update(FILE).digest('hex');
const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  }
});

function download(url: string, options: { maxBytes?: number; timeoutMs?: number } = {}) {
  const progress: number[] = [];
  const result = downloadFile({
    url,
    sha256: SHA256,
    maxBytes: 1e6,
    timeoutMs: 20_000,
    ...options,
    onProgress: (received, total) => void progress.push(received / (total ?? Number.NaN)),
  });
  return { result, progress };
}

async function faultOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'none',
    (error: DownloadError) => `${error.fault}: ${error.message}`,
  );
}

describe('downloadFile', () => {
  it('fetches, tells its progress and checks the hash', async () => {
    const base = await serve((_, response) => response.end(FILE));
    const { result, progress } = download(`${base}/file`);
    expect((await result).equals(FILE)).toBe(true);
    expect(progress.at(-1)).toBe(1);
  });

  it('refuses a file that is not the expected one', async () => {
    const base = await serve((_, response) => response.end(Buffer.concat([FILE, Buffer.from('x')])));
    expect(await faultOf(download(`${base}/file`).result)).toMatch(/^checksum: .*SHA-256 is [0-9a-f]{64}/);
  });

  it('follows redirects to another host, and not for ever', async () => {
    const store = await serve((_, response) => response.end(FILE));
    const page = await serve((request, response) => {
      const location = request.url === '/circle' ? '/circle' : `${store}/object?x=1`;
      response.writeHead(302, { location }).end();
    });
    expect((await download(`${page}/file`).result).length).toBe(FILE.length);
    expect(await faultOf(download(`${page}/circle`).result)).toContain('answer: ');
  });

  it('says who cannot be reached when the network refuses', async () => {
    const base = await serve(() => {});
    const closed = new URL(base);
    await new Promise((resolve) => {
      servers.pop()?.close(resolve);
    });
    expect(await faultOf(download(closed.href).result)).toMatch(
      /^network: http:\/\/127\.0\.0\.1:\d+ cannot be reached/,
    );
    const silent = await serve(() => {});
    expect(await faultOf(download(`${silent}/file`, { timeoutMs: 200 }).result)).toMatch(
      /^network: .*timeout/,
    );
  });

  it('stops at an answer that is too large, an error page and a cut connection', async () => {
    const large = await serve((_, response) => response.end(FILE));
    expect(await faultOf(download(large, { maxBytes: 1000 }).result)).toMatch(/^network: .*too_large/);
    const missing = await serve((_, response) => response.writeHead(404).end());
    expect(await faultOf(download(missing).result)).toMatch(/^answer: .*status 404/);
    const cut = await serve((_, response) => {
      response.writeHead(200, { 'content-length': FILE.length }).write(FILE.subarray(0, 1000));
      setTimeout(() => response.destroy(), 50);
    });
    expect(await faultOf(download(cut).result)).toMatch(/^network: /);
  });
});
