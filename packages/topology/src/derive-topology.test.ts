import { describe, expect, it } from 'vitest';
import { deriveTopology } from './derive-topology.ts';
import {
  BY_ADDRESS,
  inputOf,
  JUNIPER,
  MINUTE,
  NOW,
  NUMBERED,
  type ReportOptions,
  reportsOf,
} from './reports.test-support.ts';
import { shownLinks } from './shown.test-support.ts';
import type { InputNode, TopologyInput } from './topology-model.ts';
import { Wiring } from './wiring.test-support.ts';

const SILENT = { speaks: { lldp: false, cdp: false } };
const CDP = { speaks: { lldp: false, cdp: true } };

function derive(wiring: Wiring, options: ReportOptions = {}, more: Partial<TopologyInput> = {}) {
  return deriveTopology(inputOf(reportsOf(wiring, options), more));
}

describe('links that both ends tell of', () => {
  it('are drawn between the very ports, with both as witnesses', () => {
    const topology = derive(new Wiring().add('a').add('b').plug('a 1 - b 7'));
    expect(shownLinks(topology)).toEqual(['a Gi1/0/1 - b Gi1/0/7']);
    const [link] = topology.links;
    expect(link?.seenFrom).toBe('both');
    expect(link?.sources).toEqual(['lldp']);
    expect(link?.witnesses.map(({ end, table, atMs }) => [end, table, atMs])).toEqual([
      ['a', 'lldp_neighbours', NOW - MINUTE],
      ['b', 'lldp_neighbours', NOW - MINUTE],
    ]);
    expect(link?.confidence).toBeGreaterThan(0.95);
    expect(link?.speedBps).toBe(1e9);
  });

  it.each([
    ['unit names', JUNIPER],
    ['bare numbers', NUMBERED],
    ['addresses of their ports', BY_ADDRESS],
  ])('are found where devices announce %s', (_, dialect) => {
    const wiring = new Wiring().add('a').add('b').plug('a 1 - b 7', 'a 2 - b 8');
    const topology = derive(wiring, { dialect: () => dialect });
    const name = dialect.name;
    expect(shownLinks(topology)).toEqual([
      `a ${name('1')} - b ${name('7')}`,
      `a ${name('2')} - b ${name('8')}`,
    ]);
    expect(topology.links.every(({ seenFrom }) => seenFrom === 'both')).toBe(true);
  });

  it('are found by CDP as by LLDP, and by both are one', () => {
    const both = { speaks: { lldp: true, cdp: true } };
    const topology = derive(new Wiring().add('a', 'switch', both).add('b', 'switch', both).plug('a 1 - b 7'));
    expect(shownLinks(topology)).toEqual(['a Gi1/0/1 - b Gi1/0/7']);
    expect(topology.links[0]?.sources).toEqual(['lldp', 'cdp']);
  });
});

describe('links that one end tells of', () => {
  it('are kept and marked with the end that sees them, and why the other is silent', () => {
    const wiring = new Wiring().add('a').add('b').plug('a 1 - b 7');
    const spoil = (node: InputNode) => (node.name === 'b' ? emptied(node) : node);
    const [link] = derive(wiring, { spoil }).links;
    expect(link?.seenFrom).toBe('a');
    expect(link?.silence).toBe('b lists no neighbours');
    expect(link?.confidence).toBeLessThan(0.95);
  });

  it('give way to two ends that agree', () => {
    const wiring = new Wiring().add('a').add('b').add('c').plug('a 1 - b 7');
    // What c still says is from before: it hung on the same port of b.
    const before = reportsOf(new Wiring().add('a').add('b').add('c').plug('c 3 - b 7', 'a 1 - b 9')).find(
      ({ name }) => name === 'c',
    ) as InputNode;
    const topology = derive(wiring, { spoil: (node) => (node.name === 'c' ? before : node) });
    expect(shownLinks(topology)).toEqual(['a Gi1/0/1 - b Gi1/0/7']);
    expect(topology.reasons.filter(({ code }) => code === 'contradicted').map(({ words }) => words)).toEqual([
      'b Gi1/0/7 leads to a, as both say',
    ]);
  });
});

