import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '@stratora/runtime';
import type { FastifyInstance } from 'fastify';
import { appError } from './error-catalogue.ts';
import { PROBLEM_TYPE, problemOf, retryAfterSeconds } from './problem-handler.ts';
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
      answerClosing(response);
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
  return handle;
}

function answerClosing(response: ServerResponse): void {
  const problem = problemOf(appError('overloaded', 'The server is stopping; try again shortly.'));
  response
    .writeHead(problem.status, {
      [REQUEST_ID_HEADER]: newRequestId(),
      'retry-after': String(retryAfterSeconds()),
      'content-type': PROBLEM_TYPE,
      'cache-control': 'no-store',
      connection: 'close',
    })
    .end(JSON.stringify(problem));
}
