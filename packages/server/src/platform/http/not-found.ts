import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { appError } from './error-catalogue.ts';
import { sendProblem } from './problem-handler.ts';
import type { RouteEntry } from './route-access.ts';

/** Finds the methods that a path has, where a call used another one. */
export class MethodFinder {
  readonly #patterns = new Map<string, { expression: RegExp; methods: Set<string> }>();

  constructor(table: readonly RouteEntry[]) {
    for (const { url, method } of table) {
      if (url.includes('*')) continue;
      const known = this.#patterns.get(url);
      if (known) known.methods.add(method);
      else {
        const source = url
          .split('/')
          .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')))
          .join('/');
        this.#patterns.set(url, { expression: new RegExp(`^${source}$`), methods: new Set([method]) });
      }
    }
  }

  methodsOf(path: string): string[] {
    const methods = new Set<string>();
    for (const { expression, methods: own } of this.#patterns.values()) {
      if (expression.test(path)) for (const method of own) methods.add(method);
    }
    return [...methods].sort();
  }
}

/** Installs the answer 404 or 405 as a problem document, unless `fallback` (the web UI) takes the request. */
export function installNotFound(
  app: FastifyInstance,
  table: readonly RouteEntry[],
  fallback?: (request: FastifyRequest, reply: FastifyReply) => boolean,
): void {
  let finder: MethodFinder | undefined;
  app.setNotFoundHandler((request, reply) => {
    finder ??= new MethodFinder(table);
    const path = request.url.split('?', 1)[0] ?? '/';
    const methods = finder.methodsOf(path);
    if (methods.length > 0 && !methods.includes(request.method)) {
      void reply.header('allow', methods.join(', '));
      sendProblem(reply, appError('method_not_allowed', `This address takes ${methods.join(', ')}.`));
      return;
    }
    if (fallback?.(request, reply)) return;
    sendProblem(reply, appError('not_found', 'There is nothing at this address.'));
  });
}
