import { describe, expect, it } from 'vitest';
import { toMapModel } from './map-model.ts';
import { placesOf } from './map-places.ts';
import { worstStatus, zoneLinesOf, zonesOf } from './map-zones.ts';
import { deviceOf, endOf, ghostOf, linkOf, nodeOf, topologyOf } from './topology-sample.test-support.ts';

const siteName = (id: string) => `Site ${id}`;

function zonesFor(topology: ReturnType<typeof topologyOf>) {
  const model = toMapModel(topology);
  return { model, zones: zonesOf({ model, places: placesOf(model.nodes), siteName }) };
}

describe('the worst status', () => {
  it('is the most urgent one, and none where nobody watches', () => {
    expect(worstStatus(['healthy', 'warning', null, 'offline'])).toBe('offline');
    expect(worstStatus(['healthy', 'unknown'])).toBe('unknown');
    expect(worstStatus([null])).toBeNull();
  });
});

describe('zones', () => {
  it('are what stands at a site, with the rectangle around it and its worst status', () => {
    const { zones } = zonesFor(
      topologyOf({
        nodes: [
          nodeOf('a', { site_id: '1', x: 0, y: 0 }),
          nodeOf('b', { site_id: '1', x: 400, y: 200, status: 'critical' }),
          nodeOf('c', { site_id: '2', x: 2000, y: 0 }),
        ],
        devices: [deviceOf('d', { site_id: '2', x: 2000, y: 100 })],
      }),
    );
    expect(zones.map(({ name, worst, members }) => [name, worst, members.length])).toEqual([
      ['Site 1', 'critical', 2],
      ['Site 2', 'healthy', 2],
    ]);
    expect(zones[0]?.counts).toEqual({ healthy: 1, critical: 1 });
    const [one, other] = zones;
    expect((one?.x ?? 0) + (one?.width ?? 0)).toBeLessThan(other?.x ?? 0);
    expect(one?.x).toBeLessThan(-88);
  });

  it('of a large site are parts beside each other, each named after its middle', () => {
    const nodes = Array.from({ length: 1_000 }, (_, at) =>
      nodeOf(`n${at}`, { site_id: '1', x: (at % 100) * 200, y: Math.floor(at / 100) * 100 }),
    );
    const links = nodes.slice(1, 60).map(({ id }) => linkOf(`l${id}`, endOf('n0'), endOf(id)));
    const { zones } = zonesFor(topologyOf({ nodes, links }));
    expect(zones.length).toBe(8);
    expect(zones.reduce((sum, { members }) => sum + members.length, 0)).toBe(1_000);
    expect(zones[0]).toMatchObject({ name: 'Site 1', part: 'n0' });
  });

  it('are joined by one line for all that join the same two', () => {
    const { model, zones } = zonesFor(
      topologyOf({
        nodes: [nodeOf('a', { site_id: '1' }), nodeOf('b', { site_id: '2' }), nodeOf('c', { site_id: '2' })],
        links: [
          linkOf('1', endOf('a'), endOf('b')),
          linkOf('2', endOf('c'), endOf('a'), { state: 'down' }),
          linkOf('3', endOf('b'), endOf('c')),
        ],
        ghosts: [ghostOf('g', endOf('b'), endOf('a'))],
      }),
    );
    expect(zoneLinesOf(zones, model.lines).map(({ count, broken }) => [count, broken])).toEqual([[3, 2]]);
  });
});
