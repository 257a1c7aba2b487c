import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ComponentType, Node } from '@stratora/contract';
import { startBackend, startDatabase, type TestBackend, type TestDatabase } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

/** Three collectors: A polls two nodes, B one, C none. A is the collector of the site Oslo. */
interface Plant {
  backend: TestBackend;
  folder: string;
  a: string;
  b: string;
  c: string;
  agent: string;
  oslo: string;
  bergen: string;
  /** Of A, in Oslo, because Oslo is A's; polled by SNMP with the first credential. */
  switchA: string;
  /** Of A, in Bergen, because somebody chose A. */
  chosenA: string;
  /** Of B, in Bergen, because Bergen is B's; polled by SNMP with both credentials at times. */
  switchB: string;
  /** Reported by the agent. */
  host: string;
  first: string;
  second: string;
}

type Trigger = [name: string, act: (plant: Plant) => Promise<unknown>, marked: string];

const patch = ({ backend }: Plant, path: string, body: object) =>
  backend.admin('PATCH', `/api/v1/${path}`, body);
const put = ({ backend }: Plant, path: string, body: object) => backend.admin('PUT', `/api/v1/${path}`, body);
const post = ({ backend }: Plant, path: string, body: object = {}) =>
  backend.admin('POST', `/api/v1/${path}`, body);
const bulk = (plant: Plant, body: object) => post(plant, 'nodes/bulk', body);

async function edit({ folder }: Plant, slug: string, change: (text: string) => string): Promise<void> {
  const file = join(folder, `${slug}.toml`);
  await writeFile(file, change(await readFile(file, 'utf8')));
}

