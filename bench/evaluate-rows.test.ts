import { expect, it } from 'vitest';
import { cyclesBetween } from './evaluate-cycles.ts';
import { costsOf, evaluateRows, joinMeasurements, quantile } from './evaluate-rows.ts';
import type { BenchRow } from './result.ts';

const measured = (own: number, store: number, cycleSeconds = [1, 1], missed = 0) => ({
  cycleSeconds,
  series: cycleSeconds.map(() => 1_000),
  missed,
  intervals: 2,
  own: [own, own],
  store: [store, store],
});
const plant = {
  nodes: 1_000,
  series: 1_000,
  idle: measured(0, 1, []),
  resting: measured(0.2, 1.1, []),
  ours: measured(0.3, 3),
  vmalert: measured(2, 7),
};
const costGoals = (rows: readonly BenchRow[]) =>
  rows.filter(({ goal }) => goal?.startsWith('<=')).map(({ met }) => met);
const rowOf = (label: string, given = plant) =>
  evaluateRows(given).find((row) => row.label === `1,000 nodes: ${label}`);

it('counts what an evaluation costs beyond the rest', () => {
  expect(rowOf('our CPU of a cycle')).toMatchObject({
    value: expect.closeTo(0.1),
    ratio: expect.closeTo(0.05),
    met: true,
  });
  expect(rowOf('CPU of the store for it')).toMatchObject({ value: 2 });
  expect(rowOf('both together')).toMatchObject({ ratio: expect.closeTo(2.1 / 8), met: true });
});

it('does not make a peer cheaper that leaves out every second cycle', () => {
  expect(costsOf(measured(2, 7, [19], 1), { own: 0, store: 1 })).toEqual({ own: 4, store: 12, total: 16 });
});

it('meets no goal when a cycle was left out', () => {
  const rows = evaluateRows({ ...plant, ours: measured(0.3, 3, [1], 1) });
  expect(costGoals(rows)).toEqual([false, false, false]);
});

it('meets no goal when a cycle gave up a part of the series', () => {
  const rows = evaluateRows({ ...plant, ours: { ...plant.ours, series: [1_000, 900] } });
  expect(costGoals(rows)).toEqual([false, false, false]);
  expect(rows.find(({ label }) => label.includes('series read'))).toMatchObject({ value: 900, met: false });
});

it('has no figure where no cycle ended', () => {
  expect(() => costsOf(measured(2, 7, []), { own: 0, store: 1 })).toThrow('no cycle ended');
});

it('takes the 95th percentile from the values', () => {
  expect(
    quantile(
      Array.from({ length: 20 }, (_, at) => at + 1),
      0.95,
    ),
  ).toBe(19);
  expect(quantile([3], 0.95)).toBe(3);
});

it('tells each cycle by the growth of the sum', () => {
  const at = (cycles: number, seconds: number) => ({ cycles, seconds, missed: 0 });
  expect(cyclesBetween(at(1, 2), at(1, 2))).toEqual([]);
  expect(cyclesBetween(at(1, 2), at(2, 5))).toEqual([3]);
  expect(joinMeasurements([measured(1, 2), measured(3, 4)])).toMatchObject({
    intervals: 4,
    own: [1, 1, 3, 3],
  });
});
