import { describe, expect, it } from 'vitest';
import type { TopologyGraph } from '../topology-graph.ts';
import { darkCounts, darkDevices, pullPlug } from './plug-outcome.ts';
import { linkPoints, watchedGroups, wayNetwork } from './way-network.ts';

/** Builds a network of lines such as `core - left`: the link `core-left`; two of a kind are two links. */
function network(lines: readonly string[], change: Partial<TopologyGraph> = {}, cores: string[] = []) {
  const ends = lines.map((line) => line.split(' - ') as [string, string]);
  const links = ends.map(([a, b], index) => ({
    id: `${a}-${b}${lines.indexOf(lines[index] ?? '') < index ? `#${index}` : ''}`,
    a,
    b,
  }));
  const all = [...new Set(ends.flat())];
  const devices = all.filter((id) => id.startsWith('_'));
  const graph: TopologyGraph = {
    nodes: all.filter((id) => !id.startsWith('_')).map((id) => ({ id, port: 'c1' })),
    devices,
    links: ends,
    parents: [],
    hosts: [['c1', 'pc']],
    entries: [],
    ...change,
  };
  const ways = wayNetwork(graph, links);
  const { groups, unknown } = watchedGroups(graph, ways, cores);
  const pull = (...ids: string[]) => {
    const { dark, atRisk } = pullPlug(ways, groups, ids);
    return { dark: dark.join(' '), atRisk: atRisk.join(' ') };
  };
  const counts = darkCounts(ways, groups);
  const points = () =>
    Object.fromEntries(
      [...ways.places].flatMap(([id, place]) =>
        place > 0 && (counts[place] ?? 0) > 0 ? [[id, counts[place]]] : [],
      ),
    );
  return { pull, pullLink: (id: string) => pull(...linkPoints(id)), points, groups, unknown, ways, devices };
}

describe('pullPlug', () => {
  const ring = ['pc - core', 'core - left', 'core - right', 'left - right', 'left - printer'];

  it('darkens what has no other way', () => {
    expect(network(ring).pull('left')).toEqual({ dark: 'printer', atRisk: '' });
    expect(network(ring).pull('core')).toEqual({ dark: 'left printer right', atRisk: '' });
    expect(network(ring).pullLink('pc-core')).toEqual({ dark: 'core left printer right', atRisk: '' });
    expect(network(ring).pullLink('left-printer')).toEqual({ dark: 'printer', atRisk: '' });
  });

  it('names what has one way alone then', () => {
    // Seen from two places nothing before the ring is shared.
    const two = network(['a - left', 'b - right', 'left - right', 'right - host', 'left - host'], {
      hosts: [
        ['c1', 'a'],
        ['c1', 'b'],
      ],
    });
    expect(two.pull('left')).toEqual({ dark: '', atRisk: 'host right' });
    expect(two.pullLink('left-host')).toEqual({ dark: '', atRisk: 'host' });
  });

  it('lets a second link of the same two stand in', () => {
    const { pullLink } = network(['pc - core', 'core - left', 'core - left']);
    expect(pullLink('core-left')).toEqual({ dark: '', atRisk: '' });
    expect(pullLink('pc-core').dark).toBe('core left');
  });

  it('leads over devices that are no nodes, and tells which go dark', () => {
    const { pull, ways, groups, devices } = network([
      'pc - core',
      'core - _hub',
      '_hub - left',
      '_hub - _phone',
    ]);
    expect(pull('_hub').dark).toBe('left');
    expect(darkDevices(ways, groups, { devices, pulled: ['core'] })).toEqual(['_hub', '_phone']);
    expect(darkDevices(ways, groups, { devices, pulled: ['_hub'] })).toEqual(['_phone']);
  });

  it('goes by the parents that somebody set', () => {
    const { pull } = network(ring, { parents: [['printer', 'right']] });
    expect(pull('left').dark).toBe('');
    expect(pull('right').dark).toBe('printer');
  });

  it('sees each node from its own collector', () => {
    const nodes = ['pc', 'core', 'left', 'far'].map((id) => ({ id, port: id === 'far' ? 'c2' : 'c1' }));
    const { pull } = network(['pc - core', 'core - left', 'left - far'], {
      nodes,
      entries: [['c2', 'left']],
    });
    expect(pull('core').dark).toBe('left');
    expect(pull('left').dark).toBe('far');
  });

  it('begins at the core where nothing tells where the collector is', () => {
    const plain = network(ring, { hosts: [] });
    expect(plain).toMatchObject({ unknown: 5, groups: [] });
    const guessed = network(ring, { hosts: [] }, ['core']);
    expect(guessed.groups).toMatchObject([{ isGuessed: true }]);
    expect(guessed.pull('left').dark).toBe('printer');
  });
});

describe('darkCounts', () => {
  it('counts what each device and link takes with it', () => {
    const { points } = network([
      'pc - core',
      'core - left',
      'left - a',
      'left - b',
      'core - right',
      'right - b',
    ]);
    expect(points()).toEqual({
      pc: 5,
      'pc-core >': 5,
      core: 4,
      left: 1,
      'left-a >': 1,
    });
  });

  it('of 2,000 switches in rings takes no longer than a moment', () => {
    const lines = Array.from({ length: 2000 }, (_, index) => [
      `s${Math.floor(index / 3)} - s${index + 1}`,
      `s${index} - s${index + 1}`,
    ]).flat();
    const begun = performance.now();
    network(lines, { hosts: [['c1', 's0']] }).points();
    // About 100 ms.
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});
