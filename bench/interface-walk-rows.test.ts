import { expect, it } from 'vitest';
import { plainRows, refusedRows } from './interface-walk-rows.ts';

const walk = (cpuSeconds: number, rows = 10_000) => ({
  rows,
  cpuSeconds,
  seconds: 2,
  residentMiB: 150,
  peakMiB: 180,
});
const cycle = (cpuSeconds: number, missingLines = 0) => ({
  cpuSeconds,
  missingLines,
  residentMiB: 100,
  durationMs: 5000,
});
const small = { residentMiB: 80, peakMiB: 90 };

it('compares whole walks pair by pair and counts those that Telegraf missed', () => {
  const rows = plainRows([walk(1), walk(2), walk(3)], [cycle(10), cycle(4, 50), cycle(10)], small);
  const byLabel = (label: string) => rows.find((row) => row.label === label);
  expect(byLabel('CPU of a walk')).toMatchObject({ value: 2, goal: '<= 3 s', met: true });
  expect(byLabel('CPU against Telegraf, same telegraf.conf')).toMatchObject({
    ratio: 0.2,
    spread: [0.1, 0.3],
  });
  expect(byLabel('walks that Telegraf missed, of 3')).toMatchObject({ value: 1 });
  expect(byLabel('rows missing in those')).toMatchObject({ value: 50 });
});

it('tells the memory beyond that of an engine with a small device', () => {
  const rows = plainRows([walk(1)], [cycle(10)], small);
  expect(rows.find(({ label }) => label.includes('at its peak'))).toMatchObject({ value: 90, met: true });
  const grown = plainRows([{ ...walk(1), peakMiB: 211 }], [cycle(10)], small);
  expect(grown.find(({ label }) => label.includes('at its peak'))).toMatchObject({ value: 121, met: false });
});

it('meets no goal with a walk that lacks rows', () => {
  const goals = plainRows([walk(1), walk(1, 9_999)], [cycle(10)], small).filter(({ goal }) => goal);
  expect(goals.map(({ met }) => met)).toEqual([false, false, false]);
});

it('judges the first walk without GETBULK apart from the later ones', () => {
  const rows = refusedRows('GETBULK unanswered', walk(9), [walk(7), walk(7)]);
  expect(rows.filter(({ label }) => label.endsWith('CPU of a walk')).map(({ met }) => met)).toEqual([
    false,
    true,
  ]);
});
