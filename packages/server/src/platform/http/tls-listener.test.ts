import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { silentLogger } from '@stratora/runtime';
import { findBinary, STALL_MS } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTlsListener, type TlsListener } from './tls-listener.ts';

/** Tenths of what the product waits. */
const TIMEOUTS = { keepAliveMs: 2000, headersMs: 400, requestMs: 800, idleMs: 3000, checkEveryMs: 50 };

describe.skipIf(findBinary('openssl') === undefined)('the built-in TLS listener', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stratora-tls-'));
  const certFile = join(folder, 'cert.pem');
  const keyFile = join(folder, 'key.pem');
  let listener: TlsListener;
  let port: number;

  beforeAll(async () => {
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
    const subject = ['-days', '2', '-subj', '/CN=t', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const files = ['-keyout', keyFile, '-out', certFile];
    execFileSync('openssl', ['req', '-x509', '-nodes', ...curve, ...subject, ...files], { stdio: 'ignore' });
    listener = createTlsListener({
      host: '127.0.0.1',
      port: 0,
      certFile,
      keyFile,
      logger: silentLogger(),
      timeouts: TIMEOUTS,
      handle: (request, response) => {
        request.resume().on('end', () => response.end('fine'));
      },
    });
    port = await listener.listen();
  });
  afterAll(async () => {
    await listener?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const secure = () =>
    new Promise<TLSSocket>((resolve, reject) => {
      const socket = connectTls({ host: '127.0.0.1', port, ca: readFileSync(certFile) }, () =>
        resolve(socket),
      );
      socket.on('error', reject);
    });
  const plain = () =>
    new Promise<Socket>((resolve, reject) => {
      const socket = createConnection(port, '127.0.0.1', () => resolve(socket));
      socket.on('error', reject);
    });

  /** What comes until the other side closes, and how long that took. */
  function toEnd(socket: Socket): Promise<{ text: string; ms: number }> {
    const startedAt = performance.now();
    let text = '';
    return new Promise((resolve) => {
      socket.on('data', (chunk) => {
        text += chunk.toString();
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve({ text, ms: performance.now() - startedAt }));
    });
  }

  /** One byte each 100 ms, as a slow-loris does, until the other side has enough. */
  function drip(socket: Socket, text: string): void {
    let at = 0;
    const timer = setInterval(() => {
      if (at < text.length) socket.write(text[at] ?? '');
      at += 1;
    }, 100);
    socket.on('close', () => clearInterval(timer));
  }

  const HEAD = 'GET / HTTP/1.1\r\nHost: t\r\n';

  it('ends a head that comes byte by byte, with a word', async () => {
    const socket = await secure();
    const ended = toEnd(socket);
    drip(socket, `${HEAD}X: ${'y'.repeat(1000)}`);
    const { text, ms } = await ended;
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(text).toContain('"code":"request_timeout"');
    expect(ms).toBeLessThan(2000 + STALL_MS);
  });

  it('ends a body that comes byte by byte', async () => {
    const socket = await secure();
    const ended = toEnd(socket);
    socket.write('POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 1000\r\n\r\n');
    drip(socket, 'z'.repeat(1000));
    const { text, ms } = await ended;
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(ms).toBeLessThan(3000 + STALL_MS);
  });

  it('waits neither for a first byte nor for the rest of a handshake', async () => {
    const silent = toEnd(await plain());
    const half = await plain();
    const halfEnded = toEnd(half);
    // The head of a record with a client hello of 512 bytes that never comes.
    half.write(Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01]));
    for (const { text, ms } of await Promise.all([silent, halfEnded])) {
      expect(text).not.toContain('HTTP');
      expect(ms).toBeLessThan(2500 + STALL_MS);
    }
  });

  it('ends plain HTTP that never comes to its end', async () => {
    const socket = await plain();
    const ended = toEnd(socket);
    drip(socket, `${HEAD}X: ${'y'.repeat(1000)}`);
    expect((await ended).ms).toBeLessThan(2000 + STALL_MS);
  });

  it('keeps a connection between two requests, and closes one that stays silent', async () => {
    const socket = await secure();
    const ended = toEnd(socket);
    for (let request = 0; request < 3; request += 1) {
      const answered = once(socket, 'data');
      socket.write(`${HEAD}\r\n`);
      await answered;
    }
    const { text, ms } = await ended;
    expect(text.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(3);
    expect(text).toContain('Keep-Alive: timeout=');
    expect(ms).toBeGreaterThan(1900);
    expect(ms).toBeLessThan(6000 + STALL_MS);
  });

  it('stops at once with idle connections open', async () => {
    const other = createTlsListener({
      host: '127.0.0.1',
      port: 0,
      certFile,
      keyFile,
      logger: silentLogger(),
      handle: (_, response) => response.end('fine'),
    });
    const otherPort = await other.listen();
    const socket = connectTls({ host: '127.0.0.1', port: otherPort, ca: readFileSync(certFile) });
    const ended = toEnd(socket);
    socket.write(`${HEAD}\r\n`);
    await new Promise((resolve) => {
      socket.once('data', resolve);
    });
    const startedAt = performance.now();
    await other.close();
    expect(performance.now() - startedAt).toBeLessThan(600 + STALL_MS);
    await ended;
  });
});