describe('devices that are heard together on one port', () => {
  it('are on one wire, with an inferred switch, and have no cables between them', () => {
    const wiring = new Wiring()
      .add('a')
      .add('b')
      .add('c')
      .add('hub', 'dumb')
      .plug('a 1 - hub 1', 'b 1 - hub 2', 'c 1 - hub 3');
    const topology = derive(wiring);
    expect(shownLinks(topology)).toEqual([
      '(switch) ? - a Gi1/0/1',
      '(switch) ? - b Gi1/0/1',
      '(switch) ? - c Gi1/0/1',
    ]);
    expect(topology.inferred).toMatchObject([{ why: 'flood' }]);
  });

  it('are on one wire by CDP too', () => {
    const wiring = new Wiring()
      .add('a', 'switch', CDP)
      .add('b', 'switch', CDP)
      .add('c', 'switch', CDP)
      .add('hub', 'dumb')
      .plug('a 1 - hub 1', 'b 1 - hub 2', 'c 1 - hub 3');
    expect(shownLinks(derive(wiring)).every((link) => link.startsWith('(switch)'))).toBe(true);
  });

  it('are next to the switch of the plant that passes CDP on', () => {
    const wiring = new Wiring()
      .add('a', 'switch', CDP)
      .add('b', 'switch', CDP)
      .add('s')
      .plug('a 1 - s 1', 'b 1 - s 2');
    expect(shownLinks(derive(wiring))).toEqual(['a Gi1/0/1 - s Gi1/0/1', 'b Gi1/0/1 - s Gi1/0/2']);
  });

  it('are behind the one that LLDP hears, when CDP hears others through it', () => {
    const both = { speaks: { lldp: true, cdp: true } };
    const wiring = new Wiring()
      .add('a', 'switch', both)
      .add('b', 'switch', both)
      .add('s', 'switch', { watch: 'none' })
      .plug('a 1 - s 1', 'b 1 - s 2');
    expect(shownLinks(derive(wiring))).toEqual(['[s] Gi1/0/1 - a Gi1/0/1', '[s] Gi1/0/2 - b Gi1/0/1']);
  });
});

describe('phones, access points and hosts', () => {
  it('let a computer behind a phone hang on the phone', () => {
    const wiring = new Wiring()
      .add('a')
      .add('phone', 'phone')
      .add('pc', 'host', { watch: 'listed' })
      .plug('a 1 - phone 1', 'phone 2 - pc 1');
    const topology = derive(wiring);
    expect(shownLinks(topology)).toEqual(['[phone] ? - pc ?', '[phone] Gi1/0/1 - a Gi1/0/1']);
    expect(topology.inferred).toEqual([]);
    const pc = topology.where.find(({ ownerNodeId }) => ownerNodeId === 'node-pc');
    expect(pc).toMatchObject({
      nodeId: 'node-a',
      interface: { name: 'Gi1/0/1' },
      behind: { kind: 'neighbour' },
    });
  });

  it('let clients of an access point hang on it', () => {
    const wiring = new Wiring()
      .add('a')
      .add('ap', 'ap')
      .add('one', 'host')
      .add('two', 'host', { watch: 'listed' })
      .plug('a 1 - ap 1', 'ap 2 - one 1', 'ap 3 - two 1');
    const topology = derive(wiring);
    expect(shownLinks(topology)).toEqual(['[ap] ? - two ?', '[ap] Gi1/0/1 - a Gi1/0/1']);
    expect(topology.inferred).toEqual([]);
  });

  it('make a port with a hypervisor a host with guests', () => {
    const wiring = new Wiring()
      .add('a')
      .add('hv', 'hypervisor', { watch: 'listed' })
      .add('vm1', 'guest')
      .add('vm2', 'guest', { watch: 'listed' })
      .plug('a 1 - hv 1', 'hv 2 - vm1 1', 'hv 3 - vm2 1');
    const topology = derive(wiring);
    expect(shownLinks(topology)).toEqual(['a Gi1/0/1 - hv ?', 'hv ? - vm2 ?']);
    expect(topology.inferred).toEqual([]);
    expect(topology.guestHosts).toMatchObject([{ host: { id: 'node-hv' }, guests: ['52:54:00:00:00:03'] }]);
  });

  it('make a port with guests alone a host, though nothing tells which', () => {
    const wiring = new Wiring()
      .add('a')
      .add('hv', 'hypervisor')
      .add('vm1', 'guest')
      .add('vm2', 'guest')
      .plug('a 1 - hv 1', 'hv 2 - vm1 1', 'hv 3 - vm2 1');
    const topology = derive(wiring);
    expect(topology.inferred).toEqual([]);
    expect(topology.guestHosts).toMatchObject([
      { host: null, guests: ['52:54:00:00:00:03', '52:54:00:00:00:04'] },
    ]);
  });
});

