import { describe, expect, it } from 'vitest';
import { deriveParents } from './derived-parents.ts';
import type { TopologyGraph } from './topology-graph.ts';

function graph(change: Partial<TopologyGraph>): TopologyGraph {
  const ids = ['pc', 'core', 'left', 'right', 'host'];
  return {
    nodes: ids.map((id) => ({ id, port: 'c1' })),
    links: [
      ['core', 'pc'],
      ['core', 'left'],
      ['right', 'core'],
      ['left', 'host'],
      ['host', 'right'],
    ],
    devices: [],
    parents: [],
    hosts: [['c1', 'pc']],
    entries: [],
    ...change,
  };
}

describe('deriveParents', () => {
  it('takes the neighbours that are nearer to the host of the collector', () => {
    expect(Object.fromEntries(deriveParents(graph({})))).toEqual({
      core: ['pc'],
      left: ['core'],
      right: ['core'],
      host: ['left', 'right'],
    });
  });

  it('derives nothing where no link leads to the collector', () => {
    expect(deriveParents(graph({ hosts: [] })).size).toBe(0);
  });

  it('leaves alone what somebody set, and goes on behind it', () => {
    const derived = deriveParents(graph({ parents: [['left', 'pc']] }));
    expect(derived.has('left')).toBe(false);
    // The way by the right is longer now.
    expect(derived.get('host')).toEqual(['left']);
  });

  it('sees each node from its own collector', () => {
    const nodes = ['pc', 'core', 'left', 'host'].map((id) => ({ id, port: id === 'core' ? 'c2' : 'c1' }));
    const hosts = [['c1', 'pc'] as const, ['c2', 'host'] as const];
    const derived = deriveParents(graph({ nodes, hosts }));
    expect(derived.get('core')).toEqual(['left', 'right']);
    expect(derived.get('left')).toEqual(['core']);
  });

  it('begins at the port that a collector is plugged into', () => {
    const derived = deriveParents(graph({ hosts: [], entries: [['c1', 'core']] }));
    expect(Object.fromEntries(derived)).toEqual({
      pc: ['core'],
      left: ['core'],
      right: ['core'],
      host: ['left', 'right'],
    });
  });

  it('looks through devices that are no nodes, one behind the other', () => {
    const links = [
      ['pc', 'core'],
      ['core', 'hub'],
      ['hub', 'media'],
      ['media', 'left'],
      ['hub', 'right'],
    ] as const;
    const derived = deriveParents(graph({ links, devices: ['hub', 'media'] }));
    expect(Object.fromEntries(derived)).toEqual({ core: ['pc'], left: ['core'], right: ['core'] });
  });
});
