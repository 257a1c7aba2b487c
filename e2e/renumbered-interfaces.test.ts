import type { Component, NodeDetail } from '@stratora/contract';
import { defaultToolCacheDir, locateTelegraf } from '@stratora/launcher';
import { MibImage, type MibObject, type Plant, startPlant } from '@stratora/simulator';
import { ValueType } from '@stratora/snmp';
import { RemoteComponent, StratoraSystem, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const telegraf = await locateTelegraf({
  binary: process.env['STRATORA_TELEGRAF_BIN'],
  searchPath: process.env['PATH'] ?? '',
  cacheDir: process.env['STRATORA_TOOL_CACHE'] ?? defaultToolCacheDir(process.env),
});
if (telegraf === undefined && process.env['CI']) throw new Error('there is no Telegraf on this machine');

const IF_ENTRY = '1.3.6.1.2.1.2.2.1';
const IF_X_ENTRY = '1.3.6.1.2.1.31.1.1.1';
const OCTETS_PER_SECOND = 1_000_000;

interface Port {
  readonly name: string;
  readonly descr: string;
  readonly alias: string;
  /** Octets a second, in millions; so far from those of the others that none is taken for another. */
  readonly rate: number;
}

/** Two ports with names of their own, two that share one and not its description, and two that share both. */
const PORTS: readonly Port[] = [
  { name: 'Gi1/0/1', descr: 'GigabitEthernet1/0/1', alias: 'desk', rate: 1 },
  { name: 'Gi1/0/2', descr: 'GigabitEthernet1/0/2', alias: '', rate: 2 },
  { name: 'eth0', descr: 'slot 1', alias: '', rate: 4 },
  { name: 'eth0', descr: 'slot 2', alias: '', rate: 8 },
  { name: 'tunnel', descr: 'l2tp', alias: '', rate: 16 },
  { name: 'tunnel', descr: 'l2tp', alias: '', rate: 32 },
];

/** A device that booted at a time, with its ports in the order of their ifIndex. */
function device(ports: readonly Port[], bootedAt: number): MibImage {
  const text = ValueType.octetString;
  const objects: MibObject[] = [
    { oid: '1.3.6.1.2.1.1.1.0', type: text, value: 'A switch' },
    { oid: '1.3.6.1.2.1.1.2.0', type: ValueType.oid, value: '1.3.6.1.4.1.99999.1' },
    { oid: '1.3.6.1.2.1.1.3.0', type: ValueType.timeTicks, value: (now) => (now - bootedAt) * 100 },
    { oid: '1.3.6.1.2.1.1.5.0', type: text, value: 'switch' },
  ];
  for (const [at, { name, descr, alias, rate }] of ports.entries()) {
    const index = at + 1;
    const counted = (now: number) => Math.max(0, now - bootedAt) * rate * OCTETS_PER_SECOND;
    objects.push(
      { oid: `${IF_ENTRY}.1.${index}`, type: ValueType.integer, value: index },
      { oid: `${IF_ENTRY}.2.${index}`, type: text, value: descr },
      { oid: `${IF_ENTRY}.3.${index}`, type: ValueType.integer, value: 6 },
      { oid: `${IF_ENTRY}.7.${index}`, type: ValueType.integer, value: 1 },
      { oid: `${IF_ENTRY}.8.${index}`, type: ValueType.integer, value: 1 },
      { oid: `${IF_X_ENTRY}.1.${index}`, type: text, value: name },
      { oid: `${IF_X_ENTRY}.6.${index}`, type: ValueType.counter64, value: counted },
      { oid: `${IF_X_ENTRY}.15.${index}`, type: ValueType.gauge32, value: 1000 },
      { oid: `${IF_X_ENTRY}.18.${index}`, type: text, value: alias },
    );
  }
  return new MibImage(objects);
}

type Engine = 'embedded' | 'telegraf';
const ENGINES: readonly Engine[] = telegraf ? ['embedded', 'telegraf'] : ['embedded'];

/** A device that is polled by one of the engines, and restarts in the middle. */
interface Scene {
  readonly nodeId: string;
  /** Seconds of Unix time at which the device was back. */
  readonly backAt: number;
}

describe('a device that restarts and numbers its interfaces anew', () => {
  let system: StratoraSystem;
  let credentialId: string;
  const plants: Plant[] = [];
  const collectors: RemoteComponent[] = [];
  let scenes: Map<Engine, Scene>;

  beforeAll(async () => {
    system = await StratoraSystem.start({ args: ['--no-agent', '--no-collector'] });
    ({ id: credentialId } = await system.api.post<{ id: string }>('/api/v1/credentials', {
      name: 'plant',
      type: 'snmp_v2c',
      enabled: true,
      secret: { community: 'public' },
    }));
    const played = await Promise.all(ENGINES.map((engine, at) => play(engine, `127.9.3.${at + 1}`)));
    scenes = new Map(ENGINES.map((engine, at) => [engine, played[at] as Scene]));
  }, 400_000);
  afterAll(async () => {
    for (const collector of collectors) await collector.dispose();
    await system?.dispose();
    for (const plant of plants) await plant.stop();
  });

  async function play(engine: Engine, address: string): Promise<Scene> {
    const environment = telegraf ? { STRATORA_TELEGRAF_BIN: telegraf.path } : {};
    const collector = await RemoteComponent.start(system, 'collector', `hall-${engine}`, { environment });
    collectors.push(collector);
    const component = await collector.registered(system);
    await system.api.expect('PATCH', `/api/v1/components/${component.id}`, { engine_choice: engine });
    // It has counted for an hour.
    const image = device(PORTS, Math.floor(Date.now() / 1000) - 3600);
    const before = await startPlant({ devices: [{ address, image }] });
    plants.push(before);
    const { id: nodeId } = await system.api.post<NodeDetail>('/api/v1/nodes', {
      name: `switch-${engine}`,
      ip_address: address,
      node_type: 'switch',
      template: 'generic-snmp',
      snmp_port: before.port,
      collector_id: component.id,
    });
    await system.api.put(`/api/v1/nodes/${nodeId}/credentials/snmp`, { credential_id: credentialId });
    await polls(nodeId, 6);
    const { port } = before;
    await before.stop();
    // It comes back with its ports in another order, and another text on one of them.
    const turned = PORTS.toReversed().map((one) =>
      one.name === 'Gi1/0/1' ? { ...one, alias: 'uplink' } : one,
    );
    const backAt = Math.floor(Date.now() / 1000);
    const plant = await startPlant({ devices: [{ address, image: device(turned, backAt) }], port });
    plants.push(plant);
    const found = await system.api.get<Component>(`/api/v1/components/${component.id}`);
    expect(found.engine?.kind).toBe(engine);
    await polls(nodeId, 6);
    return { nodeId, backAt };
  }

  /** Waits for so many more samples of the interfaces of a node. */
  async function polls(nodeId: string, more: number): Promise<void> {
    const since = Math.floor(Date.now() / 1000);
    await waitFor(
      async () => {
        const window = Math.max(1, Math.floor(Date.now() / 1000) - since);
        const found = await system.api.query(
          `min(count_over_time(interface_ifHCInOctets{node_id="${nodeId}",ifName=~"Gi.*"}[${window}s]))`,
        );
        return (found[0]?.value ?? 0) >= more;
      },
      { timeoutMs: 180_000, everyMs: 1_000, what: `${more} polls` },
    );
  }

  describe.each(ENGINES)('polled by the %s engine', (engine) => {
    const scene = () => scenes.get(engine) as Scene;

    const ask = (expression: string) =>
      system.api.query(expression.replaceAll('$node', `node_id="${scene().nodeId}"`));
    const portOf = (metric: Readonly<Record<string, string>>) =>
      [metric['ifName'], metric['ifTwin']].filter((text) => text).join(', ');
    const byPort = async (expression: string) =>
      Object.fromEntries((await ask(expression)).map(({ metric, value }) => [portOf(metric), value]));

    it('keeps one continuous series for each', async () => {
      const counts = await byPort('count_over_time(interface_ifHCInOctets{$node}[15m])');
      expect(Object.keys(counts).toSorted()).toEqual(
        [
          'Gi1/0/1',
          'Gi1/0/2',
          'eth0, slot 1',
          'eth0, slot 2',
          'tunnel, 5',
          'tunnel, 6',
          'tunnel, 1',
          'tunnel, 2',
        ].toSorted(),
      );
      expect(counts['Gi1/0/1']).toBeGreaterThanOrEqual(12);
      for (const name of ['Gi1/0/2', 'eth0, slot 1', 'eth0, slot 2'])
        expect(counts[name], name).toBe(counts['Gi1/0/1']);
      for (const { metric } of await ask('{__name__=~"interface_if.*",$node}')) {
        expect(metric['ifIndex']).toBeUndefined();
        expect(metric['ifAlias']).toBeUndefined();
      }
    });

    /** Holds rates in millions to what the ports count: a poll that stalls shifts what is counted by some seconds. */
    function expectRates(found: Record<string, number>, right: Record<string, number>, what: string): void {
      expect(Object.keys(found).toSorted(), what).toEqual(Object.keys(right).toSorted());
      for (const [name, rate] of Object.entries(right)) {
        expect(found[name], `${what} ${name}`).toBeGreaterThan(rate * 0.75);
        expect(found[name], `${what} ${name}`).toBeLessThan(rate * 1.35);
      }
    }

    it('has right rates before and after, and no jump between', async () => {
      const right = { 'Gi1/0/1': 1, 'Gi1/0/2': 2, 'eth0, slot 1': 4, 'eth0, slot 2': 8 };
      const age = Math.floor(Date.now() / 1000) - scene().backAt;
      const selector = 'interface_ifHCInOctets{$node,ifName=~"Gi.*|eth0"}';
      expectRates(await byPort(`rate(${selector}[40s]) / 1e6`), right, 'after');
      expectRates(await byPort(`rate(${selector}[40s] offset ${age + 10}s) / 1e6`), right, 'before');
      // Nowhere does it count more than it did; over the restart it counts less, since nobody saw the last seconds.
      const peaks = await byPort(`max_over_time(rate(${selector}[40s])[${age + 40}s:5s]) / 1e6`);
      expectRates(peaks, right, 'at most');
    });

    it('tells the new ifIndex and the new text, and the old ones no more', async () => {
      const told = await waitFor(
        async () => {
          const found = await ask('interface_info{$node,ifName=~"Gi.*|eth0"}');
          return found.length === 4 && found;
        },
        { timeoutMs: 60_000, what: 'one info series for each interface' },
      );
      const texts = told.map(({ metric }) =>
        [portOf(metric), metric['ifIndex'], metric['ifAlias'] ?? ''].join(' | '),
      );
      expect(texts.toSorted()).toEqual([
        'Gi1/0/1 | 6 | uplink',
        'Gi1/0/2 | 5 | ',
        'eth0, slot 1 | 4 | ',
        'eth0, slot 2 | 3 | ',
      ]);
      const joined = await ask(
        'interface_ifHCInOctets{$node,ifName=~"Gi.*"} * on (node_id, ifName, ifDescr, ifTwin) group_left (ifAlias) interface_info{$node}',
      );
      expect(joined.map(({ metric }) => metric['ifAlias'] ?? '').toSorted()).toEqual(['', 'uplink']);
    });

    it('never merges interfaces of one name and one description', async () => {
      const rates = await byPort('rate(interface_ifHCInOctets{$node,ifName="tunnel"}[40s]) / 1e6');
      expectRates(rates, { 'tunnel, 1': 32, 'tunnel, 2': 16 }, 'tunnels');
    });
  });
});
