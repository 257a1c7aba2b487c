import { describe, expect, it } from 'vitest';
import { deriveTopology } from './derive-topology.ts';
import { inputOf, type ReportOptions, reportsOf } from './reports.test-support.ts';
import { shownLinks } from './shown.test-support.ts';
import type { DerivedTopology, InputNode } from './topology-model.ts';
import { macOf, Wiring } from './wiring.test-support.ts';

type Rows<T extends keyof InputNode['tables']> = NonNullable<InputNode['tables'][T]>['rows'];

function derive(wiring: Wiring, spoil?: ReportOptions['spoil']): DerivedTopology {
  return deriveTopology(inputOf(reportsOf(wiring, spoil === undefined ? {} : { spoil })));
}

/** Three switches in a row with a host at each. */
function row(): Wiring {
  return new Wiring()
    .add('a')
    .add('b')
    .add('c')
    .add('one', 'host')
    .add('two', 'host')
    .add('three', 'host', { watch: 'listed' })
    .plug('a 1 - b 1', 'b 2 - c 1', 'a 9 - one 1', 'b 9 - two 1', 'c 9 - three 1');
}

function changed<T extends keyof InputNode['tables']>(
  name: string,
  table: T,
  change: (rows: Rows<T>, node: InputNode) => unknown,
): NonNullable<ReportOptions['spoil']> {
  return (node) => {
    const kept = node.tables[table];
    if (node.name !== name || kept === undefined) return node;
    const rows = change(kept.rows, node);
    return { ...node, tables: { ...node.tables, [table]: { ...kept, rows } } };
  };
}

describe('where an address is', () => {
  it('is the port that leads to no switch, of all that have learned it', () => {
    const wiring = row();
    const { where } = derive(wiring);
    const of = (name: string) => where.filter(({ macAddress }) => macAddress === macOf(wiring.get(name)));
    expect(of('one')).toMatchObject([
      {
        nodeId: 'node-a',
        interface: { name: 'Gi1/0/9' },
        vlan: 1,
        isEdge: true,
        behind: null,
        ownerNodeId: null,
      },
    ]);
    expect(of('three')).toMatchObject([
      { nodeId: 'node-c', interface: { name: 'Gi1/0/9' }, isEdge: true, ownerNodeId: 'node-three' },
    ]);
  });

  it('comes with the addresses that it is resolved to', () => {
    const wiring = row();
    const { where } = derive(wiring);
    const two = where.find(({ macAddress }) => macAddress === macOf(wiring.get('two')));
    expect(two?.ipAddresses).toEqual(['10.0.0.5']);
  });

  it('is somewhere behind a switch whose table was never read', () => {
    const wiring = row();
    const { where } = derive(
      wiring,
      changed('c', 'forwarding', () => []),
    );
    const three = where.find(({ macAddress }) => macAddress === macOf(wiring.get('three')));
    expect(three).toMatchObject({
      nodeId: 'node-b',
      interface: { name: 'Gi1/0/2' },
      behind: { id: 'node-c' },
    });
  });

  it('is a VLAN apart for each that it is learned in', () => {
    const wiring = row();
    const again = changed('a', 'forwarding', (rows) => [
      ...rows,
      ...rows
        .filter(({ mac_address: mac }) => mac === macOf(wiring.get('one')))
        .map((entry) => ({ ...entry, vlan: 7 })),
    ]);
    const found = derive(wiring, again).where.filter(
      ({ macAddress }) => macAddress === macOf(wiring.get('one')),
    );
    expect(found.map(({ vlan }) => vlan)).toEqual([1, 7]);
  });
});

describe('an address at several edge ports', () => {
  const twice = (wiring: Wiring) =>
    changed('c', 'forwarding', (rows) => [
      ...rows.filter(({ mac_address: mac }) => mac !== macOf(wiring.get('one'))),
      ...rows
        .filter(({ mac_address: mac }) => mac === macOf(wiring.get('three')))
        .map((entry) => ({ ...entry, mac_address: macOf(wiring.get('one')) })),
    ]);

  it('wanders, and has a place at each', () => {
    const wiring = row();
    const { wandering, where } = derive(wiring, twice(wiring));
    expect(wandering).toMatchObject([
      {
        macAddress: macOf(wiring.get('one')),
        places: [
          { nodeId: 'node-a', interface: { name: 'Gi1/0/9' } },
          { nodeId: 'node-c', interface: { name: 'Gi1/0/9' } },
        ],
      },
    ]);
    expect(where.filter(({ macAddress }) => macAddress === macOf(wiring.get('one')))).toHaveLength(2);
  });

  it('does not wander when it is one that routers hand to each other', () => {
    const wiring = row();
    const shared = '00:00:5e:00:01:07';
    const spoil = (node: InputNode): InputNode => {
      const kept = node.tables.forwarding;
      if (kept === undefined || !['a', 'c'].includes(node.name)) return node;
      const edge = kept.rows.find(({ mac_address: mac }) =>
        [macOf(wiring.get('one')), macOf(wiring.get('three'))].includes(mac),
      );
      const rows = edge === undefined ? kept.rows : [...kept.rows, { ...edge, mac_address: shared }];
      return { ...node, tables: { ...node.tables, forwarding: { ...kept, rows } } };
    };
    expect(derive(wiring, spoil).wandering).toEqual([]);
  });
});