describe('bundles', () => {
  it('are one line with their cables inside', () => {
    const wiring = new Wiring()
      .add('a', 'switch', { bundles: { Po1: ['1', '2'] } })
      .add('b', 'switch', { bundles: { Po7: ['3', '4'] } })
      .plug('a 1 - b 3', 'a 2 - b 4');
    const topology = derive(wiring);
    expect(shownLinks(topology)).toEqual(['a Po1 - b Po7']);
    const [link] = topology.links;
    expect(link?.members.map(({ a, b }) => `${a?.name} ${b?.name}`)).toEqual([
      'Gi1/0/1 Gi1/0/3',
      'Gi1/0/2 Gi1/0/4',
    ]);
    expect(link?.speedBps).toBe(2e9);
  });

  it('keep a cable that is down inside the line', () => {
    const wiring = new Wiring()
      .add('a', 'switch', { bundles: { Po1: ['1', '2'] } })
      .add('b', 'switch', { bundles: { Po7: ['3', '4'] } })
      .plug('a 1 - b 3', 'a 2 - b 4');
    const [link] = derive(wiring.cut('a 2')).links;
    expect(link?.state).toBe('up');
    expect(link?.members.map(({ a, b, state }) => `${a?.name} ${b?.name} ${state}`)).toEqual([
      'Gi1/0/1 Gi1/0/3 up',
      'Gi1/0/2 Gi1/0/4 down',
    ]);
    expect(link?.speedBps).toBe(1e9);
  });

  it('that lead to two switches (MC-LAG) are a line to each', () => {
    const wiring = new Wiring()
      .add('a', 'switch', { bundles: { Po1: ['1', '2'] } })
      .add('b', 'switch', { bundles: { Po7: ['3'] } })
      .add('c', 'switch', { bundles: { Po7: ['3'] } })
      .plug('a 1 - b 3', 'a 2 - c 3', 'b 1 - c 1');
    const topology = derive(wiring);
    expect(shownLinks(topology)).toEqual(['a Po1 - b Po7', 'a Po1 - c Po7', 'b Gi1/0/1 - c Gi1/0/1']);
    expect(topology.links.filter(({ isSplitAggregate }) => isSplitAggregate)).toHaveLength(2);
    expect(topology.inferred).toEqual([]);
  });
});

describe('a device that says little', () => {
  it('is linked by forwarding tables where neither end speaks', () => {
    const wiring = new Wiring()
      .add('a', 'switch', SILENT)
      .add('b', 'switch', SILENT)
      .add('c', 'switch', SILENT)
      .add('pc', 'host', { watch: 'listed' })
      .plug('a 1 - b 1', 'b 2 - c 1', 'c 5 - pc 1');
    const topology = derive(wiring);
    expect(shownLinks(topology)).toEqual([
      'a Gi1/0/1 - b Gi1/0/1',
      'b Gi1/0/2 - c Gi1/0/1',
      'c Gi1/0/5 - pc ?',
    ]);
    expect(topology.links.every(({ sources }) => sources.join() === 'fdb')).toBe(true);
  });

  it('is linked by spanning tree where its tables of neighbours are absent', () => {
    const wiring = new Wiring().add('a').add('b', 'switch', SILENT).plug('a 1 - b 1');
    const topology = derive(wiring, { hasForwarding: false, hasTree: true });
    expect(shownLinks(topology)).toEqual(['a Gi1/0/1 - b Gi1/0/1']);
    expect(topology.links[0]?.sources).toEqual(['stp']);
  });

  it('says why lines are missing', () => {
    const wiring = new Wiring()
      .add('a')
      .add('b', 'switch', SILENT)
      .add('c', 'switch', { watch: 'listed' })
      .add('x', 'switch', { watch: 'none' })
      .add('y', 'switch', { watch: 'none' })
      .plug('a 1 - x 1', 'a 2 - y 1');
    const { reasons } = derive(wiring, { spoil: (node) => (node.name === 'a' ? brokenOff(node) : node) });
    expect(reasons.map(({ nodeId, code, words }) => [nodeId, code, words])).toEqual([
      ['node-a', 'broke_off', 'reading the forwarding entries of a broke off: timeout'],
      ['node-a', 'neighbours_unknown', '2 neighbours unknown: x, y'],
      ['node-b', 'lldp_off', 'LLDP is off on b'],
      ['node-c', 'never_read', 'the neighbours of c were never read'],
    ]);
  });
});

