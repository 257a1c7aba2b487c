import type { ComponentType, Role } from '@stratora/contract';

/** A person or a program, by session cookie or bearer token. */
export interface UserIdentity {
  readonly kind: 'user';
  readonly userId: string;
  readonly username: string;
  readonly role: Role;
  readonly mustChangePassword: boolean;
  readonly via: 'session' | 'bearer';
  /** Of `via: 'session'` only. */
  readonly sessionId: string | undefined;
}

/** An approved component, by its API key. */
export interface ComponentIdentity {
  readonly kind: 'component';
  readonly componentId: string;
  readonly type: ComponentType;
  /** Agents only. */
  readonly nodeId: string | undefined;
}

export type Identity = UserIdentity | ComponentIdentity;

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the scope's check before any handler runs. */
    identity: Identity | undefined;
    /** Where it comes from; of a proxied request, what our own front door says. */
    readonly clientAddress: string;
  }
}
