import type { IncomingHttpHeaders } from 'node:http';
import { API_KEY_HEADER, type ComponentType } from '@stratora/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { installEntityTags } from './entity-tag.ts';
import { appError } from './error-catalogue.ts';
import type { ComponentIdentity, UserIdentity } from './identity.ts';
import { installRepeats, type LookForRepeat } from './keyed-call.ts';
import { roleMay } from './permissions.ts';
import { reportValidator } from './request-validator.ts';
import { requireScope } from './route-access.ts';

/** A Fastify instance whose handlers are typed by their zod schemas. */
export type Routes = ReturnType<typeof typed>;

function typed(app: FastifyInstance) {
  return app.withTypeProvider<ZodTypeProvider>();
}

/**
 * Called for each call of a component that may come in; returns headers to add to its answer.
 * @param from the caller's address, where it is at hand
 */
export type NoteComponentCall = (
  component: ComponentIdentity,
  headers: IncomingHttpHeaders,
  from?: () => string,
) => Readonly<Record<string, string>> | undefined;

export interface ScopeChecks {
  /** @throws AppError 401, 403 (cross-site) or 429 */
  authenticateUser(request: FastifyRequest): Promise<UserIdentity>;
  /**
   * @param from finds the caller's address, which costs something
   * @throws AppError 401, 403, 429 or 503
   */
  authenticateComponent(apiKey: string, from: () => string): Promise<ComponentIdentity> | ComponentIdentity;
  noteComponentCall?: NoteComponentCall;
  /** Called for each call that was refused by its key. */
  noteRefusedCall?: (apiKey: string, headers: IncomingHttpHeaders, from: () => string) => void;
  lookForRepeat?: LookForRepeat;
}

export interface ScopeRoutes {
  public: readonly ((routes: Routes) => void)[];
  component: readonly ((routes: Routes) => void)[];
  user: readonly ((routes: Routes) => void)[];
}

/**
 * Registers the three sibling scopes. A check runs before a body is read, so nobody can make us parse one without a
 * key.
 */
export function registerScopes(app: FastifyInstance, checks: ScopeChecks, routes: ScopeRoutes): void {
  app.register(async (scope) => {
    requireScope(scope, 'public');
    for (const add of routes.public) add(typed(scope));
  });
  app.register(async (scope) => {
    requireScope(scope, 'component');
    scope.setValidatorCompiler(reportValidator);
    scope.addHook('onRequest', async (request, reply) => {
      const key = request.headers[API_KEY_HEADER];
      if (typeof key !== 'string') throw appError('api_key_invalid', 'The API key is missing.');
      const from = () => request.clientAddress;
      let component: ComponentIdentity;
      try {
        const found = checks.authenticateComponent(key, from);
        component = found instanceof Promise ? await found : found;
      } catch (error) {
        checks.noteRefusedCall?.(key, request.headers, from);
        throw error;
      }
      request.identity = component;
      requireType(request);
      const more = checks.noteComponentCall?.(component, request.headers, from);
      if (more) void reply.headers(more);
    });
    for (const add of routes.component) add(typed(scope));
  });
  app.register(async (scope) => {
    requireScope(scope, 'user');
    scope.addHook('onRequest', async (request) => {
      const user = await checks.authenticateUser(request);
      request.identity = user;
      requirePermission(request, user);
    });
    installEntityTags(scope);
    if (checks.lookForRepeat) installRepeats(scope, checks.lookForRepeat);
    for (const add of routes.user) add(typed(scope));
  });
}

function requireType(request: FastifyRequest): void {
  const access = request.routeOptions.config.access;
  const identity = componentOf(request);
  if (access?.scope !== 'component') throw appError('forbidden', 'This call is not for components.');
  if (access.type !== 'any' && access.type !== identity.type) {
    throw appError('component_mismatch', `This call is for ${access.type}s.`);
  }
}

function requirePermission(request: FastifyRequest, user: UserIdentity): void {
  const access = request.routeOptions.config.access;
  if (access?.scope !== 'user') throw appError('forbidden', 'This call is not for users.');
  if (user.mustChangePassword && access.permission !== 'self') {
    throw appError('password_change_required', 'The password must be changed before anything else.');
  }
  if (!roleMay(user.role, access.permission)) {
    throw appError('forbidden', `The role ${user.role} may not do that.`);
  }
}

/** Returns the caller of a route in the user scope. */
export function userOf(request: FastifyRequest): UserIdentity {
  if (request.identity?.kind !== 'user') throw new Error('no user on a route of the user scope');
  return request.identity;
}

/** Returns the caller of a route in the component scope. */
export function componentOf(request: FastifyRequest): ComponentIdentity {
  if (request.identity?.kind !== 'component') throw new Error('no component on a route of its scope');
  return request.identity;
}

/** Refuses a key that is used on another component's id. */
export function requireComponentId(
  request: FastifyRequest,
  id: string,
  type?: ComponentType,
): ComponentIdentity {
  const identity = componentOf(request);
  const own = type === 'agent' ? identity.nodeId : identity.componentId;
  if (own !== id) throw appError('component_mismatch', 'This key belongs to another component.');
  return identity;
}
