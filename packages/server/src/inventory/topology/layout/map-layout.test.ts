import { describe, expect, it } from 'vitest';
import { type LaidOut, layOut } from './map-layout.ts';
import { CELL_HEIGHT, CELL_WIDTH, type MapThingInput } from './map-thing.ts';
import { plainLayout } from './plain-layout.ts';

type Pairs = [string, string][];

function thing(id: string, change: Partial<MapThingInput> = {}): MapThingInput {
  const isInfrastructure = !/^(?:host|printer|alone)/.test(id);
  return { id, siteId: 'plant', siteName: 'Plant', name: id, isInfrastructure, at: null, ...change };
}
const PLANT = ['core-1', 'core-2', 'dist-1', 'acc-1', 'acc-2', 'host-1', 'host-2', 'printer', 'alone-1'];
const LINKS: Pairs = [
  ['core-1', 'core-2'],
  ['core-1', 'dist-1'],
  ['core-2', 'dist-1'],
  ['core-1', 'acc-2'],
  ['core-2', 'acc-2'],
  ['dist-1', 'acc-1'],
  ['acc-1', 'host-1'],
  ['acc-1', 'host-2'],
  ['acc-2', 'printer'],
];

/** A plant of two cores, access switches at both, and hosts at these. */
function plant(switches: number, hosts: number): { things: MapThingInput[]; links: Pairs } {
  const things = [thing('core-1'), thing('core-2')];
  const links: Pairs = [['core-1', 'core-2']];
  for (let index = 0; index < switches; index += 1) {
    const id = `acc-${index}`;
    things.push(thing(id));
    links.push(['core-1', id], ['core-2', id]);
    for (let host = 0; host < hosts; host += 1) {
      things.push(thing(`host-${index}-${host}`));
      links.push([id, `host-${index}-${host}`]);
    }
  }
  return { things, links };
}

function overlaps(laidOut: readonly LaidOut[]): string[] {
  return laidOut.flatMap((a, index) =>
    laidOut
      .slice(0, index)
      .filter((b) => Math.abs(a.x - b.x) < CELL_WIDTH - 1 && Math.abs(a.y - b.y) < CELL_HEIGHT - 1)
      .map((b) => `${a.id} ${b.id}`),
  );
}
const byId = (laidOut: readonly LaidOut[]) => new Map(laidOut.map((place) => [place.id, place]));
const settle = (things: readonly MapThingInput[], laidOut: readonly LaidOut[], byHand: string[] = []) =>
  things.map((one) => {
    const place = byId(laidOut).get(one.id);
    return place ? { ...one, at: { ...place, isByHand: byHand.includes(one.id) } } : one;
  });

