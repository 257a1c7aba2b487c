import type { Topology, TopologyLink, TopologyNode } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { neighbourhoodOf, noParentsWords, parentWords } from './neighbourhood.ts';

const node = (id: string, parents: string[], isSet = false): TopologyNode => ({
  id,
  name: id,
  status: 'healthy',
  device_type: 'switch',
  site_id: 's',
  parent_ids: parents,
  has_set_parents: isSet,
  tier: null,
  reasons: [],
  neighbours_read_at: null,
  guests: 0,
  x: null,
  y: null,
  is_placed_by_hand: false,
});
const link = (a: [string, string | null], b: [string, string | null]): TopologyLink => {
  const end = ([id, port]: [string, string | null]) => ({
    node_id: id,
    device_id: null,
    interface: port,
    name: id,
    address: id,
  });
  return {
    id: `${a[0]}-${b[0]}`,
    a: end(a),
    b: end(b),
    sources: ['manual'],
    confidence: null,
    two_sided: null,
    seen_from: null,
    members: [],
    is_split_aggregate: false,
    witnesses: [],
    reasons: [],
    speed_bps: null,
    state: null,
    approval: null,
    first_seen_at: null,
    last_seen_at: null,
  };
};
const TOPOLOGY: Pick<Topology, 'nodes' | 'links'> = {
  nodes: [node('core', []), node('edge', ['core']), node('host', ['edge'], true), node('other', ['core'])],
  links: [link(['core', 'Gi1'], ['edge', 'eth0']), link(['edge', null], ['host', 'nic'])],
};

describe('neighbourhoodOf', () => {
  it('tells what is before a node and what is behind it', () => {
    const { parents, areSet, behind } = neighbourhoodOf(TOPOLOGY, 'edge');
    expect(parents.map(({ id }) => id)).toEqual(['core']);
    expect(areSet).toBe(false);
    expect(behind.map(({ id }) => id)).toEqual(['host']);
    expect(neighbourhoodOf(TOPOLOGY, 'host').areSet).toBe(true);
  });

  it('turns each link so that the own end comes first', () => {
    expect(neighbourhoodOf(TOPOLOGY, 'edge').links).toMatchObject([
      { own: 'eth0', other: { name: 'core', interface: 'Gi1' } },
      { own: null, other: { name: 'host', interface: 'nic' } },
    ]);
  });

  it('has nothing of a node that is gone', () => {
    const nothing = { parents: [], areSet: false, behind: [], links: [] };
    expect(neighbourhoodOf({ nodes: [], links: [] }, 'edge')).toEqual(nothing);
  });
});

describe('parentWords', () => {
  it('says where the parents come from and when alerts are held', () => {
    expect(parentWords({ parents: [], areSet: false })).toContain('both are told of');
    const [core] = TOPOLOGY.nodes;
    const parents = core === undefined ? [] : [core];
    expect(parentWords({ parents, areSet: false })).toBe(
      'As its links say. While it is down, alerts of this node are held.',
    );
    expect(parentWords({ parents: [...parents, ...parents], areSet: true })).toBe(
      'Set by hand. While all of these are down, alerts of this node are held.',
    );
  });
});

describe('noParentsWords', () => {
  it('agrees with what the page says', () => {
    expect(noParentsWords({ wereSet: false, derivedNames: [] })).toBe(
      'None is set, and no link says what leads to this node.',
    );
    expect(noParentsWords({ wereSet: false, derivedNames: ['core'] })).toBe(
      'None is set. As its links say, core leads to it.',
    );
    expect(noParentsWords({ wereSet: false, derivedNames: ['core', 'edge'] })).toBe(
      'None is set. As its links say, core and edge lead to it.',
    );
  });

  it('promises nothing of links while parents that were set are taken away', () => {
    expect(noParentsWords({ wereSet: true, derivedNames: [] })).toContain('once this is saved');
  });
});
