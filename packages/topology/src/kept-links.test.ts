import { describe, expect, it } from 'vitest';
import { deriveTopology } from './derive-topology.ts';
import { FADE_AFTER_MS } from './fade-time.ts';
import { inputOf, kept, MINUTE, NOW, type ReportOptions, reportsOf } from './reports.test-support.ts';
import { shownLinks } from './shown.test-support.ts';
import type { DerivedTopology, InputNode, TopologyInput } from './topology-model.ts';
import { Wiring } from './wiring.test-support.ts';

function derive(wiring: Wiring, options: ReportOptions = {}, more: Partial<TopologyInput> = {}) {
  return deriveTopology(inputOf(reportsOf(wiring, options), more));
}

/** Derives again, some minutes later, from what was derived before. */
function later(before: DerivedTopology, wiring: Wiring, minutes = 15, options: ReportOptions = {}) {
  const nowMs = NOW + minutes * MINUTE;
  return derive(wiring, { atMs: nowMs - MINUTE, ...options }, { nowMs, previous: before });
}

function ring(): Wiring {
  return new Wiring().add('a').add('b').add('c').plug('a 1 - b 1', 'b 2 - c 1', 'c 2 - a 2');
}

describe('a link', () => {
  it('keeps its id and its first sighting over readings', () => {
    const before = derive(ring());
    const after = later(before, ring());
    expect(after.links.map(({ id }) => id)).toEqual(before.links.map(({ id }) => id));
    expect(after.links.map(({ firstSeenMs }) => firstSeenMs)).toEqual(
      before.links.map(({ firstSeenMs }) => firstSeenMs),
    );
    expect(after.gone).toEqual([]);
  });

  it('keeps its id when a device numbers its interfaces anew and people rename their ports', () => {
    const before = derive(ring());
    const after = later(before, ring(), 15, { spoil: renumbered });
    expect(after.links.map(({ id }) => id)).toEqual(before.links.map(({ id }) => id));
  });

  it('keeps its id when the other end begins to tell its port', () => {
    const before = derive(ring(), { spoil: (node) => (node.name === 'b' ? silenced(node) : node) });
    const after = later(before, ring());
    expect(before.links.some(({ seenFrom }) => seenFrom !== 'both')).toBe(true);
    expect(after.links.map(({ id }) => id)).toEqual(before.links.map(({ id }) => id));
  });

  it('keeps its id when its neighbour becomes a node', () => {
    const foreign = () => new Wiring().add('a').add('x', 'switch', { watch: 'none' }).plug('a 1 - x 3');
    const own = () => new Wiring().add('a').add('x').plug('a 1 - x 3');
    const before = derive(foreign());
    const after = later(before, own());
    expect(shownLinks(before)).toEqual(['[x] Gi1/0/3 - a Gi1/0/1']);
    expect(shownLinks(after)).toEqual(['a Gi1/0/1 - x Gi1/0/3']);
    expect(after.links.map(({ id }) => id)).toEqual(before.links.map(({ id }) => id));
    expect(after.neighbours).toEqual([]);
  });

  it('whose port is down stays, and is down: that is the fault', () => {
    const before = derive(ring());
    const after = later(before, ring().cut('a 1'));
    expect(shownLinks(after)).toEqual(shownLinks(before));
    expect(after.links.map(({ state }) => state).toSorted()).toEqual(['down', 'up', 'up']);
    const muchLater = later(after, ring().cut('a 1'), 60 * 24 * 60);
    expect(shownLinks(muchLater)).toEqual(shownLinks(before));
  });

  it('that nobody sees any more although its ports are up is stale, and gone after 14 days', () => {
    const quiet = (node: InputNode) => (node.name === 'c' ? node : silenced(node));
    const plain = () => new Wiring().add('a').add('b').add('c').plug('a 1 - b 1');
    const before = derive(plain());
    const after = later(before, plain(), 15, { spoil: quiet });
    expect(after.links.map(({ state }) => state)).toEqual(['stale']);
    const minutes = FADE_AFTER_MS / MINUTE + 30;
    const gone = later(after, plain(), minutes, { spoil: quiet });
    expect(gone.links).toEqual([]);
    expect(gone.gone).toMatchObject([{ id: before.links[0]?.id, why: 'faded' }]);
  });

  it('stays as it is while the tables that told of it are not read whole', () => {
    const plain = () => new Wiring().add('a').add('b').plug('a 1 - b 1');
    const before = derive(plain());
    const after = later(before, plain(), 15, { spoil: halfRead });
    expect(after.links.map(({ state }) => state)).toEqual(['up']);
    expect(after.reasons.map(({ code }) => code)).toContain('broke_off');
  });

  it('leaves its old place when the cable is plugged in elsewhere', () => {
    const before = derive(ring());
    const after = later(before, ring().pull('a 1', 'c 9'));
    expect(shownLinks(after)).toEqual([
      'a Gi1/0/2 - c Gi1/0/2',
      'b Gi1/0/1 - c Gi1/0/9',
      'b Gi1/0/2 - c Gi1/0/1',
    ]);
    expect(after.gone.map(({ why, words }) => [why, words])).toEqual([['moved', 'b Gi1/0/1 leads to c now']]);
  });

  it('of a phone leaves all its old places when the phone is seen elsewhere', () => {
    const at = (port: string) => new Wiring().add('a').add('b').add('p', 'phone').plug('a 9 - b 9', port);
    const before = derive(at('a 1 - p 1'));
    const after = later(before, at('b 4 - p 1'));
    expect(shownLinks(after)).toEqual(['[p] Gi1/0/1 - b Gi1/0/4', 'a Gi1/0/9 - b Gi1/0/9']);
    expect(after.gone).toHaveLength(1);
  });

  it('goes with its node', () => {
    const before = derive(ring());
    const after = later(before, new Wiring().add('a').add('b').plug('a 1 - b 1'));
    expect(after.gone.map(({ why }) => why)).toEqual(['node_gone', 'node_gone']);
  });
});

