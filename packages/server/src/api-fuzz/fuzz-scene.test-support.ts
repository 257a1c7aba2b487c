import {
  type ApiDocument,
  BACKEND_ADMIN_PASSWORD,
  type BackendAnswer,
  type BackendCall,
  DocumentChecker,
  FakeMetricStore,
  startBackend,
  type TestBackend,
} from '@stratora/testkit';
import type { ValueSource } from './value-source.test-support.ts';

const PASSWORD = 'a password for tests';
const HOST = { version: '1', os: 'linux', arch: 'x64' };

/** The credentials of a caller, and the ids that are its own. */
export interface FuzzCaller extends Pick<BackendCall, 'token' | 'key'> {
  readonly name: string;
  readonly password?: string;
  /** Parameters of paths that name this caller. */
  readonly own: Readonly<Record<string, string>>;
}

/** A backend with callers of every kind, and things for them to work on. */
export class FuzzScene {
  readonly backend: TestBackend;
  readonly checker: DocumentChecker;
  readonly callers: readonly FuzzCaller[];
  /** Ids that must outlive the calls, since the callers live by them. */
  readonly spared: ReadonlySet<string>;
  readonly #store: FakeMetricStore;

  private constructor(
    parts: Pick<FuzzScene, 'backend' | 'checker' | 'callers' | 'spared'> & { store: FakeMetricStore },
  ) {
    this.backend = parts.backend;
    this.checker = parts.checker;
    this.callers = parts.callers;
    this.spared = parts.spared;
    this.#store = parts.store;
  }

  static async start(): Promise<FuzzScene> {
    const store = new FakeMetricStore();
    await store.start();
    const backend = await startBackend({
      config: { metricsReadUrl: store.url, metricsWriteUrl: store.url },
    });
    const document = (await backend.admin('GET', '/api/v1/openapi.json')) as ApiDocument;
    const callers = [
      { name: 'nobody', own: {} },
      { name: 'stranger', token: 'not.a.token', key: `sk_stra_${'x'.repeat(43)}`, own: {} },
      { name: 'admin', password: BACKEND_ADMIN_PASSWORD, token: backend.adminToken, own: {} },
      await user(backend, 'operator'),
      await user(backend, 'viewer'),
      await component(backend, 'collector', true),
      await component(backend, 'agent', true),
      await component(backend, 'collector', false),
    ];
    const users = (await backend.admin('GET', '/api/v1/users')) as { items: { id: string }[] };
    const spared = new Set([
      ...users.items.map(({ id }) => id),
      ...callers.flatMap(({ own }) => Object.values(own)),
    ]);
    return new FuzzScene({ backend, store, callers, spared, checker: new DocumentChecker(document) });
  }

  async stop(): Promise<void> {
    await this.backend.stop();
    await this.#store.stop();
  }

  /** Makes some of everything, so that calls find something from the beginning. */
  async populate(source: ValueSource): Promise<void> {
    const make = async (path: string, body: object) => {
      const made = await this.backend.admin('POST', path, body);
      this.learn(source, path, made);
      return made as { id: string };
    };
    for (const name of ['north', 'south']) await make('/api/v1/sites', { name });
    for (const name of ['pumps', 'lines']) await make('/api/v1/node-groups', { name });
    const nodes: string[] = [];
    for (const last of [1, 2, 3, 4]) {
      const node = { name: `plc ${last}`, ip_address: `10.0.0.${last}` };
      nodes.push((await make('/api/v1/nodes', node)).id);
    }
    const [a, b] = nodes.map((node_id) => ({ node_id }));
    await make('/api/v1/topology/links', { a, b });
    for (const name of ['reading', 'other']) {
      const secret = { community: 'public' };
      const { id } = await make('/api/v1/credentials', { name, type: 'snmp_v2c', secret });
      for (const node of nodes.slice(0, 2)) {
        await this.backend.admin('PUT', `/api/v1/nodes/${node}/credentials/snmp`, { credential_id: id });
        const path = `/api/v1/credentials/${id}/test`;
        this.learn(source, path, await this.backend.admin('POST', path, { node_id: node }));
      }
    }
    for (const name of ['queue long', 'queue short'])
      await make('/api/v1/alert-definitions', { name, expr: 'queue_length', critical: 9 });
    for (let made = 0; made < 6; made += 1)
      await make('/api/v1/maintenance-windows', {
        name: `patches ${made}`,
        scope: { type: 'global' },
        starts_at: '2026-01-01T00:00:00Z',
        ends_at: '2026-01-01T23:59:00Z',
        rrule: 'FREQ=DAILY',
      });
    await this.#populateScans(source, make);
    await this.#populateTelling(source, make);
    for (const auto_approve of [true, false]) await make('/api/v1/enrollment-tokens', { auto_approve });
    for (const username of ['spare-1', 'spare-2', 'spare-3'])
      await make('/api/v1/users', { username, password: PASSWORD, role: 'viewer' });
    for (let made = 0; made < 8; made += 1) await component(this.backend, 'collector', made % 2 === 0);
    this.learn(source, '/api/v1/components', await this.backend.admin('GET', '/api/v1/components'));
  }

