import { describe, expect, it } from 'vitest';
import { deriveTopology } from './derive-topology.ts';
import { inputOf, type ReportOptions, reportsOf } from './reports.test-support.ts';
import { shownLinks } from './shown.test-support.ts';
import type { InputNode } from './topology-model.ts';
import { Wiring } from './wiring.test-support.ts';

type Heard = NonNullable<InputNode['tables']['lldp_neighbours']>['rows'][number];

function derive(wiring: Wiring, options: ReportOptions = {}) {
  return deriveTopology(inputOf(reportsOf(wiring, options)));
}

/** Changes what one node hears by LLDP. */
function hears(name: string, change: (row: Heard) => Heard): NonNullable<ReportOptions['spoil']> {
  return (node) => {
    const heard = node.tables.lldp_neighbours;
    if (node.name !== name || heard === undefined) return node;
    return {
      ...node,
      tables: { ...node.tables, lldp_neighbours: { ...heard, rows: heard.rows.map(change) } },
    };
  };
}

function pair(): Wiring {
  return new Wiring()
    .add('a')
    .add('b', 'switch', { speaks: { lldp: false, cdp: false } })
    .plug('a 1 - b 7');
}

/** A pair of which b says nothing, so that all hangs on what a hears. */
function heardPair(change: (row: Heard) => Heard, spoilB: (node: InputNode) => InputNode = (node) => node) {
  const wiring = new Wiring().add('a').add('b').plug('a 1 - b 7');
  const spoil = hears('a', change);
  return derive(wiring, {
    hasForwarding: false,
    spoil: (node) => (node.name === 'b' ? spoilB(unheard(node)) : spoil(node)),
  });
}

function unheard(node: InputNode): InputNode {
  const heard = node.tables.lldp_neighbours;
  return heard === undefined
    ? node
    : { ...node, tables: { ...node.tables, lldp_neighbours: { ...heard, rows: [] } } };
}

const NAMELESS = { chassis: { subtype: 7, text: '' }, management_addresses: [], system_name: null };

