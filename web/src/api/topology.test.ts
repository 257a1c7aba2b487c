import type { Topology } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { patchPlaces, patchStatuses } from './topology.ts';

const stands = (id: string) => ({ id, status: 'healthy', x: 1, y: 2, is_placed_by_hand: false });
const TOPOLOGY = {
  nodes: [stands('a'), stands('b')],
  devices: [stands('d')],
  links: [],
} as unknown as Topology;

describe('a map that is cached', () => {
  it('has places that were given by hand, and keeps everything else as the same objects', () => {
    const next = patchPlaces(TOPOLOGY, new Map([['b', { x: 7, y: 8 }]]));
    expect(next.nodes[1]).toMatchObject({ x: 7, y: 8, is_placed_by_hand: true });
    expect(next.nodes[0]).toBe(TOPOLOGY.nodes[0]);
    expect(next.devices).toBe(TOPOLOGY.devices);
    expect(next.links).toBe(TOPOLOGY.links);
  });

  it('takes a new status, and stays the same object where none is new', () => {
    const same = patchStatuses(TOPOLOGY, new Map([['a', { status: 'healthy' as const }]]));
    expect(same).toBe(TOPOLOGY);
    const next = patchStatuses(
      TOPOLOGY,
      new Map([
        ['a', { status: 'offline' as const }],
        ['x', { status: 'healthy' as const }],
      ]),
    );
    expect(next.nodes.map(({ status }) => status)).toEqual(['offline', 'healthy']);
    expect(next.nodes[1]).toBe(TOPOLOGY.nodes[1]);
  });
});