  /** Makes discovery jobs, of an address at which nobody is, with what collectors might have found. */
  async #populateScans(
    source: ValueSource,
    make: (path: string, body: object) => Promise<{ id: string }>,
  ): Promise<void> {
    const path = '/api/v1/discovery/jobs';
    for (const name of ['hall', 'yard', 'roof']) {
      const options = { ping: false, tcp: false, snmp: false, http: false, dns: false };
      await make(path, { name, targets: ['192.0.2.1'], options, start: false });
    }
    source.note(['targets', 'exclude', 'fence', 'addresses'], '192.0.2.1');
  }

  async #populateTelling(
    source: ValueSource,
    make: (path: string, body: object) => Promise<{ id: string }>,
  ): Promise<void> {
    const path = '/api/v1/notification-channels';
    for (const name of ['tickets', 'pagers']) {
      // Where nothing may go, so that nothing does.
      const { id } = await make(path, { name, type: 'webhook', config: { url: 'http://127.0.0.1:9/' } });
      await this.backend.admin('POST', `${path}/${id}/test`);
    }
    const someone = await make('/api/v1/users', { username: 'spare-4', password: PASSWORD, role: 'viewer' });
    const rotation = {
      timezone: 'Europe/Berlin',
      handoff: { day: 'mo', time: '09:00' },
      member_ids: [someone.id],
      overrides: ['24', '25', '26'].map((day) => ({
        member_id: someone.id,
        from: `2026-12-${day}T00:00:00Z`,
        to: '2026-12-31T00:00:00Z',
      })),
    };
    source.note(['place'], '0');
    for (const name of ['day', 'night', 'weekend', 'plant', 'office'])
      await make('/api/v1/escalation-teams', { name, steps: [{ after_seconds: 0 }], rotation });
    const tests = await this.backend.admin('GET', '/api/v1/deliveries?event=test');
    this.learn(source, '/api/v1/deliveries', tests);
  }

  /** Remembers the things that an answer tells of, by the names of what may refer to them. */
  learn(source: ValueSource, path: string, answer: unknown): void {
    const parts = path.split('?', 1)[0]?.split('/') ?? [];
    // The answer to the start of a test is the test.
    const noun = parts.at(-1) === 'test' ? 'credential-tests' : (parts[3] ?? '');
    const found = (answer as { items?: unknown[] } | undefined)?.items ?? [answer];
    for (const item of found.slice(0, 5)) {
      const {
        id,
        token,
        slug,
        generation,
        component_type: type,
        component_id: registered,
      } = (item ?? {}) as Record<string, unknown>;
      if (typeof registered === 'string' && !this.spared.has(registered))
        source.note(['components/id'], registered);
      if (typeof id === 'string' && this.spared.has(id)) source.note([`${noun}/seen`], id);
      if (typeof id === 'string' && !this.spared.has(id)) source.note(REFERENCES[noun] ?? [`${noun}/id`], id);
      if (typeof id === 'string' && type === 'collector')
        source.note(['collector_id', 'default_collector_id'], id);
      if (typeof token === 'string') source.note(['enrollment_token'], token);
      if (typeof slug === 'string') source.note(['slug'], slug);
      if (typeof generation === 'number') source.note(['generation'], String(generation));
    }
    const cursor = (answer as { next_cursor?: unknown } | undefined)?.next_cursor;
    if (typeof cursor === 'string') source.note(['cursor'], cursor);
  }
}

/** Names of fields and parameters that refer to a resource, by its noun in the path; `NOUN/id` is the one in a path. */
const REFERENCES: Readonly<Record<string, readonly string[]>> = {
  nodes: ['nodes/id', 'node_id', 'node_ids'],
  sites: ['sites/id', 'site_id', 'site_ids'],
  'node-groups': ['node-groups/id', 'group_id', 'group_ids'],
  credentials: ['credentials/id', 'credential_id', 'credential_ids'],
  discovery: ['discovery/id', 'device_id', 'device_ids', 'run_id'],
  'alert-definitions': ['alert-definitions/id', 'overrides', 'definition_id', 'definition_ids'],
  users: ['users/id', 'member_id', 'member_ids'],
  'notification-channels': ['notification-channels/id', 'channel_id', 'channel_ids'],
  'escalation-teams': ['escalation-teams/id', 'team_id'],
};

async function user(backend: TestBackend, role: 'operator' | 'viewer'): Promise<FuzzCaller> {
  const body = { username: role, password: PASSWORD, role, must_change_password: false };
  await backend.admin('POST', '/api/v1/users', body);
  return { name: role, password: PASSWORD, token: await backend.login(role, PASSWORD), own: {} };
}

async function component(
  backend: TestBackend,
  type: 'collector' | 'agent',
  isApproved: boolean,
): Promise<FuzzCaller> {
  const { token } = (await backend.admin('POST', '/api/v1/enrollment-tokens', {
    auto_approve: isApproved,
  })) as {
    token: string;
  };
  const name = `${isApproved ? 'approved' : 'pending'} ${type}`;
  const hostname = `${name.replace(' ', '-')}-${token
    .slice(-8)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '0')}`;
  const machine = { hostname, machine_id: token, ...HOST };
  const body = { enrollment_token: token, component_type: type, ...machine };
  const answer: BackendAnswer = await backend.call('POST', '/api/v1/components/register', { body });
  if (answer.status !== 201) throw new Error(`registration answered ${answer.status}: ${answer.text}`);
  const { component_id: id, node_id, api_key: key } = answer.json as Record<string, string>;
  return {
    name,
    ...(key === undefined ? {} : { key }),
    own: { id: id ?? '', ...(node_id === undefined ? {} : { node_id }) },
  };
}
