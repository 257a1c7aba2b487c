import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Component, ListAnswer, Rollout, RolloutDetail } from '@stratora/contract';
import { startBackend, startDatabase, type TestBackend, type TestDatabase, waitFor } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { renderMarked } from '../config-delivery/marked-configs.test-support.ts';

interface Enrolled {
  component_id: string;
  api_key: string;
  node: string;
}

const ENGINE = { kind: 'embedded', version: '1.0', running: true };
const BROKEN = '0.123';

describe('a changed device template', () => {
  let database: TestDatabase;
  let folder: string;
  let backend: TestBackend;
  let token: string;
  let collectors: Enrolled[];

  beforeAll(async () => {
    database = await startDatabase();
    folder = await mkdtemp(join(tmpdir(), 'stratora-rollouts-'));
    // A few of the templates that the product ships: a change of one that all inherit would name all of them.
    for (const slug of ['generic-snmp', 'hardware', 'linux-agent', 'ping', 'ups', 'windows-agent']) {
      const file = `${slug}.toml`;
      await cp(resolve(import.meta.dirname, '../../../../../templates', file), join(folder, file));
    }
    backend = await startBackend({ database, config: { templatesDir: folder } });
    ({ token } = await backend.admin('POST', '/api/v1/enrollment-tokens', { auto_approve: true }));
    // Once for all tests: each key costs a bcrypt to make and one to prove.
    collectors = [];
    for (const name of ['hall-1', 'hall-2', 'hall-3']) collectors.push({ ...(await enrol(name)), node: '' });
  });
  afterAll(async () => {
    await backend?.stop();
    await database?.stop();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    const { db } = backend.app.modules.database;
    await sql`DELETE FROM rollouts`.execute(db);
    await sql`DELETE FROM nodes`.execute(db);
    const ids = collectors.map(({ component_id: id }) => id);
    await sql`DELETE FROM remote_components WHERE id <> ALL (${ids})`.execute(db);
    // To everybody at once.
    await soak(0);
    await setInterval(0.5);
    await reload();
    for (const collector of collectors) collector.node = await addNode(collector);
    expect(await workAll()).toEqual(['0.5', '0.5', '0.5']);
    await soak(1);
  });

  const soak = (seconds: number) =>
    backend.admin('PATCH', '/api/v1/settings', { rollout_soak_seconds: seconds });
  const reload = (): Promise<{ changed: string[] }> =>
    backend.admin('POST', '/api/v1/device-templates/reload');
  const get = (collector: Enrolled | undefined): Promise<Component> =>
    backend.admin('GET', `/api/v1/components/${collector?.component_id}`);

  async function enrol(hostname: string): Promise<Omit<Enrolled, 'node'>> {
    return (await backend.register(token, { hostname })).json as Enrolled;
  }

  /** Adds a node that the collector pings. @returns its id */
  async function addNode({ component_id: collector }: Omit<Enrolled, 'node'>): Promise<string> {
    const { id } = await backend.admin('POST', '/api/v1/nodes', {
      name: `node of ${collector}`,
      ip_address: '10.0.0.7',
      allow_duplicate: true,
      template: 'ping',
      collector_id: collector,
    });
    return id as string;
  }

  /** Changes what the ping template asks for. */
  async function setInterval(seconds: number | string): Promise<void> {
    const file = join(folder, 'ping.toml');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/ping_interval = [\d.]+/, `ping_interval = ${seconds}`));
  }

  async function change(seconds: number | string): Promise<string[]> {
    await setInterval(seconds);
    return (await reload()).changed;
  }

  /** Pulls, and says that it runs what it was given, or that it cannot where the interval is the broken one. */
  async function work(collector: Enrolled, on: TestBackend = backend): Promise<string> {
    await renderMarked(on);
    return pullAndReport(collector, on);
  }

  async function pullAndReport(collector: Enrolled, on: TestBackend): Promise<string> {
    const { component_id: id, api_key: key } = collector;
    on.app.modules.configs.forgetAll();
    const answer = await on.call('GET', `/api/v1/remote-collectors/${id}/config`, { key });
    const hash = (answer.headers.get('etag') ?? '').replaceAll('"', '');
    const interval = /ping_interval = ([\d.]+)/.exec(answer.text)?.[1] ?? '';
    const body =
      interval === BROKEN
        ? { status: 'rolled_back', message: 'no output for 3 intervals' }
        : { status: 'applied', running_hash: hash };
    await on.call('POST', `/api/v1/remote-collectors/${id}/report`, {
      key,
      body: { config_hash: hash, engine: ENGINE, ...body },
    });
    return interval;
  }

  async function workAll(on: TestBackend = backend): Promise<string[]> {
    await renderMarked(on);
    return Promise.all(collectors.map((collector) => pullAndReport(collector, on)));
  }

  async function active(on: TestBackend = backend): Promise<RolloutDetail> {
    const list: ListAnswer<Rollout> = await on.admin('GET', '/api/v1/rollouts');
    return on.admin('GET', `/api/v1/rollouts/${list.items[0]?.id}`);
  }

  async function until(
    what: (rollout: RolloutDetail) => boolean,
    { works = true, on = backend }: { works?: boolean; on?: TestBackend } = {},
  ): Promise<RolloutDetail> {
    return waitFor(
      async () => {
        if (works) await workAll(on);
        const rollout = await active(on);
        return what(rollout) && rollout;
      },
      { timeoutMs: 60_000, everyMs: 200 },
    );
  }

  const states = ({ components }: RolloutDetail) => components.map(({ stage, state }) => [stage, state]);

  it('goes to one collector, then to a tenth, then to the rest', async () => {
    expect(await change(0.7)).toEqual(expect.arrayContaining(['generic-snmp', 'ping']));
    const first = await until(({ counts }) => counts.held === 2, { works: false });
    expect(first).toMatchObject({
      state: 'running',
      stage: 'first',
      component_type: 'collector',
      actor: 'admin',
      templates: expect.arrayContaining(['generic-snmp', 'ping']) as string[],
      soak_seconds: 1,
    });
    expect((await workAll()).toSorted()).toEqual(['0.5', '0.5', '0.7']);
    const held = await Promise.all(collectors.map(get));
    expect(held.filter(({ held_by_rollout_id: by }) => by === first.id)).toHaveLength(2);
    // The stage begins, and the moment after it those of the stage are given the new config.
    await until(({ stage, counts }) => stage === 'tenth' && counts.held === 1);
    const done = await until(({ state }) => state === 'done');
    expect(done.counts).toEqual({ held: 0, released: 0, applied: 3, failed: 0, offline: 0 });
    expect(states(done)).toEqual([
      ['first', 'applied'],
      ['tenth', 'applied'],
      ['rest', 'applied'],
    ]);
    expect(await workAll()).toEqual(['0.7', '0.7', '0.7']);
    const history = await backend.admin('GET', `/api/v1/components/${collectors[0]?.component_id}/configs`);
    expect(history.items[0]).toMatchObject({
      actor: 'admin',
      cause: expect.stringContaining('ping') as string,
    });
  });

  it('delivers other changes to collectors that it has not reached, with the template that they have', async () => {
    await soak(86_400);
    await change(0.7);
    const rollout = await until(({ counts }) => counts.applied === 1);
    const heldId = rollout.components.find(({ state }) => state === 'held')?.component_id;
    const held = collectors.find(({ component_id: id }) => id === heldId);
    await backend.admin('PATCH', `/api/v1/nodes/${held?.node}`, { name: 'renamed' });
    await renderMarked(backend);
    const config = await backend.call('GET', `/api/v1/remote-collectors/${heldId}/config`, {
      key: held?.api_key,
    });
    expect(config.text).toContain('node_name = "renamed"');
    expect(config.text).toContain('ping_interval = 0.5');
    expect(await get(held)).toMatchObject({ held_by_rollout_id: rollout.id });
  });

  it('stops at the first that does not bear it, which gets the old one back; a person can try again', async () => {
    await change(BROKEN);
    const stopped = await until(({ state }) => state === 'stopped');
    expect(stopped.message).toMatch(/^hall-\d: no output for 3 intervals$/);
    expect(stopped.counts).toMatchObject({ failed: 1, held: 2 });
    expect(await workAll()).toEqual(['0.5', '0.5', '0.5']);
    const bad = collectors.find(({ component_id: id }) => id === stopped.components[0]?.component_id);
    expect(await get(bad)).toMatchObject({ config_status: 'applied', held_by_rollout_id: stopped.id });
    const audit = await backend.admin('GET', '/api/v1/audit-log?search=rollout.stop');
    expect(audit.items[0]).toMatchObject({ actor: 'server', detail: { reason: stopped.message } });

    const resumed = await backend.admin('POST', `/api/v1/rollouts/${stopped.id}/resume`);
    expect(resumed).toMatchObject({ state: 'running', message: null });
    await until(({ state }) => state === 'stopped');
    // Nobody waits for the word of one that is not well when it gets the config.
    await workAll();
    const again = await backend.call('POST', `/api/v1/rollouts/${stopped.id}/finish`, {
      token: backend.adminToken,
    });
    expect(again.json).toMatchObject({ state: 'running', stage: 'rest', counts: { held: 0 } });
    const done = await until(({ state }) => state === 'done');
    expect(done.counts).toMatchObject({ failed: 3 });
    const over = await backend.call('POST', `/api/v1/rollouts/${stopped.id}/resume`, {
      token: backend.adminToken,
    });
    expect(over).toMatchObject({ status: 409, json: { code: 'invalid_state' } });
  });

  it('that is mended takes the place of the one that was stopped', async () => {
    await change(BROKEN);
    await until(({ state }) => state === 'stopped');
    await workAll();
    await change(0.9);
    const rollout = await until(({ state, components }) => state === 'done' && components.length === 3);
    expect(rollout.counts).toMatchObject({ applied: 3 });
    const list: ListAnswer<Rollout> = await backend.admin('GET', '/api/v1/rollouts?state=superseded');
    expect(list.total).toBe(1);
    expect(await workAll()).toEqual(['0.9', '0.9', '0.9']);
  });

  it('that is taken back concerns only those that it had reached', async () => {
    const generations = () =>
      Promise.all(
        collectors.map(async ({ component_id: id }) => {
          const list = await backend.admin('GET', `/api/v1/components/${id}/configs`);
          return list.total as number;
        }),
      );
    const before = await generations();
    await soak(86_400);
    await change(0.7);
    await until(({ counts }) => counts.applied === 1);
    await change(0.5);
    const back = await until(({ counts, components }) => counts.applied === 1 && components.length === 1);
    expect(back.counts).toMatchObject({ applied: 1, held: 0 });
    expect(await workAll()).toEqual(['0.5', '0.5', '0.5']);
    const after = await generations();
    expect(after.map((count, index) => count - (before[index] ?? 0)).toSorted((a, b) => a - b)).toEqual([
      0, 0, 2,
    ]);
  });

  it('takes everybody along that the one before had not reached when another changes', async () => {
    await soak(86_400);
    await change(0.7);
    await until(({ counts }) => counts.applied === 1);
    await change(0.8);
    const second = await until(({ counts }) => counts.applied === 1);
    expect(second.components).toHaveLength(3);
    // Whoever goes first now has the newest; one that the first had reached keeps that until its turn.
    expect(await workAll()).toEqual(expect.arrayContaining(['0.5', '0.8']));
    await backend.admin('POST', `/api/v1/rollouts/${second.id}/finish`);
    await until(({ state }) => state === 'done');
    expect(await workAll()).toEqual(['0.8', '0.8', '0.8']);
  });

  it('reaches everybody at once where that is the setting, and makes nobody wait where there is only one', async () => {
    await soak(0);
    await change(0.7);
    expect(await workAll()).toEqual(['0.7', '0.7', '0.7']);
    const none: ListAnswer<Rollout> = await backend.admin('GET', '/api/v1/rollouts');
    expect(none.total).toBe(0);
    await soak(86_400);
    for (const { node } of collectors.slice(1)) await backend.admin('DELETE', `/api/v1/nodes/${node}`);
    await change(0.8);
    const only = await until(({ counts }) => counts.applied === 1);
    expect(only.components).toHaveLength(1);
    expect((await workAll())[0]).toBe('0.8');
  });

  it('is no rollout where nothing of it is rendered', async () => {
    const file = join(folder, 'ping.toml');
    const text = await readFile(file, 'utf8');
    try {
      await writeFile(file, text.replace('title = "Packet loss"', 'title = "Loss of packets"'));
      expect((await reload()).changed).toContain('ping');
      const list: ListAnswer<Rollout> = await backend.admin('GET', '/api/v1/rollouts');
      expect(list.total).toBe(0);
      const { rows } = await sql`SELECT FROM collector_config_dirty`.execute(backend.app.modules.database.db);
      expect(rows).toHaveLength(0);
    } finally {
      await writeFile(file, text);
    }
  });

  it('passes by components whose text it does not change', async () => {
    const file = join(folder, 'ping.toml');
    const text = await readFile(file, 'utf8');
    try {
      // Only nodes with a web address have that input, and none has one.
      await writeFile(file, text.replace('response_timeout = "5s"', 'response_timeout = "6s"'));
      await soak(86_400);
      await reload();
      const rollout = await until(({ state }) => state === 'done');
      expect(rollout.counts).toMatchObject({ applied: 3 });
    } finally {
      await writeFile(file, text);
    }
  });

  it('does not wait for a collector that is away, which finds its config when it comes back', async () => {
    const [away] = collectors;
    await sql`UPDATE component_states SET last_seen_at = now() - interval '1 hour'
      WHERE component_id = ${away?.component_id}`.execute(backend.app.modules.database.db);
    const there = collectors.slice(1);
    const workOthers = () => Promise.all(there.map((collector) => work(collector)));
    await change(0.7);
    await waitFor(
      async () => {
        await workOthers();
        const { db } = backend.app.modules.database;
        // A minute of silence since it was given the config, and since the server listens.
        await sql`UPDATE rollout_components SET released_at = released_at - interval '1 hour'
          WHERE component_id = ${away?.component_id} AND state = 'released'`.execute(db);
        const { counts } = await active();
        return counts.applied === 2 && counts.offline === 1;
      },
      { timeoutMs: 60_000, everyMs: 200 },
    );
    expect(await work(away as Enrolled)).toBe('0.7');
  });

  it('holds a component that comes to it while it is stopped, and takes it in', async () => {
    await change(BROKEN);
    const stopped = await until(({ state }) => state === 'stopped');
    const enrolled = await enrol('hall-4');
    const late = { ...enrolled, node: await addNode(enrolled) };
    expect(await work(late)).toBe('0.5');
    await waitFor(async () => (await active()).components.length === 4);
    expect(await get(late)).toMatchObject({ held_by_rollout_id: stopped.id });
  });

  it('goes on under another server, whichever of them renders', async () => {
    const second = await startBackend({ database, config: { templatesDir: folder } });
    try {
      await change(0.7);
      await until(({ counts }) => counts.applied === 1, { on: second });
      await backend.stop();
      const done = await until(({ state }) => state === 'done', { on: second });
      expect(done.counts).toMatchObject({ applied: 3 });
      expect(await workAll(second)).toEqual(['0.7', '0.7', '0.7']);
    } finally {
      await second.stop();
      backend = await startBackend({ database, config: { templatesDir: folder } });
    }
  });

  it('is in force on all servers, whatever lies in their folders', async () => {
    const other = await mkdtemp(join(tmpdir(), 'stratora-rollouts-'));
    await cp(folder, other, { recursive: true });
    const second = await startBackend({ database, config: { templatesDir: other } });
    try {
      await soak(0);
      await change(0.7);
      const interval = (on: TestBackend) =>
        on.app.modules.templates.find('ping')?.inputs.find(({ id }) => id === 'ping')?.options[
          'ping_interval'
        ];
      expect(interval(backend)).toBe(0.7);
      await waitFor(() => interval(second) === 0.7);
      expect(await workAll(second)).toEqual(['0.7', '0.7', '0.7']);
    } finally {
      await second.stop();
      await rm(other, { recursive: true, force: true });
    }
  });

  it('of an older version of the product is not brought back by a server of that version', async () => {
    const version = async (text: string) => {
      await setInterval(text === '0.0.9' ? 0.7 : 0.6);
      const server = await startBackend({ database, config: { templatesDir: folder, version: text } });
      const ping = server.app.modules.templates.find('ping')?.inputs.find(({ id }) => id === 'ping');
      await server.stop();
      return ping?.options['ping_interval'];
    };
    expect(await version('0.1.0')).toBe(0.6);
    expect(await version('0.0.9')).toBe(0.6);
    await sql`DELETE FROM settings WHERE key = 'device_templates_source'`.execute(
      backend.app.modules.database.db,
    );
  });
});
