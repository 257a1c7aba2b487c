import type { IncomingMessage, ServerResponse } from 'node:http';
import { PROBLEM_TYPE } from '@stratora/contract';
import type { AppError, Logger } from '@stratora/runtime';
import type { FastifyInstance } from 'fastify';
import { appError } from './error-catalogue.ts';
import { problemOf, retryAfterSeconds } from './problem-handler.ts';
import { newRequestId, REQUEST_ID_HEADER } from './request-log.ts';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * A handler of one frequent kind of request, which answers exactly as the route would; false leaves the request to the
 * router, untouched.
 */
export type FastPath = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Puts fast paths in front of the router; every listener of ours hands its requests to them. From the moment the server
 * begins to stop, senders are told to come back, each after a time of its own.
 */
export function installFastPaths(
  app: FastifyInstance,
  paths: readonly FastPath[],
  logger: Logger,
): RequestHandler {
  let isClosing = false;
  app.addHook('preClose', (done) => {
    isClosing = true;
    done();
  });
  const route: RequestHandler = (request, response) => app.routing(request, response);
  const handle: RequestHandler = (request, response) => {
    if (isClosing) {
      answerFault(response, appError('overloaded', 'The server is stopping; try again shortly.'));
      return;
    }
    // Node would answer it by itself, with no word of what is wrong.
    if (request.headers.host === undefined && request.httpVersion === '1.1') {
      answerFault(response, appError('bad_request', 'The request has no Host header.'));
      return;
    }
    for (const path of paths) {
      try {
        if (path(request, response)) return;
      } catch (error) {
        logger.error({ err: error, url: request.url }, 'fast path failed');
        if (!response.headersSent) break;
        response.destroy();
        return;
      }
    }
    route(request, response);
  };
  app.server.removeAllListeners('request');
  app.server.on('request', handle);
  // An expectation that nobody knows is no reason to refuse what is asked (RFC 9110, section 10.1.1: "may").
  app.server.on('checkExpectation', handle);
  return handle;
}

function answerFault(response: ServerResponse, error: AppError): void {
  const problem = problemOf(error);
  const body = JSON.stringify(problem);
  response
    .writeHead(problem.status, {
      [REQUEST_ID_HEADER]: newRequestId(),
      ...(problem.status === 503 ? { 'retry-after': String(retryAfterSeconds()) } : {}),
      'content-type': PROBLEM_TYPE,
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
      connection: 'close',
    })
    .end(body);
}
