import type { NeighbourReport, Topology, TopologyLink } from '@stratora/contract';
import { silentLogger } from '@stratora/runtime';
import { startBackend, type TestBackend, waitFor } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DatabaseConnection, openDatabase } from '../../../platform/db/index.ts';
import { learned, macOf, reportOf, switchRows } from '../reports/neighbour-report.test-support.ts';
import { takeNeighbourReport } from '../reports/report-intake.ts';

const LIMIT = { timeoutMs: 60_000 };

describe('what devices say', () => {
  let backend: TestBackend;
  let database: DatabaseConnection;
  let site: string;
  let round = 0;
  const nodes = new Map<string, string>();

  beforeAll(async () => {
    backend = await startBackend();
    database = openDatabase({ url: backend.database.url, logger: silentLogger() });
  });
  afterAll(async () => {
    await database?.close();
    await backend?.stop();
  });
  beforeEach(async () => {
    round += 1;
    nodes.clear();
    site = (await backend.admin('POST', '/api/v1/sites', { name: `hall ${round}` })).id;
    for (const name of ['core', 'edge', 'spare']) await make(`${name}${round}`);
  });

  async function make(name: string, node_type = 'switch'): Promise<string> {
    const body = { name, ip_address: `${name}.plant.test`, node_type, site_id: site };
    const { id } = await backend.admin('POST', '/api/v1/nodes', body);
    nodes.set(name, id);
    return id;
  }
  const idOf = (name: string) => nodes.get(`${name}${round}`) ?? '';
  /** Names of devices carry the number of the round, so that no round knows the devices of another. */
  const ports = (...lines: string[]) =>
    switchRows(...lines.map((line) => line.replace(/^(\d+) (?!down)([a-z]+)/, `$1 $2${round}`)));
  async function say(name: string, given: Parameters<typeof reportOf>[1] = {}): Promise<void> {
    const report: NeighbourReport = reportOf(idOf(name), { name: `${name}${round}`, ...given });
    await database.db.transaction().execute((tx) => takeNeighbourReport(tx, report));
  }
  const ask = (path: string) => backend.admin('GET', `/api/v1/topology${path}`);
  const map = (): Promise<Topology> => ask(`?site_id=${site}`);
  const words = ({ a, b, state }: TopologyLink) => {
    const side = (end: TopologyLink['a']) => `${end.name?.replace(/\d+$/, '')} ${end.interface ?? '?'}`;
    return `${[side(a), side(b)].toSorted().join(' - ')}${state === 'up' ? '' : ` (${state})`}`;
  };
  const drawn = async () => (await map()).links.map(words).toSorted();
  const shows = (...lines: string[]) =>
    waitFor(async () => (await drawn()).join() === lines.join(), { ...LIMIT, what: lines.join() });

  it('becomes links with their witnesses, places on the map and tiers', async () => {
    await say('core', { rows: ports('1 edge 7', '2 spare 7') });
    await say('edge', { rows: ports('7 core 1') });
    await shows('core Gi0/1 - edge Gi0/7', 'core Gi0/2 - spare Gi0/7');
    const {
      links,
      nodes: shown,
      zones,
      derived_at,
    } = await waitFor(async () => {
      const found = await map();
      return found.nodes.every(({ tier }) => tier !== null) && found;
    }, LIMIT);
    const [both, one] = ['edge', 'spare'].map((name) =>
      links.find(({ a, b }) => [a, b].some((end) => end.node_id === idOf(name))),
    );
    expect(both).toMatchObject({
      sources: ['lldp'],
      two_sided: true,
      seen_from: null,
      state: 'up',
      approval: null,
    });
    expect(both?.witnesses.map(({ table }) => table)).toEqual(['lldp_neighbours', 'lldp_neighbours']);
    expect(one).toMatchObject({ two_sided: false });
    expect(one?.reasons.join(' ')).toContain(`Seen from core${round} only.`);
    expect(both?.confidence).toBeGreaterThan(one?.confidence ?? 100);
    expect(await ask(`/links/${both?.id}`)).toEqual(both);
    expect(derived_at).not.toBeNull();
    expect(shown.every(({ x, y }) => x !== null && y !== null)).toBe(true);
    expect(zones).toMatchObject([{ site_id: site, nodes: 3, devices: 0 }]);
  });

  it('is kept when a later reading breaks off, and its failure is told in words', async () => {
    await say('core', { rows: ports('1 edge 7') });
    await say('edge', { rows: ports('7 core 1') });
    await shows('core Gi0/1 - edge Gi0/7');
    await say('core', { states: { lldp_neighbours: 'part', lldp_ports: 'failed', interfaces: 'failed' } });
    const told = await waitFor(async () => {
      const found = await ask(`/nodes/${idOf('core')}`);
      return found.reasons.length > 0 && found;
    }, LIMIT);
    expect(await drawn()).toEqual(['core Gi0/1 - edge Gi0/7']);
    expect(told.tables.find(({ table }: { table: string }) => table === 'lldp_neighbours')).toMatchObject({
      state: 'part',
      kept_rows: 1,
      reason: 'the table was part',
    });
  });

  it('stays drawn when its port goes down, and leaves its old place when it is seen elsewhere', async () => {
    await say('core', { rows: ports('1 edge 7', '2 spare 7') });
    await say('edge', { rows: ports('7 core 1') });
    await say('spare', { rows: ports('7 core 2', '8 down') });
    await shows('core Gi0/1 - edge Gi0/7', 'core Gi0/2 - spare Gi0/7');
    await say('core', { rows: ports('1 down', '2 spare 7') });
    await say('edge', { rows: ports('7 down') });
    await shows('core Gi0/1 - edge Gi0/7 (down)', 'core Gi0/2 - spare Gi0/7');
    await say('edge', { rows: ports('7 spare 8') });
    await say('spare', { rows: ports('7 core 2', '8 edge 7') });
    await shows('core Gi0/2 - spare Gi0/7', 'edge Gi0/7 - spare Gi0/8');
    const { items } = await ask(`/events?site_id=${site}`);
    const kinds = items.map(({ kind }: { kind: string }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['link_down', 'link_moved', 'link_appeared']));
    expect(items.at(-1)?.detail).toContain(`core${round}`);
  });

  it('is compared with the wiring that somebody approved: a moved cable is an event with a ghost', async () => {
    await say('core', { rows: ports('1 edge 7', '2 spare 7', '3 down') });
    await say('edge', { rows: ports('7 core 1') });
    await say('spare', { rows: ports('7 core 2') });
    await shows('core Gi0/1 - edge Gi0/7', 'core Gi0/2 - spare Gi0/7');
    const approved = await backend.admin('POST', '/api/v1/topology/approval', { site_id: site });
    expect(approved).toMatchObject({
      approvals: [{ site_id: site, links: 2, approved_by: 'admin' }],
      ghosts: [],
      new_link_ids: [],
    });
    expect((await map()).links.map(({ approval }) => approval)).toEqual(['approved', 'approved']);
    await say('core', { rows: ports('1 down', '2 spare 7', '3 edge 7') });
    await say('edge', { rows: ports('7 core 3') });
    await shows('core Gi0/2 - spare Gi0/7', 'core Gi0/3 - edge Gi0/7');
    const { ghosts, links } = await map();
    const moved = links.find(({ a, b }) => [a, b].some((end) => end.interface === 'Gi0/3'));
    expect(moved?.approval).toBe('new');
    expect(ghosts).toMatchObject([{ kind: 'moved', moved_to: moved?.id }]);
    expect(new Set([ghosts[0]?.a.interface, ghosts[0]?.b.interface])).toEqual(new Set(['Gi0/1', 'Gi0/7']));
    const { items } = await ask(`/events?kind=approved_moved&site_id=${site}`);
    expect(items).toHaveLength(1);
    const audit = await backend.admin('GET', '/api/v1/audit-log?limit=5');
    expect(audit.items.map(({ action }: { action: string }) => action)).toContain('wiring.moved');

    const wiring = await ask(`/approval?site_id=${site}`);
    expect(wiring).toMatchObject({ ghosts: [{ id: ghosts[0]?.id }], new_link_ids: [moved?.id] });
    const accepted = await backend.admin('POST', '/api/v1/topology/approval', {
      ids: [ghosts[0]?.id, moved?.id],
    });
    expect(accepted.ghosts.filter(({ id }: { id: string }) => id === ghosts[0]?.id)).toEqual([]);
    expect(await ask(`/approval?site_id=${site}`)).toMatchObject({
      ghosts: [],
      new_link_ids: [],
      approvals: [{ links: 2 }],
    });
  });

  it('is back as approved when the cable is, and the approval can be withdrawn', async () => {
    await say('core', { rows: ports('1 edge 7') });
    await say('edge', { rows: ports('7 core 1') });
    await shows('core Gi0/1 - edge Gi0/7');
    await backend.admin('POST', '/api/v1/topology/approval', { site_id: site });
    await say('core', { rows: ports('1 down', '2 edge 7') });
    await say('edge', { rows: ports('7 core 2') });
    await shows('core Gi0/2 - edge Gi0/7');
    await say('core', { rows: ports('1 edge 7', '2 down') });
    await say('edge', { rows: ports('7 core 1') });
    await shows('core Gi0/1 - edge Gi0/7');
    expect((await map()).ghosts).toEqual([]);
    const { items } = await ask(`/events?kind=approved_back&site_id=${site}`);
    expect(items).toHaveLength(1);
    await backend.call('DELETE', `/api/v1/topology/approval?site_id=${site}`, { token: backend.adminToken });
    expect((await ask(`/approval?site_id=${site}`)).approvals).toEqual([]);
    expect((await map()).links.map(({ approval }) => approval)).toEqual([null]);
  });

  it('names devices that are no nodes, which become nodes by an import, each once', async () => {
    const rows = ports('1 edge 7', '2 pump 1');
    const [, pump] = rows.lldp_neighbours ?? [];
    Object.assign(pump ?? {}, {
      management_addresses: ['fe80::1', `10.7.${round}.9`],
      capabilities: ['router'],
    });
    await say('core', { rows });
    const device = await waitFor(
      async () => (await map()).devices.find(({ name }) => name === `pump${round}`),
      LIMIT,
    );
    expect(device).toMatchObject({
      kind: 'neighbour',
      device_type: 'router',
      site_id: site,
      seen_by: [{ node_id: idOf('core'), interface: 'Gi0/2' }],
    });
    const around: Topology = await ask(`?node_id=${idOf('core')}`);
    expect(around.devices.map(({ id }) => id)).toEqual([device.id]);
    const body = { devices: [{ id: device.id }], site_id: site };
    const { items } = await backend.admin('POST', '/api/v1/topology/neighbours/import', body);
    expect(items).toMatchObject([{ device_id: device.id, is_existing: false, problem: null }]);
    const node = await backend.admin('GET', `/api/v1/nodes/${items[0].node_id}`);
    expect(node).toMatchObject({ name: `pump${round}`, ip_address: `10.7.${round}.9`, node_type: 'router' });
    const again = await backend.admin('POST', '/api/v1/topology/neighbours/import', {
      devices: [{ id: device.id }, { id: idOf('core') }],
      site_id: site,
    });
    expect(again.items).toMatchObject([
      { node_id: node.id, is_existing: true },
      { node_id: null, problem: 'This device is not on the map any more.' },
    ]);
    // It is a node now, and the line leads to it.
    await waitFor(async () => {
      const { links, devices } = await map();
      return devices.length === 0 && links.some(({ a, b }) => [a, b].some((end) => end.node_id === node.id));
    }, LIMIT);
  });

  it('tells where an address is, and where it was', async () => {
    const host = `pc${round}`;
    const fdb = (port: number) => ({ ...ports('1 edge 7', '2', '3'), forwarding: learned([host, port]) });
    await say('core', { rows: fdb(2) });
    const mac = macOf(host);
    const place = await waitFor(async () => (await ask(`/where?mac=${mac}`)).items[0], LIMIT);
    expect(place).toMatchObject({
      node_id: idOf('core'),
      node_name: `core${round}`,
      interface: 'Gi0/2',
      vlan: 1,
      mac_address: mac,
      is_edge: true,
    });
    const dashed = mac.replaceAll(':', '-').toUpperCase();
    expect((await ask(`/where?mac=${dashed}`)).items).toHaveLength(1);
    await say('core', { rows: fdb(3) });
    const answer = await waitFor(async () => {
      const found = await ask(`/where?mac=${mac}`);
      return found.moves.length > 0 && found;
    }, LIMIT);
    expect(answer).toMatchObject({
      items: [{ interface: 'Gi0/3' }],
      moves: [{ from: { interface: 'Gi0/2' }, to: { interface: 'Gi0/3' } }],
    });
    const nobody = await ask('/where?mac=02:ff:ff:ff:ff:fe');
    expect(nobody).toMatchObject({ items: [], notices: ['No switch has seen 02:ff:ff:ff:ff:fe.'] });
    expect((await backend.call('GET', '/api/v1/topology/where', { token: backend.adminToken })).status).toBe(
      400,
    );
  });

  it('leads root causes: parents follow from it, from the port that the collector hangs at', async () => {
    await say('core', { rows: ports('1 edge 7') });
    await say('edge', { rows: ports('7 core 1', '8 spare 1') });
    await shows('core Gi0/1 - edge Gi0/7', 'edge Gi0/8 - spare Gi0/1');
    const { rows } = await sql<{ id: string }>`
      INSERT INTO remote_components (component_type, name, hostname, version, os, arch, approval)
      VALUES ('collector', 'c', 'c', '1', 'linux', 'x64', 'approved') RETURNING id`.execute(database.db);
    const collector = rows[0]?.id ?? '';
    await sql`UPDATE nodes SET collector_id = ${collector} WHERE site_id = ${site}`.execute(database.db);
    await waitFor(async () => {
      await sql`
        INSERT INTO collector_places (collector_id, node_id, interface, words)
        VALUES (${collector}, ${idOf('core')}, 'Gi0/9', 'seen there')
        ON CONFLICT (collector_id) DO NOTHING`.execute(database.db);
      const shown = (await map()).nodes;
      const parents = Object.fromEntries(shown.map(({ id, parent_ids }) => [id, parent_ids]));
      return parents[idOf('edge')]?.[0] === idOf('core') && parents[idOf('spare')]?.[0] === idOf('edge');
    }, LIMIT);
    const impact = await ask(`/impact?node_id=${idOf('edge')}`);
    expect(impact.dark.map(({ id }: { id: string }) => id)).toEqual([idOf('spare')]);
    expect(impact.maintenance_node_ids).toEqual([idOf('edge'), idOf('spare')]);
    expect(impact.summary[0]).toContain(`1 node goes dark: spare${round}.`);
  });

  it('goes with its node, and a link that is still seen is not deleted by hand', async () => {
    await say('core', { rows: ports('1 edge 7') });
    await shows('core Gi0/1 - edge Gi0/7');
    const [link] = (await map()).links;
    const deletion = await backend.call('DELETE', `/api/v1/topology/links/${link?.id}`, {
      token: backend.adminToken,
    });
    expect(deletion).toMatchObject({ status: 409, json: { code: 'invalid_state' } });
    await backend.call('DELETE', `/api/v1/nodes/${idOf('edge')}`, { token: backend.adminToken });
    expect((await map()).links).toEqual([]);
    // The neighbour is unknown from now on.
    await waitFor(async () => (await map()).devices.some(({ name }) => name === `edge${round}`), LIMIT);
  });

  it('joins a link that somebody drew with the same one that devices tell of', async () => {
    const made = await backend.admin('POST', '/api/v1/topology/links', {
      a: { node_id: idOf('edge'), interface: 'Gi0/7' },
      b: { node_id: idOf('core'), interface: 'Gi0/1' },
    });
    await say('core', { rows: ports('1 edge 7') });
    const links = await waitFor(async () => {
      const found = (await map()).links;
      return found.some(({ sources }) => sources.includes('lldp')) && found;
    }, LIMIT);
    expect(links).toHaveLength(1);
    expect(links[0]?.id).toBe(made.id);
    expect([...(links[0]?.sources ?? [])].toSorted()).toEqual(['lldp', 'manual']);
  });
});