const TRIGGERS: readonly Trigger[] = [
  ['a node created', (p) => post(p, 'nodes', { name: 'n', ip_address: '10.9.0.1', collector_id: p.b }), 'B'],
  [
    'a node created in a site',
    (p) => post(p, 'nodes', { name: 'n', ip_address: '10.9.0.1', site_id: p.oslo }),
    'A',
  ],
  ['a node renamed', (p) => patch(p, `nodes/${p.switchA}`, { name: 'renamed' }), 'A'],
  ['another address', (p) => patch(p, `nodes/${p.switchB}`, { ip_address: '10.9.0.2' }), 'B'],
  ['another port', (p) => patch(p, `nodes/${p.switchB}`, { snmp_port: 1161 }), 'B'],
  ['a web address', (p) => patch(p, `nodes/${p.switchA}`, { url: 'https://10.9.0.1' }), 'A'],
  ['another template', (p) => patch(p, `nodes/${p.switchA}`, { template: 'ping' }), 'A'],
  [
    'what no config shows',
    (p) => patch(p, `nodes/${p.switchA}`, { node_type: 'router', environment: 'lab' }),
    '',
  ],
  ['the same again', (p) => patch(p, `nodes/${p.switchA}`, { name: 'switch A', collector_id: p.a }), ''],
  ['a node given to another', (p) => patch(p, `nodes/${p.switchA}`, { collector_id: p.c }), 'AC'],
  ['a node let go with its site', (p) => patch(p, `nodes/${p.chosenA}`, { collector_id: null }), 'AB'],
  ['a node moved, of its site', (p) => patch(p, `nodes/${p.switchA}`, { site_id: p.bergen }), 'AB'],
  ['a node moved, that somebody chose', (p) => patch(p, `nodes/${p.chosenA}`, { site_id: p.oslo }), ''],
  ['a node deleted', (p) => p.backend.admin('DELETE', `/api/v1/nodes/${p.switchB}`), 'B'],
  ['nodes deleted', (p) => bulk(p, { action: 'delete', node_ids: [p.switchA, p.switchB] }), 'AB'],
  [
    'nodes moved',
    (p) => bulk(p, { action: 'move_to_site', node_ids: [p.switchA, p.chosenA], site_id: p.bergen }),
    'AB',
  ],
  [
    'nodes moved where they are',
    (p) => bulk(p, { action: 'move_to_site', node_ids: [p.switchA], site_id: p.oslo }),
    '',
  ],
  [
    'nodes given to another',
    (p) => bulk(p, { action: 'assign_collector', node_ids: [p.switchA, p.switchB], collector_id: p.c }),
    'ABC',
  ],
  [
    'nodes given to whom they have',
    (p) => bulk(p, { action: 'assign_collector', node_ids: [p.switchA, p.chosenA], collector_id: p.a }),
    '',
  ],
  [
    'nodes let go with their sites',
    (p) => bulk(p, { action: 'assign_collector', node_ids: [p.switchA, p.chosenA], collector_id: null }),
    'AB',
  ],
  ['a secret changed', (p) => patch(p, `credentials/${p.first}`, { secret: { community: 'new' } }), 'A'],
  [
    'a secret of nobody changed',
    (p) => patch(p, `credentials/${p.second}`, { secret: { community: 'new' } }),
    '',
  ],
  [
    'a credential renamed',
    (p) => patch(p, `credentials/${p.first}`, { name: 'renamed', description: 'x' }),
    '',
  ],
  ['a credential disabled', (p) => patch(p, `credentials/${p.first}`, { enabled: false }), 'A'],
  [
    'a credential enabled again',
    async (p) => {
      await patch(p, `credentials/${p.first}`, { enabled: false });
      await settle(p);
      await patch(p, `credentials/${p.first}`, { enabled: true });
    },
    'A',
  ],
  [
    'a credential attached',
    (p) => put(p, `nodes/${p.switchB}/credentials/snmp`, { credential_id: p.first }),
    'B',
  ],
  [
    'a credential attached again',
    (p) => put(p, `nodes/${p.switchA}/credentials/snmp`, { credential_id: p.first }),
    '',
  ],
  [
    'another credential attached',
    (p) => put(p, `nodes/${p.switchA}/credentials/snmp`, { credential_id: p.second }),
    'A',
  ],
  [
    'a credential detached',
    (p) => p.backend.admin('DELETE', `/api/v1/nodes/${p.switchA}/credentials/snmp`),
    'A',
  ],
  ['a credential of nobody deleted', (p) => p.backend.admin('DELETE', `/api/v1/credentials/${p.second}`), ''],
  ["a site's collector changed", (p) => patch(p, `sites/${p.oslo}`, { default_collector_id: p.c }), 'AC'],
  ["a site's collector named again", (p) => patch(p, `sites/${p.oslo}`, { default_collector_id: p.a }), ''],
  ['a site renamed', (p) => patch(p, `sites/${p.oslo}`, { name: 'Oslo west' }), ''],
  ['templates reloaded as they were', (p) => post(p, 'device-templates/reload'), ''],
  [
    'a template changed',
    async (p) => {
      await edit(p, 'generic-snmp', (text) => text.replace('max_repetitions = 25', 'max_repetitions = 20'));
      await post(p, 'device-templates/reload');
    },
    'AB',
  ],
  [
    'a template changed by what it inherits',
    async (p) => {
      await edit(p, 'ping', (text) => text.replace('count = 3', 'count = 4'));
      await post(p, 'device-templates/reload');
    },
    'AB',
  ],
  [
    'a template changed in what only the page of a node shows',
    async (p) => {
      await edit(p, 'ping', (text) => text.replace('title = "Packet loss"', 'title = "Loss"'));
      await post(p, 'device-templates/reload');
    },
    '',
  ],
  [
    'a template changed that agents gather',
    async (p) => {
      await edit(p, 'linux-agent', (text) =>
        text.replace('[[inputs]]', '[[inputs]]\nid = "extra"\nplugin = "internal"\n\n[[inputs]]'),
      );
      await post(p, 'device-templates/reload');
    },
    'agent',
  ],
  [
    'a template gone, and there again',
    async (p) => {
      const file = join(p.folder, 'generic-snmp.toml');
      const text = await readFile(file, 'utf8');
      await rm(file);
      await post(p, 'device-templates/reload');
      await expectMarks(p, 'AB');
      await settle(p);
      await writeFile(file, text);
      await post(p, 'device-templates/reload');
    },
    'AB',
  ],
  ['a component renamed', (p) => patch(p, `components/${p.c}`, { name: 'hall C' }), ''],
  ['another engine', (p) => patch(p, `components/${p.c}`, { engine_choice: 'embedded' }), 'C'],
  ['the same engine', (p) => patch(p, `components/${p.c}`, { engine_choice: 'auto' }), ''],
  [
    'a component approved',
    async (p) => {
      await sql`UPDATE remote_components SET approval = 'pending' WHERE id = ${p.c}`.execute(db(p));
      await post(p, `components/${p.c}/approve`);
    },
    'C',
  ],
  [
    'the server started',
    async (p) => {
      const again = await startBackend({ database: p.backend.database, config: { templatesDir: p.folder } });
      const { loop } = again.app.modules.configs;
      await loop.stop();
      await again.stop();
    },
    'ABC agent',
  ],
];

function db({ backend }: Plant) {
  return backend.app.modules.database.db;
}

/** As if everything had been rendered. */
async function settle(plant: Plant): Promise<void> {
  await sql`DELETE FROM collector_config_dirty`.execute(db(plant));
}

async function expectMarks(plant: Plant, expected: string): Promise<void> {
  const names = new Map([
    [plant.a, 'A'],
    [plant.b, 'B'],
    [plant.c, 'C'],
    [plant.agent, ' agent'],
  ]);
  const { rows } = await sql<{ id: string }>`
    SELECT component_id AS id FROM collector_config_dirty`.execute(db(plant));
  const marked = rows
    .map(({ id }) => names.get(id) ?? '?')
    .toSorted((a, b) => (a.trim() < b.trim() ? -1 : 1));
  expect(marked.join('').trim()).toBe(expected);
}

