import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Tx } from '../db/index.ts';

/** What the transaction of a call with an `Idempotency-Key` does, so that a repeat is answered like it. */
export interface KeyedCall {
  /** Takes the key, as the first statement. @throws AppError idempotency_key_in_use */
  begin(tx: Tx): Promise<void>;
  /** Keeps the body of the answer, as the last statement. */
  keep(tx: Tx, answer: unknown): Promise<void>;
}

/** Finds the answer to an earlier call with the key of a request, else what makes this one the first. */
export type LookForRepeat = (
  request: FastifyRequest,
) => Promise<{ answer: unknown } | { first: KeyedCall } | undefined>;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True where an `Idempotency-Key` is honoured: the handler's transaction is made by `once`. */
    isRepeatable?: boolean;
  }
  interface FastifyRequest {
    /** What the handler's transaction does for the key of this call. */
    keyedCall: KeyedCall | undefined;
  }
}

/** Answers repeats of calls before their handlers run. */
export function installRepeats(app: FastifyInstance, look: LookForRepeat): void {
  app.addHook('onRoute', ({ method, url, config, schema }) => {
    if (config?.isRepeatable && successOf(schema?.response) === undefined) {
      throw new Error(`route ${String(method)} ${url} is repeatable and declares no one status of success`);
    }
  });
  app.addHook('preHandler', async (request, reply) => {
    if (!request.routeOptions.config.isRepeatable) return undefined;
    const found = await look(request);
    if (found === undefined) return undefined;
    if ('answer' in found) {
      return reply.code(successOf(request.routeOptions.schema?.response) ?? 200).send(found.answer);
    }
    request.keyedCall = found.first;
    return undefined;
  });
}

/** Returns the one status of success that a route declares. */
function successOf(response: unknown): number | undefined {
  const statuses = Object.keys(response ?? {}).filter((status) => status.startsWith('2'));
  return statuses.length === 1 ? Number(statuses[0]) : undefined;
}
