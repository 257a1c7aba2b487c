import type { Server } from 'node:http';
import cookie from '@fastify/cookie';
import { PROBLEM_TYPE } from '@stratora/contract';
import type { Logger } from '@stratora/runtime';
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import type { ClientAddress } from './client-address.ts';
import { appError } from './error-catalogue.ts';
import type { HttpMetrics } from './http-metrics.ts';
import { installJsonBody } from './json-body.ts';
import { handleError, problemOf } from './problem-handler.ts';
import { installRequestLog, newRequestId, REQUEST_ID_HEADER } from './request-log.ts';
import { requestValidator } from './request-validator.ts';
import { COMPONENT_HEADERS, installSecurityHeaders } from './security-headers.ts';
import { installUnfinishedBodies } from './unfinished-body.ts';

/** Time limits of connections; each listener of ours has these, whichever server object it is made of. */
export interface ListenerTimeouts {
  /** Milliseconds between two requests. */
  keepAliveMs: number;
  /** Milliseconds from the first byte to the last of a request's head; on TLS, of the handshake too. */
  headersMs: number;
  /** Milliseconds from the first byte to the last of a whole request. */
  requestMs: number;
  /** Milliseconds for which nothing at all moves on a socket. */
  idleMs: number;
  /** Milliseconds between two looks of Node for heads and requests that took too long. */
  checkEveryMs: number;
}

export const LISTENER_TIMEOUTS: ListenerTimeouts = {
  // Node's default of 5 s is shorter than the 10 s rhythm of components and would cost a TLS handshake each time.
  keepAliveMs: 75_000,
  headersMs: 10_000,
  // 32 MiB of backlog over a thin line takes its time.
  requestMs: 60_000,
  // Event streams send a heartbeat far more often.
  idleMs: 120_000,
  // Node's 30 s would give a slow sender four times what it may take.
  checkEveryMs: 2000,
};

/**
 * Connections that may wait to be accepted: all components come back at once. The bound of Linux (somaxconn) is 4096 by
 * default.
 */
export const LISTEN_BACKLOG = 4096;
export const BODY_LIMIT_BYTES = 1024 * 1024;
export const MAX_HEADER_BYTES = 16_384;

export interface HttpServerOptions {
  logger: Logger;
  metrics: HttpMetrics;
  address: ClientAddress;
}

/** Sets the time limits of a server that is made already; the check interval cannot be set then. */
export function applyTimeouts(server: Server, timeouts: ListenerTimeouts = LISTENER_TIMEOUTS): void {
  server.keepAliveTimeout = timeouts.keepAliveMs;
  server.headersTimeout = timeouts.headersMs;
  server.requestTimeout = timeouts.requestMs;
  server.timeout = timeouts.idleMs;
  server.maxHeadersCount = 100;
  server.maxRequestsPerSocket = 0;
}

/** Makes a Fastify instance with our limits, error answers, headers and logging, and no route yet. */
export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const loggerInstance: FastifyBaseLogger = options.logger;
  const app = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    // A child per request costs more than most requests log; what is logged names its request itself.
    childLoggerFactory: (parent) => parent,
    genReqId: newRequestId,
    bodyLimit: BODY_LIMIT_BYTES,
    keepAliveTimeout: LISTENER_TIMEOUTS.keepAliveMs,
    requestTimeout: LISTENER_TIMEOUTS.requestMs,
    connectionTimeout: LISTENER_TIMEOUTS.idleMs,
    maxRequestsPerSocket: 0,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    // No part of an address is too long for the router: the schema of its route says what is wrong with it.
    routerOptions: { maxParamLength: MAX_HEADER_BYTES, ignoreTrailingSlash: false, caseSensitive: true },
    http: {
      headersTimeout: LISTENER_TIMEOUTS.headersMs,
      connectionsCheckingInterval: LISTENER_TIMEOUTS.checkEveryMs,
      maxHeaderSize: MAX_HEADER_BYTES,
      requireHostHeader: false,
    },
    clientErrorHandler: answerBrokenRequest,
    // An address that cannot be routed: no hook has run.
    frameworkErrors: (error, request, reply) => {
      void reply.headers({ ...COMPONENT_HEADERS, [REQUEST_ID_HEADER]: request.id });
      handleError(error, request, reply);
      const { statusCode: status } = reply;
      options.logger.info({ requestId: request.id, method: request.method, status }, 'request');
    },
  });
  app.server.maxHeadersCount = 100;
  endOpenConnections(app);
  app.setValidatorCompiler(requestValidator);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('identity', undefined);
  app.decorateRequest('keyedCall', undefined);
  app.decorateRequest('clientAddress', {
    getter(this: FastifyRequest) {
      return options.address.of(this);
    },
  });
  app.setErrorHandler(handleError);
  installSecurityHeaders(app);
  installRequestLog(app, options.metrics, options.logger);
  installJsonBody(app);
  installUnfinishedBodies(app);
  app.register(cookie);
  return app;
}

/** Milliseconds that calls in progress get at a stop; event streams would never end by themselves. */
export const STOP_GRACE_MS = 700;

function endOpenConnections(app: FastifyInstance): void {
  app.addHook('preClose', (done) => {
    const timer = setTimeout(() => app.server.closeAllConnections(), STOP_GRACE_MS);
    app.server.once('close', () => clearTimeout(timer));
    done();
  });
}

/** Milliseconds for which the rest of a broken request is still read: a close over it would take the answer back. */
const LINGER_MS = 1000;
const answeredSockets = new WeakSet<object>();

/** Answers what never became a request: too slow, too large a head, or not HTTP. */
export function answerBrokenRequest(
  error: { code?: string },
  socket: { writable: boolean; end(text: string): void; destroy(): void },
): void {
  // Each further piece of a request that is answered is an error again.
  if (answeredSockets.has(socket)) return;
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const problem = problemOf(
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? appError('request_timeout', 'The request did not arrive in time.')
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? appError('head_too_large', 'The head of the request is too large.')
        : appError('bad_request', 'This is not a valid HTTP request.'),
  );
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${problem.status} ${problem.title}\r\ncontent-type: ${PROBLEM_TYPE}\r\n` +
      `x-request-id: ${newRequestId()}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
  answeredSockets.add(socket);
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}