describe('what people drew', () => {
  const drawn = {
    linkId: 'drawn',
    a: { nodeId: 'node-b', interface: null },
    b: { nodeId: 'node-a', interface: 'Gi1/0/1' },
  };

  it('is one with what is seen between the same ends', () => {
    const { links } = derive(new Wiring().add('a').add('b').plug('a 1 - b 1'), {}, { manualLinks: [drawn] });
    expect(links).toMatchObject([{ sources: ['lldp', 'manual'], manualLinkId: 'drawn', confidence: 1 }]);
  });

  it('stays a link of its own where nobody sees it, and leaves no trace when it is taken away', () => {
    const wiring = () => new Wiring().add('a').add('b').add('c').plug('a 9 - c 1', 'b 9 - c 2');
    const before = derive(wiring(), {}, { manualLinks: [drawn] });
    expect(before.links.find(({ id }) => id === 'drawn')).toMatchObject({
      seenFrom: null,
      sources: ['manual'],
    });
    const after = later(before, wiring());
    expect(after.links.some(({ id }) => id === 'drawn')).toBe(false);
    expect(after.gone).toEqual([]);
  });
});

function renumbered(node: InputNode): InputNode {
  const move = (index: number) => index * 3 + 1;
  const { interfaces, bridge_ports: bridge } = node.tables;
  if (interfaces === undefined || bridge === undefined) return node;
  return {
    ...node,
    tables: {
      ...node.tables,
      interfaces: {
        ...interfaces,
        rows: interfaces.rows.map((row) => ({
          ...row,
          if_index: move(row.if_index),
          alias: `desk ${row.if_index}`,
        })),
      },
      bridge_ports: {
        ...bridge,
        rows: bridge.rows.map((row) => ({
          ...row,
          if_index: row.if_index === null ? null : move(row.if_index),
        })),
      },
    },
  };
}

function silenced(node: InputNode): InputNode {
  const atMs = node.tables.lldp_neighbours?.lastAtMs ?? NOW;
  return {
    ...node,
    tables: { ...node.tables, lldp_neighbours: kept([], atMs), forwarding: kept([], atMs) },
  };
}

/** Nothing but the beginning of its tables was ever read. */
function halfRead(node: InputNode): InputNode {
  const { lldp_neighbours: heard, forwarding } = silenced(node).tables;
  if (heard === undefined || forwarding === undefined) return node;
  const part = { isWhole: false, lastState: 'part' as const, lastReason: 'timeout' };
  return {
    ...node,
    tables: {
      ...node.tables,
      lldp_neighbours: { ...heard, ...part },
      forwarding: { ...forwarding, ...part },
    },
  };
}
