import type { Alert, AlertDefinition, ListAnswer, Node, Topology, TopologyNode } from '@stratora/contract';
import type { Wiring } from '@stratora/simulator';
import {
  type LabPlant,
  NetworkLab,
  RemotePlant,
  STALL_MS,
  type SwitchPlant,
  switchPlant,
  waitFor,
} from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawnLine } from './drawn-wiring.ts';
import { MappedSite, READ_SECONDS } from './mapped-site.ts';
import { seconds, showTable } from './measured-table.ts';
import { type WiredMap, wiredMap } from './wired-lines.ts';

/** Addresses of the plant: more than it has devices. */
const ADDRESSES = 70;
const SLOW_MS = 6 * READ_SECONDS * 1_000 + STALL_MS;
/** The devices at which everything behind goes away with them. */
const FAILING = ['dist-2', 'sw-13'];
const ROOT = 'core-1';
/** Types of the nodes that are no switches. */
const NODE_TYPES: Readonly<Record<string, Node['node_type']>> = {
  'router-1': 'router',
  'server-1': 'server',
};

describe.skipIf(!NetworkLab.isPossible())('a map of sixty simulated switches', () => {
  let mapped: MappedSite;
  let lan: LabPlant;
  let agents: RemotePlant;
  let plant: SwitchPlant;
  let wired: WiredMap;

  const addressOf = (number: number) => lan.addresses[number - 1] ?? '';

  beforeAll(async () => {
    mapped = await MappedSite.start();
    const { lab, site } = mapped;
    lan = lab.addPlant(site, ADDRESSES);
    plant = switchPlant(addressOf, { mac: lab.macAddress(site.namespace, lan.link), address: lan.gateway });
    wired = wiredMap(plant.wiring, plant.monitored);
    agents = await RemotePlant.start(planOf(plant.wiring), lan.namespace);
    await mapped.system.api.expect('PATCH', '/api/v1/settings', { node_settle_seconds: 0 });
    await mapped.addNodes(
      plant.monitored.map((name, at) => ({
        name,
        address: addressOf(at + 1),
        nodeType: NODE_TYPES[name] ?? 'switch',
      })),
    );
  });
  afterAll(async () => {
    await agents?.stop();
    await mapped?.dispose();
  });

  function planOf(wiring: Wiring) {
    return { port: 161, wired: { wiring, names: plant.monitored } };
  }

  const nodeOf = ({ nodes }: Topology, name: string): TopologyNode | undefined =>
    nodes.find((node) => node.name === name);

  it('is what is wired: nothing is missing, nothing is invented', async () => {
    const tookMs = await mapped.untilDrawn(wired.lines, SLOW_MS);
    const { links, devices } = await mapped.map();
    showTable(
      'wired-plant',
      [{ 'entered to drawn (s)': seconds(tookMs), nodes: plant.monitored.length, lines: wired.lines.length }],
      [`read every ${READ_SECONDS} s; ${links.length} links and ${devices.length} devices that are no nodes`],
    );
    const inferred = devices.filter(({ kind }) => kind === 'unmanaged_switch').map(({ id }) => id);
    const plugged = inferred.map((id) =>
      links
        .filter(({ a, b }) => a.device_id === id || b.device_id === id)
        .map(({ a, b }) => (a.device_id === id ? b : a))
        .map(({ name, interface: port }) => `${name} ${port}`)
        .toSorted(),
    );
    const textOf = (ports: readonly string[]) => ports.join(', ');
    expect(plugged.map(textOf).toSorted()).toEqual(wired.unmanaged.map(textOf).toSorted());
    const others = devices.filter(({ kind }) => kind === 'neighbour').map(({ name }) => name);
    expect(others.toSorted()).toEqual(['ap-1', 'phone-1', 'vmhost-1']);
  });

  it('says of each line who witnessed it, and from where one that only one end tells is seen', async () => {
    const { links } = await mapped.map();
    const byLine = new Map(links.map((link) => [drawnLine(link), link]));
    for (const link of links) expect(link.witnesses, drawnLine(link)).not.toEqual([]);
    const plain = byLine.get('dist-1 Te1/0/1 - sw-11 Te1/1/1');
    expect(plain).toMatchObject({
      two_sided: true,
      seen_from: null,
      sources: expect.arrayContaining(['lldp']),
    });
    const deaf = byLine.get('dist-5 Te1/0/1 - sw-51 Te1/1/1');
    const heard = deaf?.witnesses.filter(({ source }) => source === 'lldp').map(({ end }) => end);
    expect(new Set(heard)).toEqual(new Set([deaf?.a.name === 'dist-5' ? 'a' : 'b']));
    const mute = byLine.get('server-1 eth1 - sw-32 Gi1/0/3');
    expect(mute).toMatchObject({ two_sided: false, seen_from: mute?.a.name === 'sw-32' ? 'a' : 'b' });
    expect(mute?.reasons.join('\n')).toMatch(/sw-32/);
    const lag = byLine.get('dist-3 Po1 - sw-31 Po1');
    const cables = lag?.members.map(({ a_interface: a, b_interface: b }) =>
      [`${a}`, `${b}`].toSorted().join(' - '),
    );
    expect(cables?.toSorted()).toEqual(['Te1/0/1 - Te1/1/1', 'Te1/0/2 - Te1/1/2']);
    // Neither end of it speaks: the spanning tree does.
    expect(byLine.get('dist-6 Te1/0/1 - sw-61 Te1/1/1')?.sources).toEqual(['stp']);
  });

  it('leaves where it is what somebody moved, and everything else, when a cable is moved', async () => {
    const { api } = mapped.system;
    const before = await waitFor(
      async () => {
        const map = await mapped.map();
        // A node that has a tier was laid out with its links.
        return map.nodes.every(({ x, tier }) => x !== null && tier !== null) && map;
      },
      { timeoutMs: SLOW_MS, what: 'a place for each node' },
    );
    const moved = nodeOf(before, 'line-1');
    if (moved === undefined) throw new Error('there is no line-1');
    const place = { x: (moved.x ?? 0) + 333, y: (moved.y ?? 0) - 222 };
    await api.put('/api/v1/topology/layout', { positions: [{ id: moved.id, ...place }] });
    const wiring = {
      ...plant.wiring,
      cables: plant.wiring.cables.map((cable) =>
        cable.b === 'line-1:eth1' ? { a: 'sw-14:Gi1/0/10', b: cable.b } : cable,
      ),
    };
    await agents.replace(planOf(wiring));
    await mapped.untilDrawn(wiredMap(wiring, plant.monitored).lines, SLOW_MS);
    const after = await mapped.map();
    expect(nodeOf(after, 'line-1')).toMatchObject({ ...place, is_placed_by_hand: true });
    for (const { name, x, y } of before.nodes) {
      if (name !== 'line-1') expect(nodeOf(after, name), name).toMatchObject({ x, y });
    }
    await agents.replace(planOf(plant.wiring));
    await mapped.untilDrawn(wired.lines, SLOW_MS);
  });

  it('knows from its links alone what a switch that fails takes with it: one alert each, and all behind it held', async () => {
    const behind = plant.monitored.filter((name) => !wired.reachedFrom(ROOT, FAILING).has(name));
    const dark = behind.filter((name) => !FAILING.includes(name)).toSorted();
    expect(dark.join(' ')).toBe('line-1 line-2 line-3 line-4 sw-21 sw-22 sw-23 sw-24 sw-25 sw-26');
    for (const node of (await mapped.map()).nodes) expect(node.has_set_parents, node.name).toBe(false);
    await enableFast();
    await untilHealthy();
    const active = await whileAway(behind, async () => {
      const alerts = await waitFor(
        async () => {
          const { items } = await mapped.system.api.get<ListAnswer<Alert>>(
            '/api/v1/alerts?state=active&limit=500',
          );
          const found = items.filter(({ alert_key: key }) => key === 'node_unreachable_fast');
          const isSettled =
            found.length === behind.length &&
            found.filter(({ held }) => held === null).length === FAILING.length;
          return isSettled && found;
        },
        { timeoutMs: 120_000, everyMs: 500, what: 'an alert for each, and two that are told' },
      );
      return alerts;
    });
    const idOf = (name: string) => mapped.nodes.get(name);
    const told = active.filter(({ held }) => held === null).map(({ node_name: name }) => `${name}`);
    expect(told.toSorted()).toEqual(FAILING);
    for (const { node_name: name, held } of active) {
      if (FAILING.includes(name ?? '')) continue;
      const cause = name?.startsWith('line-') ? 'sw-13' : 'dist-2';
      expect(held, String(name)).toMatchObject({ by: 'upstream', node_id: idOf(cause) });
    }
  }, 420_000);

  async function enableFast(): Promise<void> {
    const { api } = mapped.system;
    const path = '/api/v1/alert-definitions';
    const { items } = await api.get<ListAnswer<AlertDefinition>>(`${path}?limit=500`);
    const id = items.find(({ slug }) => slug === 'node_unreachable_fast')?.id;
    await api.expect('PATCH', `${path}/${id}`, { enabled: true });
  }

  async function untilHealthy(): Promise<void> {
    const { api } = mapped.system;
    await waitFor(
      async () =>
        (await api.get<ListAnswer<unknown>>('/api/v1/nodes?status=healthy&limit=500')).items.length >=
        plant.monitored.length,
      { timeoutMs: 180_000, everyMs: 500, what: 'a healthy plant' },
    );
  }

  /** Switches some devices off while something is done. */
  async function whileAway<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
    const addresses = names.map((name) => addressOf(plant.monitored.indexOf(name) + 1));
    for (const address of addresses) mapped.lab.setPower(lan, address, 'off');
    try {
      return await work();
    } finally {
      for (const address of addresses) mapped.lab.setPower(lan, address, 'on');
    }
  }
});
