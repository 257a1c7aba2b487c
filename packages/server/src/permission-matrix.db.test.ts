import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { ComponentType } from '@stratora/contract';
import { startBackend, type TestBackend } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RouteEntry, roleMay } from './platform/http/index.ts';

const DOCS = join(import.meta.dirname, '../../../docs/reference');

/** Every kind of caller. */
const CALLERS = [
  'nobody',
  'viewer',
  'operator',
  'admin',
  'agent',
  'collector',
  'collector_pending',
  'collector_revoked',
] as const;
type Caller = (typeof CALLERS)[number];

const PASSWORD = 'a password for tests';

describe('who may call what', () => {
  let backend: TestBackend;
  const credentials = new Map<Caller, { token?: string; key?: string }>();
  let own: { collectorId: string; nodeId: string };

  beforeAll(async () => {
    backend = await startBackend();
    credentials.set('nobody', {});
    credentials.set('admin', { token: backend.adminToken });
    for (const role of ['viewer', 'operator'] as const) {
      await backend.admin('POST', '/api/v1/users', {
        username: role,
        password: PASSWORD,
        role,
        must_change_password: false,
      });
      credentials.set(role, { token: await backend.login(role, PASSWORD) });
    }
    const approving = await backend.admin('POST', '/api/v1/enrollment-tokens', { auto_approve: true });
    const asking = await backend.admin('POST', '/api/v1/enrollment-tokens', {});
    const register = async (token: string, type: ComponentType, hostname: string) => {
      return (await backend.register(token, { component_type: type, hostname })).json;
    };
    const agent = await register(approving.token, 'agent', 'matrix-agent');
    const collector = await register(approving.token, 'collector', 'matrix-collector');
    const pending = await register(asking.token, 'collector', 'matrix-pending');
    const revoked = await register(approving.token, 'collector', 'matrix-revoked');
    await backend.admin('POST', `/api/v1/components/${revoked.component_id}/revoke`);
    credentials.set('agent', { key: agent.api_key });
    credentials.set('collector', { key: collector.api_key });
    credentials.set('collector_pending', { key: pending.api_key });
    credentials.set('collector_revoked', { key: revoked.api_key });
    own = { collectorId: collector.component_id, nodeId: agent.node_id };
  });
  afterAll(() => backend?.stop());

  function freshToken(caller: Caller): Promise<string> {
    return backend.login(caller, caller === 'admin' ? (backend.config.adminPassword ?? '') : PASSWORD);
  }

  /** One call with ids of nothing and an empty body: what is looked at is only whether the caller gets past the door. */
  async function knock(route: RouteEntry, caller: Caller, ids: Record<string, string> = {}) {
    const path = route.url.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? placeholder(name));
    const abort = new AbortController();
    const { token: kept, key } = credentials.get(caller) ?? {};
    // A logout ends the token that it comes with.
    const token = kept !== undefined && route.url.endsWith('/logout') ? await freshToken(caller) : kept;
    const hasBody = ['POST', 'PUT', 'PATCH'].includes(route.method);
    const answer = await fetch(backend.url + path, {
      method: route.method,
      signal: abort.signal,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(key ? { 'x-api-key': key } : {}),
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
      },
      ...(hasBody ? { body: '{}' } : {}),
    });
    // An event stream never ends by itself.
    const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream');
    const code =
      isStream || !answer.headers.get('content-type')?.includes('problem')
        ? undefined
        : ((await answer.json()) as { code: string }).code;
    abort.abort();
    return { status: answer.status, code };
  }

  function placeholder(name: string): string {
    if (name === 'purpose') return 'snmp';
    if (name === 'slug') return 'no-such-template';
    if (name === 'name') return 'job';
    return randomUUID();
  }

  function expected(route: RouteEntry, caller: Caller): string {
    const { access } = route;
    if (access.scope === 'public') return 'yes';
    const isUser = caller === 'viewer' || caller === 'operator' || caller === 'admin';
    if (access.scope === 'user') {
      if (!isUser) return 'not_authenticated';
      return roleMay(caller, access.permission) ? 'yes' : 'forbidden';
    }
    if (isUser || caller === 'nobody') return 'api_key_invalid';
    if (caller === 'collector_pending') return 'component_not_approved';
    if (caller === 'collector_revoked') return 'component_revoked';
    return access.type === 'any' || access.type === caller ? 'yes' : 'component_mismatch';
  }

  /** Routes of their own kind, without the HEAD twins of each GET. */
  function routes(): RouteEntry[] {
    const order = (route: RouteEntry) => `${route.url} ${route.method}`;
    return backend.app.routes
      .filter(({ method, url }) => method !== 'HEAD' && url.startsWith('/api/v1/'))
      .toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
  }

  it('is as the routes declare, for every route and every kind of caller', async () => {
    const lines: string[] = [];
    const wrong: string[] = [];
    for (const route of routes()) {
      const cells: string[] = [];
      for (const caller of CALLERS) {
        const { status, code } = await knock(route, caller);
        // A right caller with an id that is nobody's is told so, which is past the door all the same.
        const isPast =
          ![401, 403].includes(status) ||
          (code === 'component_mismatch' && expected(route, caller) === 'yes');
        const isLogin = route.access.scope === 'public';
        const outcome = isPast || isLogin ? 'yes' : (code ?? String(status));
        if (outcome !== expected(route, caller) || (status >= 500 && status !== 503)) {
          wrong.push(
            `${route.method} ${route.url} as ${caller}: ${status} ${code}, expected ${expected(route, caller)}`,
          );
        }
        cells.push(outcome === 'yes' ? 'yes' : String(status));
      }
      lines.push(`| \`${route.method} ${route.url}\` | ${needs(route)} | ${cells.join(' | ')} |`);
    }
    expect(wrong).toEqual([]);
    expect(lines.length).toBeGreaterThan(50);
    await expect(page(lines)).toMatchFileSnapshot(join(DOCS, 'permissions.md'));
    // Hundreds of calls, one after the other.
  }, 240_000);

  it('lets a component near its own things only', async () => {
    const config = { method: 'GET', url: '/api/v1/remote-collectors/:id/config' };
    const route = backend.app.routes.find(
      ({ method, url }) => method === config.method && url === config.url,
    );
    if (!route) throw new Error('there is no route for the config of collectors');
    expect(await knock(route, 'collector', { id: own.collectorId })).toEqual({
      status: 200,
      code: undefined,
    });
    expect(await knock(route, 'collector')).toEqual({ status: 403, code: 'component_mismatch' });
    expect(await knock(route, 'agent', { id: own.collectorId })).toEqual({
      status: 403,
      code: 'component_mismatch',
    });
  });

  it('keeps operators from deleting nodes in bulk', async () => {
    const body = { node_ids: [own.nodeId], action: 'delete' };
    const answer = await backend.call('POST', '/api/v1/nodes/bulk', { body, ...credentials.get('operator') });
    expect(answer).toMatchObject({ status: 403, json: { code: 'forbidden' } });
  });
});

function needs({ access }: RouteEntry): string {
  if (access.scope === 'public') return 'nothing';
  if (access.scope === 'user') return `\`${access.permission}\``;
  return access.type === 'any'
    ? 'API key'
    : `API key of ${access.type === 'agent' ? 'an agent' : 'a collector'}`;
}

function page(lines: readonly string[]): string {
  return [
    '# Who may call what',
    '',
    'Written by a test that calls every route as every kind of caller; a number is the status that refuses. A route with',
    'no declared access does not start. `POST /api/v1/nodes/bulk` with the action `delete` also needs `nodes:delete`.',
    '',
    '| route | needs | nobody | viewer | operator | admin | agent | collector | pending | revoked |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
    '',
  ].join('\n');
}
