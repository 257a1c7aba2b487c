import { describe, expect, it } from 'vitest';
import { deriveTopology } from './derive-topology.ts';
import { PlugDecider } from './plug-decider.ts';
import { inputOf, reportsOf } from './reports.test-support.ts';
import { shownLink } from './shown.test-support.ts';
import type { DerivedTopology, PulledPlug } from './topology-model.ts';
import { Wiring } from './wiring.test-support.ts';

const COLLECTOR = {
  collectorId: 'collector-hall',
  hostNodeId: 'node-probe',
  siteId: 'hall',
  addresses: [],
  macAddresses: [],
};

/** A core, two switches of a ring, one behind it, and the host of the collector at the core. */
function plant(): DerivedTopology {
  const wiring = new Wiring()
    .add('core')
    .add('left')
    .add('right')
    .add('leaf')
    .add('probe', 'host', { watch: 'listed' })
    .plug('core 1 - left 1', 'left 2 - right 2', 'right 1 - core 2', 'right 5 - leaf 1', 'core 9 - probe 1');
  return deriveTopology(inputOf(reportsOf(wiring), { collectors: [COLLECTOR] }));
}

function node(name: string): PulledPlug {
  return { kind: 'device', device: { kind: 'node', id: `node-${name}` } };
}

function link(topology: DerivedTopology, shown: string): PulledPlug {
  const found = topology.links.find((one) => shownLink(one, topology) === shown);
  return { kind: 'link', linkId: found?.id ?? 'none' };
}

describe('before the plug is pulled', () => {
  it('tells which nodes go dark, and which have one way left', () => {
    const topology = plant();
    const decider = new PlugDecider(topology);
    expect(decider.decide(node('right'))).toMatchObject({
      dark: ['node-leaf', 'node-right'],
      losesRedundancy: ['node-left'],
      words: '2 nodes go dark, and 1 node has one way left',
    });
    expect(decider.decide(link(topology, 'core Gi1/0/1 - left Gi1/0/1'))).toMatchObject({
      dark: [],
      losesRedundancy: ['node-left', 'node-right'],
      words: 'nothing goes dark, and 2 nodes have one way left',
    });
    expect(decider.decide(link(topology, 'leaf Gi1/0/1 - right Gi1/0/5')).dark).toEqual(['node-leaf']);
    expect(decider.decide(node('probe')).dark).toHaveLength(5);
  });

  it('takes nothing down while a cable of a bundle is left', () => {
    const wiring = new Wiring()
      .add('core', 'switch', { bundles: { Po1: ['1', '2'] } })
      .add('leaf', 'switch', { bundles: { Po1: ['1', '2'] } })
      .add('probe', 'host', { watch: 'listed' })
      .plug('core 1 - leaf 1', 'core 2 - leaf 2', 'core 9 - probe 1');
    const topology = deriveTopology(inputOf(reportsOf(wiring), { collectors: [COLLECTOR] }));
    const bundle = link(topology, 'core Po1 - leaf Po1') as { kind: 'link'; linkId: string };
    const decider = new PlugDecider(topology);
    expect(decider.decide({ ...bundle, member: 0 })).toMatchObject({
      dark: [],
      membersLeft: 1,
      words: 'nothing goes dark: 1 cable of the LAG is left',
    });
    expect(decider.decide(bundle)).toMatchObject({ dark: ['node-leaf'], membersLeft: 0 });
  });

  it('says nothing of nodes that no way led to before', () => {
    const { links, places, ways } = plant();
    const outcome = new PlugDecider({ links: links.slice(0, 0), places, ways }).decide(node('right'));
    expect(outcome.unknown).toEqual(['node-core', 'node-leaf', 'node-left']);
  });
});

describe('ways from the collector', () => {
  it('name the nearest nodes on the shortest ways', () => {
    const parents = Object.fromEntries(plant().ways.map(({ nodeId, parentIds }) => [nodeId, parentIds]));
    expect(parents).toEqual({
      'node-probe': [],
      'node-core': ['node-probe'],
      'node-left': ['node-core'],
      'node-right': ['node-core'],
      'node-leaf': ['node-right'],
    });
  });

  it('tell which nodes have a second one', () => {
    const redundant = plant().ways.flatMap(({ nodeId, isRedundant }) => (isRedundant ? [nodeId] : []));
    expect(redundant).toEqual(['node-core', 'node-left', 'node-probe', 'node-right']);
  });

  it('begin at the port where the address of the collector is learned', () => {
    const wiring = new Wiring()
      .add('core')
      .add('leaf')
      .add('probe', 'host')
      .plug('core 1 - leaf 1', 'core 9 - probe 1');
    const collector = { ...COLLECTOR, hostNodeId: null, addresses: ['10.0.0.3'] };
    const { places, ways } = deriveTopology(inputOf(reportsOf(wiring), { collectors: [collector] }));
    expect(places).toMatchObject([{ device: { id: 'node-core' }, interface: { name: 'Gi1/0/9' } }]);
    expect(ways.map(({ parentIds }) => parentIds)).toEqual([[], ['node-core']]);
  });

  it('begin there too for a collector of no site, or of another one than what it polls', () => {
    const wiring = new Wiring()
      .add('core')
      .add('leaf')
      .add('probe', 'host')
      .plug('core 1 - leaf 1', 'core 9 - probe 1');
    const reports = reportsOf(wiring);
    const elsewhere = reports.map((node) => ({ ...node, nodeId: 'node-server', siteId: 'home' }))[0];
    if (elsewhere === undefined) throw new Error('the wiring has no node');
    const server = {
      ...elsewhere,
      name: 'server',
      collectorId: null,
      addresses: [],
      system: null,
      tables: {},
    };
    const nodes = [...reports, server];
    for (const [siteId, hostNodeId] of [
      [null, null],
      ['home', null],
      // The host is a node, and joined to nothing at the site that it watches.
      ['home', 'node-server'],
    ] as const) {
      const collector = { ...COLLECTOR, siteId, hostNodeId, addresses: ['10.0.0.3'] };
      const { places } = deriveTopology(inputOf(nodes, { collectors: [collector] }));
      expect(places, `${siteId} ${hostNodeId}`).toMatchObject([
        { siteId: 'hall', device: { id: 'node-core' }, interface: { name: 'Gi1/0/9' } },
      ]);
    }
  });
});

describe('single points of failure', () => {
  it('are the devices and links that take others with them', () => {
    const topology = plant();
    const shown = topology.singlePoints.map(({ what, darkCount }) => {
      const found = what.kind === 'link' ? topology.links.find(({ id }) => id === what.linkId) : undefined;
      return `${found === undefined ? (what as { device: { id: string } }).device.id : shownLink(found, topology)}: ${darkCount}`;
    });
    expect(shown).toEqual([
      'core Gi1/0/9 - probe ?: 4',
      'node-probe: 4',
      'node-core: 3',
      'leaf Gi1/0/1 - right Gi1/0/5: 1',
      'node-right: 1',
    ]);
  });

  it('are counted from the middle where nobody knows where the collector is', () => {
    const wiring = new Wiring().add('a').add('b').add('c').plug('a 1 - b 1', 'b 2 - c 1');
    const { singlePoints } = deriveTopology(inputOf(reportsOf(wiring)));
    expect(singlePoints.every(({ isFromCollector }) => !isFromCollector)).toBe(true);
    expect(singlePoints.find(({ what }) => what.kind === 'device')).toMatchObject({ darkCount: 1 });
  });
});
