import { seededRandom } from '@stratora/testkit';
import { describe, expect, it } from 'vitest';
import { findSinglePoints, findWays } from './node-ways.ts';
import { PlugDecider } from './plug-decider.ts';
import type { DerivedLink, DeviceRef, PulledPlug } from './topology-model.ts';

const GRAPHS = 200;

interface Drawn {
  readonly nodes: { nodeId: string; collectorId: string | null }[];
  readonly links: DerivedLink[];
}

const ref = (number: number): DeviceRef => ({ kind: 'node', id: `n${String(number).padStart(2, '0')}` });

function linkBetween(id: string, a: number, b: number): DerivedLink {
  return {
    id,
    a: { device: ref(a), interface: null },
    b: { device: ref(b), interface: null },
    sources: ['lldp'],
    manualLinkId: null,
    seenFrom: 'both',
    silence: null,
    members: [],
    isSplitAggregate: false,
    state: 'up',
    speedBps: null,
    confidence: 1,
    witnesses: [],
    firstSeenMs: 0,
    lastSeenMs: 0,
  };
}

function draw(random: () => number): Drawn {
  const count = 3 + Math.floor(random() * 12);
  const nodes = Array.from({ length: count }, (_, at) => ({ nodeId: ref(at).id, collectorId: 'c' }));
  const links = Array.from({ length: Math.floor(random() * 2 * count) }, (_, at) =>
    linkBetween(`l${at}`, Math.floor(random() * count), Math.floor(random() * count)),
  );
  return { nodes, links };
}

/** Nodes that are reached from the first one without something, by looking at nothing but the links. */
function reached(links: readonly DerivedLink[], without: { node?: string; link?: string }): Set<string> {
  const found = new Set(without.node === 'n00' ? [] : ['n00']);
  for (const id of found)
    for (const link of links) {
      if (link.id === without.link) continue;
      const ends = [link.a.device.id, link.b.device.id];
      if (!ends.includes(id)) continue;
      for (const end of ends) if (end !== without.node) found.add(end);
    }
  return found;
}

const PLACE = {
  collectorId: 'c',
  siteId: null,
  device: ref(0),
  interface: { key: 'p', name: 'p', alias: null, ifIndex: 1 },
  words: '',
};

describe('graphs drawn by chance', () => {
  it('lose what a search by hand says, for each node and link that is pulled', () => {
    const { random, seed } = seededRandom(11);
    for (let graph = 0; graph < GRAPHS; graph += 1) {
      const { nodes, links } = draw(random);
      const ways = findWays(nodes, links, [PLACE]);
      const decider = new PlugDecider({ links, places: [PLACE], ways });
      const before = reached(links, {});
      const points = new Map(
        findSinglePoints(nodes, links, [PLACE]).map(({ what, darkCount }) => [
          what.kind === 'link' ? what.linkId : what.device.id,
          darkCount,
        ]),
      );
      const pulled: { plug: PulledPlug; without: { node?: string; link?: string } }[] = [
        ...nodes.map(({ nodeId }) => ({
          plug: { kind: 'device' as const, device: { kind: 'node' as const, id: nodeId } },
          without: { node: nodeId },
        })),
        ...links.map(({ id }) => ({ plug: { kind: 'link' as const, linkId: id }, without: { link: id } })),
      ];
      for (const { plug, without } of pulled) {
        const after = reached(links, without);
        const lost = [...before].filter((id) => !after.has(id));
        const dark = decider.decide(plug).dark.filter((id) => before.has(id));
        expect({ seed, graph, plug, dark }).toEqual({ seed, graph, plug, dark: lost.toSorted() });
        const others = lost.filter((id) => id !== without.node).length;
        const link = links.find(({ id }) => id === without.link);
        if (before.has(without.node ?? link?.a.device.id ?? '')) {
          const counted = points.get(without.node ?? without.link ?? '') ?? 0;
          expect({ seed, graph, plug, counted }).toEqual({ seed, graph, plug, counted: others });
        }
      }
    }
  });

  it('have a second way exactly where no single loss cuts a node off', () => {
    const { random, seed } = seededRandom(13);
    for (let graph = 0; graph < GRAPHS; graph += 1) {
      const { nodes, links } = draw(random);
      for (const { nodeId, isRedundant, distance } of findWays(nodes, links, [PLACE])) {
        if (distance === null || nodeId === 'n00') continue;
        const losses = [
          ...nodes
            .filter((one) => one.nodeId !== nodeId && one.nodeId !== 'n00')
            .map((one) => ({ node: one.nodeId })),
          ...links.map(({ id }) => ({ link: id })),
        ];
        const isCut = losses.some((without) => !reached(links, without).has(nodeId));
        expect({ seed, graph, nodeId, isRedundant }).toEqual({ seed, graph, nodeId, isRedundant: !isCut });
      }
    }
  });
});