describe('an address that several devices have', () => {
  /** What b resolves 10.0.0.5 to; the router a says that it is `two`. */
  const resolved = (wiring: Wiring, name: string) =>
    changed('b', 'address_resolution', () => [
      { if_index: 1, address: '10.0.0.5', mac_address: macOf(wiring.get(name)) },
    ]);

  it('is told with both', () => {
    const wiring = row();
    expect(derive(wiring, resolved(wiring, 'one')).duplicates).toMatchObject([
      {
        address: '10.0.0.5',
        macAddresses: [macOf(wiring.get('one')), macOf(wiring.get('two'))],
        nodeIds: ['node-a', 'node-b'],
      },
    ]);
  });

  it('is none when both tables agree, or when one of the two is nowhere any more', () => {
    const wiring = row();
    expect(derive(wiring, resolved(wiring, 'two')).duplicates).toEqual([]);
    const gone = changed('b', 'address_resolution', () => [
      { if_index: 1, address: '10.0.0.5', mac_address: '00:1b:21:77:77:77' },
    ]);
    expect(derive(wiring, gone).duplicates).toEqual([]);
  });
});

describe('LACP', () => {
  it('tells of the other end where nobody speaks', () => {
    const silent = { speaks: { lldp: false, cdp: false } };
    const wiring = new Wiring()
      .add('a', 'switch', { ...silent, bundles: { Po1: ['1', '2'] } })
      .add('b', 'switch', { ...silent, bundles: { Po1: ['1', '2'] } })
      .plug('a 1 - b 1', 'a 2 - b 2');
    const partner = { a: macOf(wiring.get('b')), b: macOf(wiring.get('a')) } as Record<string, string>;
    const topology = deriveTopology(
      inputOf(
        reportsOf(wiring, {
          hasForwarding: false,
          spoil: (node) =>
            changed(node.name, 'aggregates', (rows) =>
              rows.map((one) => ({ ...one, partner_system: partner[node.name] ?? null })),
            )(node),
        }),
      ),
    );
    expect(shownLinks(topology)).toEqual(['a Po1 - b Po1']);
    expect(topology.links[0]).toMatchObject({ sources: ['lacp'], seenFrom: 'both' });
  });
});

describe('what lldpd heard by CDP', () => {
  it('gives way to the switch of the plant that passed it on', () => {
    const both = { speaks: { lldp: true, cdp: false } };
    const wiring = new Wiring()
      .add('a', 'switch', both)
      .add('b', 'switch', both)
      .add('s', 'switch', { speaks: { lldp: false, cdp: false } })
      .plug('a 1 - s 1', 'b 1 - s 2');
    const heard = (name: string, other: string): Rows<'lldp_neighbours'>[number] => ({
      port_number: name === 'a' ? 504 : 507,
      if_index: null,
      chassis: { subtype: 7, text: other },
      port: { subtype: 5, text: 'Gi1/0/1' },
      port_description: null,
      system_name: other,
      system_description: null,
      capabilities: ['bridge'],
      management_addresses: [],
    });
    const spoil = (node: InputNode) =>
      changed(node.name, 'lldp_neighbours', () =>
        node.name === 'a' ? [heard('a', 'b')] : node.name === 'b' ? [heard('b', 'a')] : [],
      )(node);
    expect(shownLinks(derive(wiring, spoil))).toEqual(['a Gi1/0/1 - s Gi1/0/1', 'b Gi1/0/1 - s Gi1/0/2']);
  });
});

describe('a stack', () => {
  it('is one node, and hears itself by its stack ports without a line', () => {
    const wiring = new Wiring().add('a').add('b').plug('a 1 - b 1', 'a 2 - b 2');
    const self = changed('a', 'lldp_neighbours', (rows) =>
      rows.map((heard, at) =>
        at === 1 ? { ...heard, chassis: { subtype: 4, text: macOf(wiring.get('a')) } } : heard,
      ),
    );
    const topology = derive(wiring, self);
    expect(topology.reasons.find(({ code }) => code === 'sees_itself')?.words).toBe(
      'hears itself on Gi1/0/2',
    );
  });

  it('that was added twice says so, and identifies nobody', () => {
    const wiring = new Wiring().add('a').add('b').plug('a 1 - b 1');
    const [a, b] = reportsOf(wiring) as [InputNode, InputNode];
    const topology = deriveTopology(inputOf([a, b, { ...b, nodeId: 'node-twin', name: 'twin' }]));
    expect(topology.reasons.filter(({ code }) => code === 'same_device').map(({ words }) => words)).toEqual([
      'says that it is the same device as twin',
      'says that it is the same device as b',
    ]);
  });
});
