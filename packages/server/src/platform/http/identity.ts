import type { ComponentType, Role } from '@stratora/contract';

/** The user behind a call: a person or a program, by session cookie or bearer token. */
export interface UserIdentity {
  readonly kind: 'user';
  readonly userId: string;
  readonly username: string;
  readonly role: Role;
  readonly mustChangePassword: boolean;
  readonly via: 'session' | 'bearer';
  /** Id of the session, where `via` is `session`. */
  readonly sessionId: string | undefined;
  /** The token of this very call, where `via` is `bearer`: what ends when its user logs out. */
  readonly bearer?: { readonly hash: Buffer; readonly expiresAt: Date };
}

/** The approved component behind a call, by its API key. */
export interface ComponentIdentity {
  readonly kind: 'component';
  readonly componentId: string;
  readonly type: ComponentType;
  /** Id of the node that an agent reports; undefined for a collector. */
  readonly nodeId: string | undefined;
}

export type Identity = UserIdentity | ComponentIdentity;

declare module 'fastify' {
  interface FastifyRequest {
    /** The caller, set by the scope's check before any handler runs. */
    identity: Identity | undefined;
    /** Address of the caller; of a proxied request, the one that our own front door names. */
    readonly clientAddress: string;
  }
}
