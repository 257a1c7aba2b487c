import type {
  Component,
  ComponentGap,
  ComponentReport,
  ConfigGeneration,
  ListAnswer,
} from '@stratora/contract';
import { startBackend, type TestBackend, waitFor } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderMarked } from '../config-delivery/marked-configs.test-support.ts';

interface Enrolled {
  component_id: string;
  node_id: string;
  api_key: string;
}

const ENGINE = { kind: 'embedded', version: '1.0', running: true, pid: 4711 };

describe('what components tell', () => {
  let backend: TestBackend;
  let token: string;

  beforeAll(async () => {
    backend = await startBackend();
    ({ token } = await backend.admin('POST', '/api/v1/enrollment-tokens', { auto_approve: true }));
  });
  afterAll(() => backend?.stop());

  async function enrol(type: 'collector' | 'agent', hostname: string): Promise<Enrolled> {
    return (await backend.register(token, { component_type: type, hostname })).json as Enrolled;
  }

  async function report(component: Enrolled, body: object, expected = 204): Promise<void> {
    const answer = await backend.call('POST', `/api/v1/remote-collectors/${component.component_id}/report`, {
      key: component.api_key,
      body: { status: 'applied', engine: ENGINE, ...body },
    });
    expect([answer.status, answer.text]).toEqual([expected, '']);
  }

  async function beat(component: Enrolled, more: object = {}): Promise<void> {
    const answer = await backend.call('POST', `/api/v1/agents/heartbeat/${component.node_id}`, {
      key: component.api_key,
      body: {
        version: '1',
        hostname: 'press',
        os: 'linux',
        os_version: 'Debian 12',
        arch: 'x64',
        uptime_seconds: 60,
        ip_addresses: ['10.0.0.7'],
        engine: ENGINE,
        ...more,
      },
    });
    expect(answer.status).toBe(200);
  }

  async function list<T>(component: Enrolled, what: string): Promise<T[]> {
    await backend.app.modules.reports.flush();
    await backend.app.modules.states.flush();
    const path = `/api/v1/components/${component.component_id}/${what}?limit=500`;
    const answer: ListAnswer<T> = await backend.admin('GET', path);
    return answer.items;
  }

  const reports = (component: Enrolled) => list<ComponentReport>(component, 'reports');
  const gaps = (component: Enrolled) => list<ComponentGap>(component, 'gaps');
  const get = (component: Enrolled): Promise<Component> =>
    backend.admin('GET', `/api/v1/components/${component.component_id}`);

  async function desired(component: Enrolled): Promise<string> {
    const answer = await backend.call('GET', `/api/v1/remote-collectors/${component.component_id}/config`, {
      key: component.api_key,
    });
    return (answer.headers.get('etag') ?? '').replaceAll('"', '');
  }

  it('is kept when it is news, and only then', async () => {
    const collector = await enrol('collector', 'hall-1');
    const hash = await desired(collector);
    await report(collector, { config_hash: hash });
    await report(collector, { config_hash: hash, engine: { ...ENGINE, pid: 4712 } });
    await report(collector, { config_hash: 'bad', status: 'rolled_back', message: 'no output' });
    await report(collector, { config_hash: hash });
    await report(collector, { config_hash: hash, engine: { ...ENGINE, running: false } });
    const told = await reports(collector);
    expect(told.map(({ status, config_hash: of, generation }) => [status, of, generation])).toEqual([
      ['applied', hash, 1],
      ['applied', hash, 1],
      ['rolled_back', 'bad', null],
      ['applied', hash, 1],
    ]);
    expect(told[0]).toMatchObject({ engine_kind: 'embedded', engine_version: '1.0', engine_running: false });
    expect(told[2]?.message).toBe('no output');
  });

  it('has the addresses of the host of a collector, which stay when a later report has none', async () => {
    const collector = await enrol('collector', 'hall-9');
    await report(collector, { config_hash: 'a', ip_addresses: ['10.0.0.9', '172.31.1.254'] });
    await report(collector, { config_hash: 'b' });
    expect((await get(collector)).ip_addresses).toEqual(['10.0.0.9', '172.31.1.254']);
  });

  it('is not told twice because another server, or one that has restarted, hears it', async () => {
    const collector = await enrol('collector', 'hall-2');
    const other = await startBackend({ database: backend.database });
    try {
      await report(collector, { config_hash: 'a' });
      const answer = await other.call('POST', `/api/v1/remote-collectors/${collector.component_id}/report`, {
        key: collector.api_key,
        body: { status: 'applied', engine: ENGINE, config_hash: 'a' },
      });
      expect(answer.status).toBe(204);
    } finally {
      await other.stop();
    }
    expect(await reports(collector)).toHaveLength(1);
  });

  it('counts the nodes at which something fails or that are left out, but not those that are off', async () => {
    const collector = await enrol('collector', 'hall-6');
    const add = async (name: string, ip_address: string): Promise<string> => {
      const body = { name, ip_address, template: 'generic-snmp', collector_id: collector.component_id };
      return (await backend.admin('POST', '/api/v1/nodes', body)).id;
    };
    const refused = await add('refused', '192.0.2.61');
    const silent = await add('silent', '192.0.2.62');
    const tell = (...targets: [node_id: string, input: string, status: string][]) =>
      report(collector, {
        config_hash: 'a',
        targets: targets.map(([node_id, input, status]) => ({ node_id, input, status, message: status })),
      });
    const failing = async () => (await get(collector)).failing_node_count;
    expect(await failing()).toBe(0);
    await tell([refused, 'snmp', 'auth'], [refused, 'ping', 'timeout'], [silent, 'snmp', 'timeout']);
    expect(await failing()).toBe(2);
    // The store of this server is away, so that it takes the status back within a round.
    const isCountedWhileOff = async () => {
      await sql`UPDATE node_states SET status = 'offline' WHERE node_id IN (${refused}, ${silent})`.execute(
        backend.app.modules.database.db,
      );
      return (await failing()) === 1;
    };
    await waitFor(isCountedWhileOff, { what: 'one node that refuses, while both are off' });
    await tell([refused, 'snmp', 'ok'], [refused, 'ping', 'ok'], [silent, 'snmp', 'ok']);
    expect(await failing()).toBe(0);
    await sql`UPDATE nodes SET ip_address = 'gw..lan' WHERE id = ${silent}`.execute(
      backend.app.modules.database.db,
    );
    // A change that the server hears of: the config of before may have been rendered meanwhile.
    await backend.admin('PATCH', `/api/v1/nodes/${refused}`, { name: 'refused once' });
    await renderMarked(backend);
    expect(await failing()).toBe(1);
    const listed: ListAnswer<Component> = await backend.admin('GET', '/api/v1/components?search=hall-6');
    expect(listed.items.map(({ failing_node_count: count }) => count)).toEqual([1]);
  });

  it('is kept up to the newest 200', async () => {
    const collector = await enrol('collector', 'hall-3');
    await sql`INSERT INTO component_reports (component_id, status, config_hash, engine_kind, engine_version, engine_running)
      SELECT ${collector.component_id}, 'applied', 'hash ' || n, 'embedded', '1', true
      FROM generate_series(1, 250) AS n`.execute(backend.app.modules.database.db);
    await report(collector, { config_hash: 'newest' });
    const told = await reports(collector);
    expect(told).toHaveLength(200);
    expect(told[0]?.config_hash).toBe('newest');
    expect(told.at(-1)?.config_hash).toBe('hash 52');
  });

  it('says what became of each generation', async () => {
    const collector = await enrol('collector', 'hall-4');
    const hash = await desired(collector);
    const outcomes = async () =>
      (await list<ConfigGeneration>(collector, 'configs')).map(
        ({ outcome, outcome_message: why, is_running: runs }) => [outcome, why, runs],
      );
    expect(await outcomes()).toEqual([[null, null, false]]);
    await report(collector, { config_hash: hash, status: 'validation_error', message: 'line 3: no' });
    expect(await outcomes()).toEqual([['validation_error', 'line 3: no', false]]);
    await report(collector, { config_hash: hash });
    expect(await outcomes()).toEqual([['applied', null, true]]);
    expect(await get(collector)).toMatchObject({ running_generation: 1, desired_generation: 1 });
  });

  it('tells what runs after a rollback, though it had told of the config that failed as applied', async () => {
    const collector = await enrol('collector', 'hall-5');
    await report(collector, { config_hash: 'old', running_hash: 'old' });
    await report(collector, { config_hash: 'new', running_hash: 'new' });
    await report(collector, { config_hash: 'new', status: 'rolled_back', running_hash: 'old' });
    expect(await get(collector)).toMatchObject({ running_config_hash: 'old', config_status: 'rolled_back' });
    const agent = await enrol('agent', 'press-9');
    await beat(agent, { config_hash: 'new', config_status: 'rolled_back', running_hash: 'old' });
    await reports(agent);
    expect(await get(agent)).toMatchObject({ running_config_hash: 'old', config_status: 'rolled_back' });
  });

  it('comes with the heartbeats of agents too', async () => {
    const agent = await enrol('agent', 'press-1');
    await beat(agent);
    await beat(agent, { config_hash: 'a', config_status: 'applied' });
    await beat(agent, { config_hash: 'a', config_status: 'applied' });
    await beat(agent, { config_hash: 'b', config_status: 'rolled_back', config_message: 'no output' });
    expect((await reports(agent)).map(({ status }) => status)).toEqual(['rolled_back', 'applied']);
    expect(await get(agent)).toMatchObject({ running_config_hash: 'a', config_status: 'rolled_back' });
  });

  it('names gaps for good, each once, and lets the last one grow', async () => {
    const agent = await enrol('agent', 'press-2');
    const gap = (day: number, count: number, hours = 1) => ({
      from: `2026-03-0${day}T00:00:00.000Z`,
      to: `2026-03-0${day}T0${hours}:00:00.000Z`,
      count,
    });
    const queue = (list: object[]) => ({ queue: { bytes: 0, dropped: 1, gaps: list } });
    await beat(agent, queue([gap(1, 10)]));
    await beat(agent, queue([gap(1, 10)]));
    await beat(agent, queue([gap(1, 10), gap(2, 5)]));
    expect(await gaps(agent)).toMatchObject([gap(2, 5), gap(1, 10)]);
    await beat(agent, queue([gap(1, 10), gap(2, 50, 3)]));
    // Only the newest come along, and an older word arrives late.
    await beat(agent, queue([gap(2, 20, 2), gap(3, 7)]));
    expect(await gaps(agent)).toMatchObject([gap(3, 7), gap(2, 50, 3), gap(1, 10)]);
    const collector = await enrol('collector', 'hall-5');
    await report(collector, { config_hash: 'a', ...queue([gap(4, 9)]) });
    expect(await gaps(collector)).toMatchObject([gap(4, 9)]);
  });

  it('cannot be spoiled for others by what no database takes', async () => {
    const [bad, good] = [await enrol('agent', 'press-3'), await enrol('agent', 'press-4')];
    await beat(bad, {
      engine: { ...ENGINE, version: 'a\u0000\ud800' },
      config_hash: 'x\u0000',
      config_status: 'applied',
      queue: {
        bytes: 1,
        dropped: 1,
        oldest: 'yesterday',
        gaps: [
          { from: 'soon', to: 'later', count: 1 },
          { from: '+275000-01-01T00:00:00Z', to: '+275000-01-02T00:00:00Z', count: 1 },
          { from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z', count: 1 },
        ],
      },
    });
    await beat(good, { config_hash: 'a', config_status: 'applied' });
    expect(await reports(good)).toHaveLength(1);
    expect(await get(good)).toMatchObject({ connection: 'online', running_config_hash: 'a' });
    expect(await get(bad)).toMatchObject({
      connection: 'online',
      queue: { bytes: 1, oldest: null, gaps: [] },
    });
    expect(await gaps(bad)).toEqual([]);
  });

  it('waits while the database is away', async () => {
    const agent = await enrol('agent', 'press-5');
    await beat(agent);
    // The test's database is quick and forgetful: what it is to remember over a kill is written out.
    await sql`CHECKPOINT`.execute(backend.app.modules.database.db);
    await backend.database.kill();
    try {
      const { reports: log, states } = backend.app.modules;
      log.note(agent.component_id, {
        report: {
          status: 'applied',
          config_hash: 'late',
          message: null,
          engine: { ...ENGINE, kind: 'embedded' },
        },
      });
      await expect(log.flush()).rejects.toThrow(/./);
      states.noteSignOfLife(agent.component_id, undefined, { running_config_hash: 'late' });
      await expect(states.flush()).rejects.toThrow(/./);
    } finally {
      await backend.database.restart();
    }
    await waitFor(async () => (await reports(agent)).length === 1);
    expect(await get(agent)).toMatchObject({ running_config_hash: 'late' });
  });

  it('shows what a person should know', async () => {
    const collector = await enrol('collector', 'hall-6');
    const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
    await report(collector, { config_hash: 'a', component_time: at(2) });
    expect(await get(collector)).toMatchObject({ flags: [] });
    await report(collector, { config_hash: 'a', component_time: at(-95) });
    const [skewed] = (await get(collector)).flags;
    expect(skewed).toMatchObject({ code: 'clock_skew', since: expect.any(String) as string });
    expect(skewed?.message).toMatch(/^Its clock is 9[56] s behind the server's$/);
    await report(collector, { config_hash: 'a', component_time: at(-90) });
    expect((await get(collector)).flags[0]?.since).toBe(skewed?.since);
    await report(collector, {
      config_hash: 'a',
      status: 'engine_down',
      message: 'exit 1',
      component_time: at(0),
    });
    expect((await get(collector)).flags).toMatchObject([
      {
        code: 'crash_loop',
        message: 'Its engine does not stay up: exit 1',
        since: expect.any(String) as string,
      },
    ]);
    await sql`UPDATE component_states SET identity_conflict_at = now(), reported_hostname = 'hall-66',
      config_status = 'applied' WHERE component_id = ${collector.component_id}`.execute(
      backend.app.modules.database.db,
    );
    expect((await get(collector)).flags.map(({ code }) => code)).toEqual([
      'shared_identity',
      'hostname_changed',
    ]);
  });
});