describe('the device at the other end', () => {
  it('is found by the MAC address of its chassis', () => {
    const topology = heardPair((row) => ({ ...row, management_addresses: [], system_name: 'somebody else' }));
    expect(shownLinks(topology)).toEqual(['a Gi1/0/1 - b Gi1/0/7']);
  });

  it('is found by its management address where the chassis is no MAC address', () => {
    const topology = heardPair((row) => ({ ...row, ...NAMELESS, management_addresses: ['10.0.0.2'] }));
    expect(shownLinks(topology)).toEqual(['a Gi1/0/1 - b Gi1/0/7']);
  });

  it('is found by an address in its chassis id', () => {
    const topology = heardPair((row) => ({ ...row, ...NAMELESS, chassis: { subtype: 5, text: '10.0.0.2' } }));
    expect(shownLinks(topology)).toEqual(['a Gi1/0/1 - b Gi1/0/7']);
  });

  it('is found by a link-local management address that its MAC address is in', () => {
    const address = 'fe80::21b:21ff:fe00:200';
    const topology = heardPair((row) => ({ ...row, ...NAMELESS, management_addresses: [address] }));
    expect(shownLinks(topology)).toEqual(['a Gi1/0/1 - b Gi1/0/7']);
  });

  it('is found by its name, with or without its domain, when that is all there is', () => {
    for (const name of ['b', 'B.plant.example'])
      expect(shownLinks(heardPair((row) => ({ ...row, ...NAMELESS, system_name: name })))).toEqual([
        'a Gi1/0/1 - b Gi1/0/7',
      ]);
  });

  it('is nobody by a name that two nodes have', () => {
    const wiring = new Wiring().add('a').add('b').add('c').plug('a 1 - b 7');
    const topology = derive(wiring, {
      hasForwarding: false,
      spoil: (node) => {
        const heard = hears('a', (row) => ({ ...row, ...NAMELESS, system_name: 'switch' }))(node);
        if (node.name === 'a' || heard.system === null) return heard;
        return unheard({ ...heard, system: { ...heard.system, system_name: 'switch', lldp_name: null } });
      },
    });
    expect(shownLinks(topology)).toEqual(['[switch] Gi1/0/7 - a Gi1/0/1']);
    expect(topology.neighbours[0]?.owners).toEqual(['node-b', 'node-c']);
    expect(topology.reasons.find(({ code }) => code === 'two_owners')?.words).toBe(
      'several nodes go by what is heard: switch',
    );
  });

  it('is nobody by a MAC address that two nodes have, unless another mark tells which', () => {
    const twins = (change: (row: Heard) => Heard) =>
      derive(new Wiring().add('a').add('b').add('c').plug('a 1 - b 7'), {
        hasForwarding: false,
        spoil: (node) => {
          const heard = hears('a', change)(node);
          const chassis = { subtype: 4, text: '00:1b:21:00:02:00' };
          return node.name === 'c' && heard.system !== null
            ? { ...heard, system: { ...heard.system, chassis } }
            : heard;
        },
      });
    const bare = (row: Heard) => ({ ...row, management_addresses: [], system_name: null });
    expect(shownLinks(twins(bare)).some((link) => link.includes('['))).toBe(true);
    expect(shownLinks(twins((row) => row))).toEqual(['a Gi1/0/1 - b Gi1/0/7']);
  });

  it('is no node whose name is the same when its chassis says that it is another', () => {
    const foreign = { subtype: 4, text: '00:50:c2:11:22:33' };
    const topology = heardPair((row) => ({ ...row, chassis: foreign, management_addresses: [] }));
    expect(shownLinks(topology)).toEqual(['[b] Gi1/0/7 - a Gi1/0/1']);
  });

  it('is never a node by an address that routers share', () => {
    const shared = '00:00:5e:00:01:0a';
    const topology = heardPair(
      (row) => ({ ...row, ...NAMELESS, chassis: { subtype: 4, text: shared } }),
      (node) => ({ ...node, macAddresses: [shared] }),
    );
    expect(shownLinks(topology)).toEqual(['[00:00:5e:00:01:0a] Gi1/0/7 - a Gi1/0/1']);
  });

  it('is sought at its own site and among the nodes of its own collector', () => {
    const elsewhere = heardPair(
      (row) => row,
      (node) => ({ ...node, siteId: 'other' }),
    );
    expect(shownLinks(elsewhere)).toEqual(['[b] Gi1/0/7 - a Gi1/0/1']);
    expect(elsewhere.reasons.find(({ code }) => code === 'outside')?.words).toBe(
      'b is a node of another site or collector, and only one end says so',
    );
    const ofOther = heardPair(
      (row) => row,
      (node) => ({ ...node, collectorId: 'other' }),
    );
    expect(shownLinks(ofOther)).toEqual(['[b] Gi1/0/7 - a Gi1/0/1']);
    const ofNone = heardPair(
      (row) => row,
      (node) => ({ ...node, collectorId: null }),
    );
    expect(shownLinks(ofNone)).toEqual(['a Gi1/0/1 - b Gi1/0/7']);
  });

  it('may be at another site when both ends say so', () => {
    const wiring = new Wiring().add('a').add('b', 'switch', { site: 'yard' }).plug('a 1 - b 7');
    expect(shownLinks(derive(wiring))).toEqual(['a Gi1/0/1 - b Gi1/0/7']);
  });

  it('is the one of its own site where two sites are wired alike', () => {
    const wiring = new Wiring()
      .add('a')
      .add('b')
      .add('c', 'switch', { site: 'yard' })
      .add('d', 'switch', { site: 'yard' })
      .plug('a 1 - b 1', 'c 1 - d 1');
    const address = { a: '10.0.0.1', b: '10.0.0.2', c: '10.0.0.1', d: '10.0.0.2' } as Record<string, string>;
    const topology = derive(wiring, {
      spoil: (node) =>
        hears(node.name, (row) => ({
          ...row,
          ...NAMELESS,
          management_addresses: [['a', 'c'].includes(node.name) ? '10.0.0.2' : '10.0.0.1'],
        }))({ ...node, addresses: [address[node.name] ?? ''], tables: withoutAddresses(node) }),
    });
    expect(shownLinks(topology)).toEqual(['a Gi1/0/1 - b Gi1/0/1', 'c Gi1/0/1 - d Gi1/0/1']);
  });
});

function withoutAddresses({ tables }: InputNode): InputNode['tables'] {
  const { addresses } = tables;
  return addresses === undefined ? tables : { ...tables, addresses: { ...addresses, rows: [] } };
}

