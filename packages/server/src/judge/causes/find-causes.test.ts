import { describe, expect, it } from 'vitest';
import { NOW, scene, WAIT } from './cause-scene.test-support.ts';
import { findCauses } from './find-causes.ts';
import { buildNetwork } from './network.ts';

describe('a down node', () => {
  it('is a cause where it hangs on its collector, linked to nothing', () => {
    expect(scene('a', 'b').show({ down: ['a', 'b'] })).toEqual(['a', 'b']);
  });

  it('is a cause where the graph does not know it', () => {
    expect(scene('a').show({ down: ['new'] })).toEqual(['new']);
  });

  it('has behind it what no other way leads to, down or not yet noticed', () => {
    const { show } = scene('core > switch > host', 'switch > printer', 'core > other');
    expect(show({ down: ['switch', 'host'] })).toEqual(['switch: host printer']);
    expect(show({ down: ['core', 'switch', 'host', 'printer'] })).toEqual([
      'core: host other printer switch',
    ]);
  });

  it('is no cause because of a neighbour whose own outage is not noticed yet', () => {
    const { show } = scene('core > switch > edge > host');
    expect(show({ down: ['switch', 'host'] })).toEqual(['switch: edge host']);
  });

  it('with two uplinks is behind nothing while one of them works', () => {
    const { show } = scene('core > left > host', 'core > right > host');
    expect(show({ down: ['left'] })).toEqual(['left']);
    expect(show({ down: ['left', 'host'] })).toEqual(['host', 'left']);
    expect(show({ down: ['left', 'right', 'host'] })).toEqual(['left: host', 'right']);
  });

  it('in a ring is behind nothing until the ring is cut twice', () => {
    const { show } = scene('c1 @ pc', 'pc - core', 'core - a - b - c - d - core', 'b - host');
    expect(show({ down: ['a'] })).toEqual(['a']);
    expect(show({ down: ['a', 'd'] })).toEqual(['a: b host', 'd: c']);
    expect(show({ down: ['a', 'b', 'c', 'd', 'host'] })).toEqual(['a: b host', 'd: c']);
  });

  it('is behind the nearest cause, and the one with the lower id of two', () => {
    const { show } = scene('c1 @ pc', 'pc - z - far - host', 'pc - a - b - c - host');
    expect(show({ down: ['z', 'a', 'host'] })).toEqual(['a: b c', 'z: far host']);
    expect(scene('c1 @ pc', 'pc - z - host - a - pc').show({ down: ['z', 'a', 'host'] })).toEqual([
      'a: host',
      'z',
    ]);
  });

  it('is reached through its parents alone where somebody set them', () => {
    const { show } = scene('c1 @ pc', 'pc - core - host', 'core > edge > host');
    expect(show({ down: ['edge', 'host'] })).toEqual(['edge: host']);
  });

  it('hides what is behind it where only the port is known that the collector is plugged into', () => {
    const { show } = scene('c1 on core', 'core - left - host', 'left - printer', 'core - right');
    expect(show({ down: ['left', 'host', 'printer'] })).toEqual(['left: host printer']);
    expect(show({ down: ['core', 'left', 'right', 'host', 'printer'] })).toEqual([
      'core: host left printer right',
    ]);
  });

  it('hides what is behind devices that nobody watches', () => {
    const { show } = scene('c1 @ pc', 'pc - core - _hub - left - host', '_hub - right');
    expect(show({ down: ['core', 'left', 'right', 'host'] })).toEqual(['core: host left right']);
    // The device between may be the fault; of that nothing is known.
    expect(show({ down: ['left', 'right', 'host'] })).toEqual(['left: host', 'right']);
  });

  it('is not reached through those that it is a parent of', () => {
    const { show } = scene('gate > left > host', 'top > right > host');
    expect(show({ down: ['gate', 'left'] })).toEqual(['gate: left']);
  });

  it('hides nothing on the host of its own collector, which reports', () => {
    const { show } = scene('c1 @ pc', 'pc - core - host');
    expect(show({ down: ['pc', 'host'] })).toEqual(['host', 'pc']);
  });
});

