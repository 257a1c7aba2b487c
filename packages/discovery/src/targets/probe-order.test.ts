import { expect, test } from 'vitest';
import { ProbeOrder } from './probe-order.ts';

function places(count: number, seed = 'run'): number[] {
  const order = new ProbeOrder(count, seed);
  return Array.from({ length: count }, (_, turn) => order.place(turn));
}

test.each([1, 2, 3, 4, 5, 7, 254, 1000, 4094, 65_536])('every one of %i places has one turn', (count) => {
  expect(new Set(places(count)).size).toBe(count);
});

test('the same seed gives the same order, and another one begins elsewhere', () => {
  expect(places(254)).toEqual(places(254));
  expect(places(4094, 'a')[0]).not.toBe(places(4094, 'b')[0]);
});

test('any run of turns is spread evenly over the subnets, and neighbours are far apart', () => {
  const order = places(4096);
  for (let from = 0; from < 4096; from += 160) {
    const turns = order.slice(from, from + 160);
    const perSubnet = [...Map.groupBy(turns, (place) => place >> 8).values()].map(({ length }) => length);
    if (turns.length === 160) expect(perSubnet).toHaveLength(16);
    expect(Math.max(...perSubnet)).toBeLessThanOrEqual(14);
  }
  const steps = order.slice(1).map((place, at) => Math.abs(place - (order[at] ?? 0)));
  expect(Math.min(...steps)).toBeGreaterThan(1000);
});