describe('numbers of three kinds', () => {
  it('are never taken for each other', () => {
    // Port 1 of LLDP is interface 2, which is bridge port 3.
    const wiring = new Wiring().add('a').add('b').plug('a 1 - b 1', 'a 2 - b 2', 'a 3 - b 3');
    const turn = (number: number, by: number) => ((number + by - 1) % 3) + 1;
    const spoil = (node: InputNode): InputNode => {
      const { interfaces, lldp_ports: ports, lldp_neighbours: heard } = node.tables;
      if (interfaces === undefined || ports === undefined || heard === undefined) return node;
      const first = Math.min(...ports.rows.map(({ port_number: number }) => number)) - 1;
      const renumber = (number: number) => turn(number - first, 1);
      return {
        ...node,
        tables: {
          ...node.tables,
          interfaces: {
            ...interfaces,
            rows: interfaces.rows.map((row, at) => ({ ...row, if_index: at + 1 })),
          },
          lldp_ports: {
            ...ports,
            rows: ports.rows.map((row) => ({ ...row, port_number: renumber(row.port_number) })),
          },
          lldp_neighbours: {
            ...heard,
            rows: heard.rows.map((row) => ({ ...row, port_number: renumber(row.port_number) })),
          },
        },
      };
    };
    expect(shownLinks(derive(wiring, { hasForwarding: false, spoil }))).toEqual([
      'a Gi1/0/1 - b Gi1/0/1',
      'a Gi1/0/2 - b Gi1/0/2',
      'a Gi1/0/3 - b Gi1/0/3',
    ]);
  });

  it('are read as one kind where several rows agree and none differs', () => {
    expect(shownLinks(namesOfFirst(3, true))).toContain('a Gi1/0/4 - b Gi1/0/4');
    expect(shownLinks(namesOfFirst(3, false))).toContain('a lldp#104 - b Gi1/0/4');
    expect(shownLinks(namesOfFirst(1, true))).toContain('a lldp#102 - b Gi1/0/2');
  });
});

/** Four cables; `a` names the first of its ports in LLDP, and has the same number for all, or another, in its interfaces. */
function namesOfFirst(named: number, isAlike: boolean) {
  const cables = ['1', '2', '3', '4'].map((port) => `a ${port} - b ${port}`);
  const spoil = (node: InputNode): InputNode => {
    if (node.name === 'b') return unheard(node);
    const { interfaces, lldp_ports: ports, lldp_neighbours: heard } = node.tables;
    if (interfaces === undefined || ports === undefined || heard === undefined) return node;
    return {
      ...node,
      tables: {
        ...node.tables,
        interfaces: {
          ...interfaces,
          rows: interfaces.rows.map((row, at) => ({ ...row, if_index: (isAlike ? 101 : 201) + at })),
        },
        lldp_ports: {
          ...ports,
          rows: ports.rows.map((row, at) => ({
            ...row,
            port_number: 101 + at,
            ...(at < named ? {} : { id: { subtype: 7, text: String(900 + at) }, description: null }),
          })),
        },
        lldp_neighbours: { ...heard, rows: heard.rows.map((row, at) => ({ ...row, port_number: 101 + at })) },
      },
    };
  };
  return derive(
    new Wiring()
      .add('a')
      .add('b')
      .plug(...cables),
    { hasForwarding: false, spoil },
  );
}

describe('what lldpd says', () => {
  it('is matched by address without an alias, and by name and description with one', () => {
    const wiring = new Wiring().add('a').add('b').plug('a 1 - b 1', 'a 2 - b 2');
    const spoil = (node: InputNode): InputNode => {
      const { interfaces } = node.tables;
      if (interfaces === undefined) return node;
      const rows = interfaces.rows.map((row, at) => ({
        ...row,
        name: `eth${at + 1}`,
        description: `eth${at + 1}`,
      }));
      const announced = (number: number, mac: string | null) =>
        number === 1
          ? { id: { subtype: 3, text: mac ?? '' }, description: 'eth1' }
          : { id: { subtype: 5, text: 'eth2' }, description: 'uplink to the hall' };
      const { lldp_ports: ports, lldp_neighbours: heard } = node.tables;
      if (ports === undefined || heard === undefined) return node;
      const macOfPeer = node.name === 'a' ? '00:1b:21:00:02:01' : '00:1b:21:00:01:01';
      return {
        ...node,
        tables: {
          ...node.tables,
          interfaces: { ...interfaces, rows },
          lldp_ports: {
            ...ports,
            rows: ports.rows.map((row, at) => ({
              ...row,
              ...announced(at + 1, rows[at]?.mac_address ?? null),
            })),
          },
          lldp_neighbours: {
            ...heard,
            rows: heard.rows.map((row, at) => {
              const { id, description } = announced(at + 1, macOfPeer);
              return { ...row, port: id, port_description: description };
            }),
          },
        },
      };
    };
    const topology = derive(wiring, { hasForwarding: false, spoil });
    expect(shownLinks(topology)).toEqual(['a eth1 - b eth1', 'a eth2 - b eth2']);
    expect(topology.links.every(({ seenFrom }) => seenFrom === 'both')).toBe(true);
  });
});

describe('a node that says nothing', () => {
  it('is found by forwarding tables alone', () => {
    expect(shownLinks(derive(pair()))).toEqual(['a Gi1/0/1 - b Gi1/0/7']);
  });
});
