import type { FastifyRequest } from 'fastify';
import { type KeyedCall, userOf } from '../http/index.ts';

/** The one who does something: a user, a component, or the server itself. */
export interface Actor {
  /** Id of the user; null for the server and for components. */
  readonly userId: string | null;
  readonly name: string;
  readonly requestId: string | null;
  readonly address: string | null;
  /** The key by which the call may be repeated; its transaction is made by `once`. */
  readonly call?: KeyedCall;
}

export const SERVER_ACTOR: Actor = { userId: null, name: 'server', requestId: null, address: null };

/** Returns the user behind a request of the user scope. */
export function actorOf(request: FastifyRequest): Actor {
  const user = userOf(request);
  return {
    userId: user.userId,
    name: user.username,
    requestId: request.id,
    address: request.clientAddress,
    ...(request.keyedCall && { call: request.keyedCall }),
  };
}