describe('layOut', () => {
  it('tells tiers by how things hang together', () => {
    const tiers = Object.fromEntries(
      layOut({ things: PLANT.map((id) => thing(id)), links: LINKS }).map(({ id, tier }) => [id, tier]),
    );
    expect(tiers).toEqual({
      'core-1': 'core',
      'core-2': 'core',
      'dist-1': 'distribution',
      'acc-1': 'access',
      'acc-2': 'access',
      'host-1': 'end',
      'host-2': 'end',
      printer: 'end',
      'alone-1': null,
    });
  });

  it('puts what hangs on a device below it, and nothing upon another', () => {
    const laidOut = layOut({ things: PLANT.map((id) => thing(id)), links: LINKS });
    const at = byId(laidOut);
    for (const [above, below] of [
      ['core-1', 'dist-1'],
      ['dist-1', 'acc-1'],
      ['acc-1', 'host-1'],
      ['acc-2', 'printer'],
    ] as const) {
      expect(at.get(above)?.y).toBeLessThan(at.get(below)?.y ?? 0);
    }
    expect(at.get('core-1')?.y).toBe(at.get('core-2')?.y);
    expect(overlaps(laidOut)).toEqual([]);
  });

  it('gives the same picture for the same input, in whatever order it comes', () => {
    const { things, links } = plant(20, 8);
    const first = layOut({ things, links });
    const turned = links.map(([a, b]) => [b, a] as [string, string]).toReversed();
    const again = layOut({ things: things.toReversed(), links: turned });
    expect(byId(again)).toEqual(byId(first));
  });

  it('leaves everything where it is when something is added, and puts that beside what it is linked to', () => {
    const { things, links } = plant(6, 4);
    const first = layOut({ things, links });
    const settled = [...settle(things, first), thing('host-new')];
    const second = layOut({ things: settled, links: [...links, ['acc-3', 'host-new']] });
    const at = byId(second);
    for (const place of first) expect(at.get(place.id)).toEqual(place);
    const [anchor, fresh] = [at.get('acc-3'), at.get('host-new')];
    expect(Math.abs((anchor?.x ?? 0) - (fresh?.x ?? 0))).toBeLessThan(8 * CELL_WIDTH);
    expect(overlaps(second)).toEqual([]);
  });

  it('never moves what somebody placed, however much is new', () => {
    const things = [thing('core-1', { at: { x: 5000, y: -700, isByHand: true, tier: null } })];
    const { things: others, links } = plant(10, 3);
    const laidOut = layOut({ things: [...things, ...others.filter(({ id }) => id !== 'core-1')], links });
    expect(byId(laidOut).get('core-1')).toEqual({ id: 'core-1', tier: 'core', x: 5000, y: -700 });
    expect(overlaps(laidOut)).toEqual([]);
  });

  it('lays out a site as a whole once it is known how its things hang together', () => {
    const { things, links } = plant(4, 4);
    const loose = layOut({ things, links: [] });
    expect(new Set(loose.map(({ tier }) => tier))).toEqual(new Set([null]));
    const laidOut = layOut({ things: settle(things, loose), links });
    const at = byId(laidOut);
    expect(at.get('core-1')?.y).toBeLessThan(at.get('acc-1')?.y ?? 0);
    expect(overlaps(laidOut)).toEqual([]);
  });

  it('keeps sites apart, also when one of them grows or another one comes', () => {
    const move = (site: string) => (one: MapThingInput) => ({
      ...one,
      id: `${site} ${one.id}`,
      siteId: site,
      siteName: site,
    });
    const { things, links } = plant(8, 6);
    const of = (site: string): { things: MapThingInput[]; links: Pairs } => ({
      things: things.map(move(site)),
      links: links.map(([a, b]) => [`${site} ${a}`, `${site} ${b}`]),
    });
    const [a, b, c] = [of('a'), of('b'), of('c')];
    const two = layOut({ things: [...a.things, ...b.things], links: [...a.links, ...b.links] });
    expect(overlaps(two)).toEqual([]);
    const all = layOut({
      things: [...settle([...a.things, ...b.things], two), ...c.things],
      links: [...a.links, ...b.links, ...c.links],
    });
    expect(overlaps(all)).toEqual([]);
    expect(byId(all).get('a core-1')).toEqual(byId(two).get('a core-1'));
  });

  it('bears a chain of thousands, a ring, links to itself and to nothing', () => {
    const ids = Array.from({ length: 3000 }, (_, index) => `sw-${index}`);
    const chain: Pairs = ids.slice(1).map((id, index) => [ids[index] ?? '', id]);
    const links: Pairs = [...chain, ['sw-0', 'sw-2999'], ['sw-1', 'sw-1'], ['sw-1', 'nothing']];
    const laidOut = layOut({ things: ids.map((id) => thing(id)), links });
    expect(laidOut).toHaveLength(3000);
    expect(laidOut.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
    expect(layOut({ things: [], links: [] })).toEqual([]);
  });

  it('of 500 nodes with 800 links takes no longer than a moment', () => {
    const { things, links } = plant(300, 1);
    const begun = performance.now();
    expect(layOut({ things, links })).toHaveLength(602);
    // About 20 ms; the limit of a layout is 5 s.
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});

describe('plainLayout', () => {
  it('puts what is new below what stands, and moves nothing', () => {
    const placed = thing('core-1', { at: { x: 10, y: 20, isByHand: true, tier: 'core' } });
    const laidOut = plainLayout({ things: [placed, ...PLANT.slice(1).map((id) => thing(id))], links: LINKS });
    expect(laidOut).toHaveLength(PLANT.length);
    expect(byId(laidOut).get('core-1')).toEqual({ id: 'core-1', tier: 'core', x: 10, y: 20 });
    expect(overlaps(laidOut)).toEqual([]);
  });
});
