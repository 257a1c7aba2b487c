import { readFileSync, statSync } from 'node:fs';
import {
  createServer as createPlainServer,
  type IncomingMessage,
  type Server as PlainServer,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import { PROBLEM_TYPE } from '@stratora/contract';
import { type Logger, type Periodic, periodic } from '@stratora/runtime';
import { appError } from './error-catalogue.ts';
import {
  answerBrokenRequest,
  applyTimeouts,
  LISTEN_BACKLOG,
  LISTENER_TIMEOUTS,
  type ListenerTimeouts,
  MAX_HEADER_BYTES,
  STOP_GRACE_MS,
} from './http-server.ts';
import { problemOf } from './problem-handler.ts';
import type { RequestHandler } from './request-front.ts';
import { newRequestId, REQUEST_ID_HEADER } from './request-log.ts';

export interface TlsListenerOptions {
  host: string;
  port: number;
  certFile: string;
  keyFile: string;
  logger: Logger;
  handle: RequestHandler;
  /** Other time limits, for tests that cannot wait. */
  timeouts?: ListenerTimeouts;
}

export interface TlsListener {
  /** Listens. @returns the port, which differs from the given one when that was 0 */
  listen(): Promise<number>;
  /** Reads the certificate now instead of at the next look. */
  reload(): void;
  close(): Promise<void>;
}

/** First byte of a TLS record that carries a handshake (RFC 8446, section 5.1). */
const TLS_HANDSHAKE = 0x16;
const RELOAD_EVERY_MS = 5000;

/** TLS 1.2 and 1.3 with forward secrecy only, as at the front door. */
const TLS_SETTINGS: SecureContextOptions = {
  minVersion: 'TLSv1.2',
  ciphers:
    'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:' +
    'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:' +
    'ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305',
};

/**
 * Builds the listener of the built-in HTTPS port. Plain HTTP on the same port gets a redirect for browsers and nothing
 * else; a certificate that changes on disk serves new connections within seconds, and one that cannot be read leaves
 * the old in place.
 */
export function createTlsListener(options: TlsListenerOptions): TlsListener {
  const timeouts = options.timeouts ?? LISTENER_TIMEOUTS;
  const sockets = new Set<Socket>();
  const plain = createRedirector(timeouts);
  const tls = createSecureServer(options, timeouts);
  sortConnections(tls, { sockets, plain, timeouts });
  const reload = watchCertificate(options, (context) =>
    tls.setSecureContext({ ...TLS_SETTINGS, ...context }),
  );
  return {
    listen: () =>
      new Promise((resolve, reject) => {
        tls.once('error', reject);
        tls.listen({ host: options.host, port: options.port, backlog: LISTEN_BACKLOG }, () => {
          tls.off('error', reject);
          reload.start();
          resolve((tls.address() as AddressInfo).port);
        });
      }),
    reload: () => reload.trigger(),
    async close() {
      await reload.stop();
      const closed = new Promise((resolve) => {
        tls.close(resolve);
      });
      const late = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, STOP_GRACE_MS);
      const idle = setInterval(() => tls.closeIdleConnections(), 100);
      await closed;
      clearTimeout(late);
      clearInterval(idle);
    },
  };
}

function createSecureServer(options: TlsListenerOptions, timeouts: ListenerTimeouts): TlsServer {
  const tls = createTlsServer({
    ...TLS_SETTINGS,
    ...readCertificate(options),
    ALPNProtocols: ['http/1.1'],
    handshakeTimeout: timeouts.headersMs,
    connectionsCheckingInterval: timeouts.checkEveryMs,
    maxHeaderSize: MAX_HEADER_BYTES,
    requireHostHeader: false,
  });
  tls.on('request', options.handle);
  tls.on('checkExpectation', options.handle);
  tls.on('clientError', answerBrokenRequest);
  tls.on('tlsClientError', (_, socket) => socket.destroy());
  applyTimeouts(tls, timeouts);
  return tls;
}

/**
 * Makes the server that redirects plain HTTP. It never listens, so Node times nothing for it: each connection has a
 * deadline.
 */
function createRedirector(timeouts: ListenerTimeouts): PlainServer {
  const plain = createPlainServer({ maxHeaderSize: MAX_HEADER_BYTES, requireHostHeader: false }, redirect);
  plain.on('clientError', answerBrokenRequest);
  plain.keepAliveTimeout = 1;
  plain.on('connection', (socket: Socket) => {
    const deadline = setTimeout(() => socket.destroy(), timeouts.headersMs);
    socket.once('close', () => clearTimeout(deadline));
  });
  return plain;
}

interface Sorting {
  /** Every open connection. */
  sockets: Set<Socket>;
  plain: PlainServer;
  timeouts: ListenerTimeouts;
}

/**
 * Lets a connection reach TLS only when its first byte says so. The TLS server is the one that listens, since Node
 * watches for slow heads and idle connections only on a server that does.
 */
function sortConnections(tls: TlsServer, { sockets, plain, timeouts }: Sorting): void {
  const shake = tls.listeners('connection') as ((socket: Socket) => void)[];
  tls.removeAllListeners('connection');
  tls.on('connection', (socket: Socket) => {
    sockets.add(socket);
    const drop = () => socket.destroy();
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', drop);
    socket.setTimeout(timeouts.headersMs, drop);
    socket.once('data', (chunk: Buffer) => {
      socket.pause();
      socket.setTimeout(0);
      socket.off('timeout', drop);
      socket.unshift(chunk);
      if (chunk[0] === TLS_HANDSHAKE) for (const listener of shake) listener.call(tls, socket);
      else plain.emit('connection', socket);
      process.nextTick(() => socket.resume());
    });
  });
}

/** Redirects reading calls to HTTPS; nothing is ever answered or changed in the clear. */
function redirect(request: IncomingMessage, response: ServerResponse): void {
  const host = request.headers.host ?? '';
  const isSafe = request.method === 'GET' || request.method === 'HEAD';
  if (!isSafe || !/^[a-zA-Z0-9.:[\]-]{1,255}$/.test(host) || !(request.url ?? '').startsWith('/')) {
    const problem = problemOf(appError('bad_request', 'This port speaks HTTPS only.'));
    const body = JSON.stringify(problem);
    response
      .writeHead(problem.status, {
        [REQUEST_ID_HEADER]: newRequestId(),
        'content-type': PROBLEM_TYPE,
        'content-length': Buffer.byteLength(body),
        'cache-control': 'no-store',
        connection: 'close',
      })
      .end(body);
    return;
  }
  response.writeHead(308, { connection: 'close', location: `https://${host}${request.url}` }).end();
}

function readCertificate({ certFile, keyFile }: TlsListenerOptions): { cert: string; key: string } {
  return { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
}

function watchCertificate(
  options: TlsListenerOptions,
  apply: (context: { cert: string; key: string }) => void,
): Periodic {
  const stamp = () =>
    [options.certFile, options.keyFile]
      .map((file) => `${statSync(file).mtimeMs}:${statSync(file).ino}`)
      .join();
  let seen = stamp();
  return periodic({
    name: 'certificate-reload',
    intervalMs: RELOAD_EVERY_MS,
    logger: options.logger,
    run: async () => {
      const now = stamp();
      if (now === seen) return;
      apply(readCertificate(options));
      seen = now;
      options.logger.info('serving a new certificate');
    },
  });
}