describe('a change marks exactly the components that it concerns', () => {
  let database: TestDatabase;
  let folder: string;
  let backend: TestBackend;
  let components: Pick<Plant, 'a' | 'b' | 'c' | 'agent' | 'host'>;
  let plant: Plant;

  beforeAll(async () => {
    database = await startDatabase();
    folder = await mkdtemp(join(tmpdir(), 'stratora-triggers-'));
    await restoreTemplates();
    backend = await startBackend({ database, config: { templatesDir: folder } });
    // Marks are looked at, so nobody may take them away.
    await backend.app.modules.configs.loop.stop();
    await backend.admin('PATCH', '/api/v1/settings', { rollout_soak_seconds: 0 });
    components = await enrolAll();
  });
  afterAll(async () => {
    await backend?.stop();
    await database?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function restoreTemplates(): Promise<void> {
    await cp(resolve(import.meta.dirname, '../../../../../templates'), folder, { recursive: true });
  }

  beforeEach(async () => {
    await restoreTemplates();
    const { db } = backend.app.modules.database;
    for (const table of ['node_credentials', 'credentials'])
      await sql`DELETE FROM ${sql.table(table)}`.execute(db);
    await sql`DELETE FROM nodes WHERE id <> ${components.host}`.execute(db);
    await sql`DELETE FROM sites WHERE NOT is_default`.execute(db);
    await sql`UPDATE remote_components
      SET name = hostname, engine_choice = 'auto', approval = 'approved'`.execute(db);
    await backend.admin('POST', '/api/v1/device-templates/reload');
    plant = await build();
    await settle(plant);
  });

  async function enrol(type: ComponentType, hostname: string) {
    const { token } = await backend.admin('POST', '/api/v1/enrollment-tokens', { auto_approve: true });
    const answer = await backend.register(token, { component_type: type, hostname });
    if (answer.status !== 201) throw new Error(answer.text);
    return answer.json as { component_id: string; node_id: string };
  }

  /** Enrols the components, once for all tests: each key costs a bcrypt. */
  async function enrolAll(): Promise<typeof components> {
    const [a, b, c] = [
      await enrol('collector', 'hall-a'),
      await enrol('collector', 'hall-b'),
      await enrol('collector', 'hall-c'),
    ].map(({ component_id: id }) => id) as [string, string, string];
    const agent = await enrol('agent', 'press');
    return { a, b, c, agent: agent.component_id, host: agent.node_id };
  }

  async function build(): Promise<Plant> {
    const { a, b } = components;
    const make = async (path: string, body: object): Promise<string> =>
      ((await backend.admin('POST', `/api/v1/${path}`, body)) as Node).id;
    const oslo = await make('sites', { name: 'Oslo', default_collector_id: a });
    const bergen = await make('sites', { name: 'Bergen', default_collector_id: b });
    const node = (host: number) => ({ ip_address: `10.0.0.${host}`, template: 'generic-snmp' });
    const switchA = await make('nodes', { ...node(7), name: 'switch A', site_id: oslo });
    const chosenA = await make('nodes', {
      ...node(8),
      name: 'chosen A',
      site_id: bergen,
      collector_id: a,
    });
    const switchB = await make('nodes', { ...node(9), name: 'switch B', site_id: bergen });
    const credential = { type: 'snmp_v2c', secret: { community: 'public' } };
    const first = await make('credentials', { ...credential, name: 'first' });
    const second = await make('credentials', { ...credential, name: 'second' });
    await backend.admin('PUT', `/api/v1/nodes/${switchA}/credentials/snmp`, { credential_id: first });
    const nodes = { switchA, chosenA, switchB };
    return { backend, folder, ...components, ...nodes, oslo, bergen, first, second };
  }

  it.each(TRIGGERS)('%s', async (_, act, marked) => {
    await act(plant);
    await expectMarks(plant, marked);
  });

  it('and the node goes where its site goes, unless somebody chose', async () => {
    await patch(plant, `sites/${plant.bergen}`, { default_collector_id: plant.c });
    const node = async (id: string) => (await backend.admin('GET', `/api/v1/nodes/${id}`)) as Node;
    const collector = async (id: string) => (await node(id)).collector_id;
    const isChosen = async (id: string) => (await node(id)).collector_chosen;
    expect([await isChosen(plant.switchB), await isChosen(plant.chosenA)]).toEqual([false, true]);
    expect(await collector(plant.switchB)).toBe(plant.c);
    expect(await collector(plant.chosenA)).toBe(plant.a);
    await patch(plant, `nodes/${plant.chosenA}`, { collector_id: null });
    expect(await collector(plant.chosenA)).toBe(plant.c);
    expect(await isChosen(plant.chosenA)).toBe(false);
    await patch(plant, `nodes/${plant.chosenA}`, { collector_id: plant.c });
    expect(await isChosen(plant.chosenA)).toBe(true);
    expect(await collector(plant.host)).toBeNull();
    // Whoever chose a collector that is gone chose nobody.
    const { component_id: gone } = await enrol('collector', 'hall-d');
    await patch(plant, `nodes/${plant.switchB}`, { collector_id: gone });
    await backend.admin('DELETE', `/api/v1/components/${gone}`);
    expect(await collector(plant.switchB)).toBeNull();
    expect(await isChosen(plant.switchB)).toBe(false);
    await patch(plant, `sites/${plant.bergen}`, { default_collector_id: plant.a });
    expect(await collector(plant.switchB)).toBe(plant.a);
  });
});