describe('what answers all the time', () => {
  it('proves that a way leads to it, which the graph does not have', () => {
    const { show } = scene('core > switch > host', 'core > other');
    expect(show({ down: ['core', 'host'] })).toEqual(['core: host other switch']);
    expect(show({ down: ['core', 'host'], steady: ['switch'] })).toEqual(['core: other', 'host']);
  });

  it('stands for the collector in a ring that nobody tied to one', () => {
    const { show } = scene('a - b - c - d - a', 'c - host');
    expect(show({ down: ['b'], steady: ['a', 'c', 'd', 'host'] })).toEqual(['b']);
    expect(show({ down: ['b', 'd', 'host', 'c'], steady: ['a'] })).toEqual(['b: c host', 'd']);
  });

  it('proves nothing to another collector', () => {
    const { show } = scene(
      'c1 @ pc',
      'c2 @ pc2',
      'pc - wan - gate - pc2',
      'gate - host',
      'c2: gate',
      'c1: host',
    );
    expect(show({ down: ['wan', 'host'], steady: ['gate', 'pc2'] })).toEqual(['wan: host']);
  });
});

describe('a part that is dark as a whole', () => {
  it('has its middle for a cause', () => {
    const { show } = scene('a - hub', 'b - hub', 'c - hub');
    expect(show({ down: ['a', 'b', 'hub', 'c'] })).toEqual(['hub: a b c']);
  });

  it('has several where one lived on after the other', () => {
    const { show } = scene('a - hub - b');
    const [first, second] = [NOW - 10 * WAIT, NOW - WAIT];
    expect(show({ down: { a: first, hub: second, b: second } })).toEqual(['a', 'hub: b']);
  });
});

describe('several collectors', () => {
  const { show } = scene(
    'c1 @ pc',
    'c2 @ pc2',
    'pc - core - wan - gate - inner - pc2',
    'gate - host',
    'c2: gate inner',
    'c1: host',
  );

  it('each flood from their own port', () => {
    expect(show({ down: ['wan', 'host'] })).toEqual(['wan: host']);
    expect(show({ down: ['core', 'wan', 'host'] })).toEqual(['core: host wan']);
  });

  it('have one cause for what both see', () => {
    expect(show({ down: ['gate', 'host'] })).toEqual(['gate: host']);
    expect(show({ down: ['wan', 'gate', 'host'] })).toEqual(['gate', 'wan: host']);
  });

  it('take each other no page away: what is behind something for one may conduct for another', () => {
    expect(show({ down: ['inner', 'gate'] })).toEqual(['inner: gate']);
    expect(show({ down: ['inner', 'gate', 'host'] })).toEqual(['host', 'inner: gate']);
  });

  it('have one cause where each sees the outage behind the other', () => {
    const line = scene('c1 @ pc', 'c2 @ pc2', 'pc - a - b - pc2', 'c2: a', 'c1: b');
    expect(line.show({ down: { a: NOW - 2000, b: NOW - 1000 } })).toEqual(['a: b']);
    expect(line.show({ down: { a: NOW - 1000, b: NOW - 2000 } })).toEqual(['b: a']);
  });

  it('pass on what the agent of a host behind a polled switch does not say', () => {
    const hosted = scene('core > switch > host', 'server: host');
    expect(hosted.show({ down: ['switch', 'host'] })).toEqual(['switch: host']);
    expect(hosted.show({ down: ['host'] })).toEqual(['host']);
  });
});

describe('what nobody watches', () => {
  it('conducts', () => {
    const { show } = scene('dumb > a', 'dumb > b', 'nobody: dumb');
    expect(show({ down: ['a', 'b'] })).toEqual(['a', 'b']);
  });
});

describe('findCauses', () => {
  it('takes no longer than a moment for 10,000 nodes with 20,000 links and 20 collectors', () => {
    const id = (index: number) => `n${String(index).padStart(5, '0')}`;
    const indexes = Array.from({ length: 10_000 }, (_, index) => index);
    const network = buildNetwork({
      nodes: indexes.map((index) => ({ id: id(index), port: `c${index % 20}` })),
      links: indexes
        .slice(1)
        .flatMap((index) => [
          [id(Math.floor(index / 4)), id(index)] as const,
          [id(Math.floor(index / 7)), id(index)] as const,
        ]),
      parents: [],
      devices: [],
      entries: [],
      hosts: Array.from({ length: 20 }, (_, index) => [`c${index}`, id(0)] as const),
    });
    const facts = {
      nowMs: NOW,
      waitMs: WAIT,
      down: new Map(indexes.filter((index) => index % 2 === 1).map((index) => [id(index), NOW - WAIT])),
      suspected: new Set([id(4), id(8)]),
      unknown: new Set<string>(),
      returned: new Map(),
      steady: new Set<string>(),
      inMaintenance: new Set([id(12)]),
    };
    const begun = performance.now();
    expect(findCauses(network, facts).causes.size).toBeGreaterThan(2000);
    // About 50 ms; a step that looked at every node for each would take minutes.
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});
