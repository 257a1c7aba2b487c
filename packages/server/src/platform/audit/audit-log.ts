import type { FastifyRequest } from 'fastify';
import type { Tx } from '../db/index.ts';
import { userOf } from '../http/index.ts';

/** Who does something: a user, a component, or the server itself. */
export interface Actor {
  /** null for the server and for components. */
  readonly userId: string | null;
  readonly name: string;
  readonly requestId: string | null;
  readonly address: string | null;
}

export const SERVER_ACTOR: Actor = { userId: null, name: 'server', requestId: null, address: null };

/** The user behind a request of the user scope. */
export function actorOf(request: FastifyRequest): Actor {
  const user = userOf(request);
  return { userId: user.userId, name: user.username, requestId: request.id, address: request.clientAddress };
}

export interface AuditAction {
  /** `noun.verb`, such as `node.create`. */
  action: string;
  objectType?: string;
  objectId?: string;
  nodeId?: string;
  /** Never holds a secret. */
  detail?: Record<string, unknown>;
}

/**
 * Writes the row in the transaction of the action itself, as its last statement: the chain's end is one row, and who
 * holds it must not wait for anything else.
 */
export async function appendAudit(tx: Tx, actor: Actor, entry: AuditAction): Promise<void> {
  await tx
    .insertInto('audit_log')
    .values({
      actor_id: actor.userId,
      actor: actor.name,
      action: entry.action,
      object_type: entry.objectType ?? null,
      object_id: entry.objectId ?? null,
      node_id: entry.nodeId ?? null,
      detail: JSON.stringify(entry.detail ?? {}),
      request_id: actor.requestId,
      address: actor.address,
    })
    .execute();
}
