import type { ComponentType } from '@stratora/contract';
import type { FastifyInstance, RouteOptions } from 'fastify';
import type { EntityKind } from './entity-tag.ts';
import type { Permission } from './permissions.ts';
import type { RouteDocument } from './route-document.ts';

/** The callers that a route is for. Every route declares them; a server with a route that does not does not start. */
export type RouteAccess =
  | { readonly scope: 'public' }
  /** For approved components of this type, by API key. */
  | { readonly scope: 'component'; readonly type: ComponentType | 'any' }
  | { readonly scope: 'user'; readonly permission: Permission };

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: RouteAccess;
  }
}

export interface RouteEntry {
  readonly method: string;
  readonly url: string;
  readonly access: RouteAccess;
  readonly isRepeatable: boolean;
}

export const publicAccess: RouteAccess = { scope: 'public' };

/** What the user scope does for a route, beside the check of its caller, and what the API document says of it. */
export interface RouteTraits extends RouteDocument {
  /** The single resource that the route answers with or writes: it has an `ETag`, and `If-Match` is honoured. */
  readonly entity?: EntityKind<never>;
  /** True where a repeat with the same `Idempotency-Key` is answered like the first. */
  readonly isRepeatable?: boolean;
}

/** The config of a route, to be spread into its options. */
export interface RouteConfig {
  config: { access: RouteAccess; document: RouteDocument };
}

/** @param document what the API document says of the route beside its schemas */
export function openAccess(document: RouteDocument = {}): RouteConfig {
  return { config: { access: publicAccess, document } };
}

export function userAccess(
  permission: Permission,
  { entity, isRepeatable, ...document }: RouteTraits = {},
): RouteConfig & { config: Pick<RouteTraits, 'entity' | 'isRepeatable'> } {
  return {
    config: {
      access: { scope: 'user', permission },
      document,
      ...(entity ? { entity } : {}),
      ...(isRepeatable ? { isRepeatable } : {}),
    },
  };
}

/** @param document what the API document says of the route beside its schemas */
export function componentAccess(type: ComponentType | 'any', document: RouteDocument = {}): RouteConfig {
  return { config: { access: { scope: 'component', type }, document } };
}

/**
 * Refuses any route that does not say who may call it, and collects the others in the order of their registration.
 * Install before the first route.
 */
export function requireRouteAccess(app: FastifyInstance): RouteEntry[] {
  const table: RouteEntry[] = [];
  app.addHook('onRoute', (route: RouteOptions) => {
    const access = route.config?.access;
    if (access === undefined)
      throw new Error(`route ${String(route.method)} ${route.url} declares no access`);
    const isRepeatable = route.config?.isRepeatable === true;
    for (const method of [route.method].flat()) table.push({ method, url: route.url, access, isRepeatable });
  });
  return table;
}

/** Refuses routes of another kind in a scope, so that none can miss the scope's check. */
export function requireScope(app: FastifyInstance, scope: RouteAccess['scope']): void {
  app.addHook('onRoute', (route: RouteOptions) => {
    if (route.config?.access?.scope !== scope) {
      throw new Error(`route ${String(route.method)} ${route.url} does not belong in the ${scope} scope`);
    }
  });
}
