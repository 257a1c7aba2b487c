import type { ComponentType } from '@stratora/contract';
import type { FastifyInstance, RouteOptions } from 'fastify';
import type { Permission } from './permissions.ts';

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
}

export const publicAccess: RouteAccess = { scope: 'public' };

export function userAccess(permission: Permission): { config: { access: RouteAccess } } {
  return { config: { access: { scope: 'user', permission } } };
}

export function componentAccess(type: ComponentType | 'any'): { config: { access: RouteAccess } } {
  return { config: { access: { scope: 'component', type } } };
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
    for (const method of [route.method].flat()) table.push({ method, url: route.url, access });
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