describe('two or more addresses behind a port', () => {
  it('are behind one unmanaged switch where no switch is known', () => {
    const wiring = new Wiring()
      .add('a')
      .add('hub', 'dumb')
      .add('one', 'host', { watch: 'listed' })
      .add('two', 'host')
      .add('three', 'host')
      .plug('a 1 - hub 1', 'hub 2 - one 1', 'hub 3 - two 1', 'a 9 - three 1');
    const topology = derive(wiring);
    expect(shownLinks(topology)).toEqual(['(switch) ? - a Gi1/0/1', '(switch) ? - one ?']);
    expect(topology.inferred).toMatchObject([{ why: 'macs', macCount: 1 }]);
  });

  it('count only where they were learned, on ports that forward', () => {
    const wiring = new Wiring()
      .add('a')
      .add('one', 'host')
      .add('two', 'host')
      .plug('a 1 - one 1', 'a 2 - two 1');
    const spoil = (node: InputNode) =>
      withRows(node, 'forwarding', (rows) => [
        ...rows,
        { mac_address: '00:1b:21:00:09:00', bridge_port: 102, vlan: 1, status: 5 },
      ]);
    expect(derive(wiring, { spoil }).inferred).toEqual([]);
    const blocked = (node: InputNode) =>
      withRows(node, 'bridge_ports', (rows) => rows.map((row) => ({ ...row, stp_state: 2 })));
    expect(derive(wiring, { spoil: blocked }).where).toEqual([]);
  });
});

/** The order of everything, turned around. */
function reversed(input: TopologyInput): TopologyInput {
  const nodes = input.nodes.toReversed().map((node) => ({
    ...node,
    tables: Object.fromEntries(
      Object.entries(node.tables).map(([name, table]) => [name, { ...table, rows: table.rows.toReversed() }]),
    ) as InputNode['tables'],
  }));
  return { ...input, nodes };
}

describe('the derivation', () => {
  it('gives the same for the same input in any order', () => {
    const wiring = new Wiring()
      .add('a', 'switch', { bundles: { Po1: ['1', '2'] } })
      .add('b')
      .add('c', 'switch', SILENT)
      .add('hub', 'dumb')
      .add('one', 'host', { watch: 'listed' })
      .add('two', 'host')
      .plug('a 1 - b 1', 'a 2 - b 2', 'b 3 - c 1', 'c 2 - hub 1', 'hub 2 - one 1', 'hub 3 - two 1');
    const input = inputOf(reportsOf(wiring));
    expect(deriveTopology(reversed(input))).toEqual(deriveTopology(input));
  });

  it('gives the same where a device lists a port twice, each time otherwise', () => {
    const wiring = new Wiring().add('a').add('one', 'host').plug('a 1 - one 1');
    const twice = (node: InputNode) =>
      withRows(node, 'bridge_ports', (rows) => [...rows, ...rows.map((row) => ({ ...row, stp_state: 2 }))]);
    const input = inputOf(reportsOf(wiring, { spoil: twice }));
    expect(deriveTopology(reversed(input))).toEqual(deriveTopology(input));
  });
});

function emptied(node: InputNode): InputNode {
  return withRows(node, 'lldp_neighbours', () => []);
}

function brokenOff(node: InputNode): InputNode {
  const { forwarding } = node.tables;
  if (forwarding === undefined) return node;
  return {
    ...node,
    tables: { ...node.tables, forwarding: { ...forwarding, lastState: 'part', lastReason: 'timeout' } },
  };
}

function withRows(
  node: InputNode,
  table: keyof InputNode['tables'],
  // oxlint-disable-next-line typescript/no-explicit-any -- the row of any table
  change: (rows: readonly any[]) => readonly any[],
): InputNode {
  const kept = node.tables[table];
  if (kept === undefined) return node;
  return { ...node, tables: { ...node.tables, [table]: { ...kept, rows: change(kept.rows) } } };
}
