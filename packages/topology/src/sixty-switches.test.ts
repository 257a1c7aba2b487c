import type { NeighbourTable } from '@stratora/contract';
import { captureSource, readNeighbourReport } from '@stratora/neighbours';
import { WiredObjects, wiredLinks } from '@stratora/simulator';
import type { CaptureObject } from '@stratora/snmp';
import { switchPlant } from '@stratora/testkit';
import { describe, expect, it } from 'vitest';
import { deriveTopology } from './derive-topology.ts';
import { inputOf, kept, NOW } from './reports.test-support.ts';
import { shownLinks } from './shown.test-support.ts';
import type { InputNode } from './topology-model.ts';

const COLLECTOR = { mac: '02:00:00:00:00:fe', address: '10.0.0.254' };
const plant = switchPlant((number) => `10.0.0.${number}`, COLLECTOR);

/** What the simulated device tells, read by the product's own reader. */
async function nodeOf(name: string, objects: WiredObjects): Promise<InputNode> {
  const source = captureSource(objects.device(name) as CaptureObject[]);
  const report = await readNeighbourReport(source, { nodeId: `node-${name}` });
  const device = plant.wiring.devices.find((one) => one.name === name);
  const entries = Object.entries(report.rows) as [NeighbourTable, readonly unknown[]][];
  const tables = entries.map(([table, rows]) => {
    const { state, reason } = report.tables[table];
    return [table, { ...kept(rows, NOW), isWhole: state === 'whole', lastState: state, lastReason: reason }];
  });
  return {
    nodeId: `node-${name}`,
    name,
    siteId: 'site',
    collectorId: 'collector',
    addresses: device?.address === undefined ? [] : [device.address],
    macAddresses: [],
    deviceType: device?.kind ?? 'other',
    system: report.system,
    tables: Object.fromEntries(tables) as InputNode['tables'],
  };
}

describe('the plant of sixty switches', () => {
  it('is drawn as it is wired: nothing missing, nothing invented', async () => {
    const objects = new WiredObjects(plant.wiring);
    const nodes: InputNode[] = [];
    for (const name of plant.monitored) nodes.push(await nodeOf(name, objects));
    const collector = {
      collectorId: 'collector',
      hostNodeId: null,
      siteId: 'site',
      addresses: [COLLECTOR.address],
      macAddresses: [COLLECTOR.mac],
    };
    const topology = deriveTopology(inputOf(nodes, { collectors: [collector] }));
    const isNode = new Set(plant.monitored);
    const wired = wiredLinks(plant.wiring)
      .filter(({ a, b, isUp }) => isUp && isNode.has(a.device) && isNode.has(b.device))
      .map(({ a, b }) => [`${a.device} ${a.interface}`, `${b.device} ${b.interface}`].toSorted().join(' - '));
    const others = [
      '(switch) ? - bay-1 Gi1/0/1',
      '(switch) ? - bay-2 Gi1/0/1',
      '(switch) ? - bay-3 Gi1/0/1',
      '(switch) ? - bay-4 Gi1/0/1',
      '(switch) ? - sw-14 Gi1/0/11',
      '(switch) ? - sw-15 Gi1/0/2',
      '[ap-1] eth1 - sw-12 Gi1/0/2',
      '[phone-1] port1 - sw-11 Gi1/0/2',
      '[vmhost-1] eth1 - sw-31 Gi1/0/2',
    ];
    expect(shownLinks(topology)).toEqual([...wired, ...others].toSorted());
    expect(topology.inferred.map(({ why, macCount }) => `${why} ${macCount}`).toSorted()).toEqual([
      'flood 0',
      'macs 3',
    ]);
    expect(topology.guestHosts.map(({ guests }) => guests.length)).toEqual([14]);
    expect(topology.places).toMatchObject([
      { device: { id: 'node-core-1' }, interface: { name: 'Te1/0/21' } },
    ]);
    expect(topology.duplicates).toEqual([]);
    expect(topology.wandering).toEqual([]);
  });
});
