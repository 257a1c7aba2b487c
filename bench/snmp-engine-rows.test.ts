import { expect, it } from 'vitest';
import { telegrafRows } from './snmp-engine-rows.ts';

const cycle = (cpuSeconds: number, missingLines = 0) => ({
  cpuSeconds,
  missingLines,
  residentMiB: 100,
  durationMs: 5000,
});

it('compares whole cycles and counts the missed ones', () => {
  const rows = telegrafRows([1, 2, 3], [cycle(10), cycle(4, 50), cycle(10)], 200);
  expect(rows[0]).toMatchObject({ peer: 'Telegraf', value: 2, ratio: 0.2, spread: [0.1, 0.3], met: true });
  expect(rows.at(-2)).toMatchObject({ label: 'cycles that Telegraf missed, of 3', value: 1 });
  expect(rows.at(-1)).toMatchObject({ value: 25, unit: '%' });
});

it('gives no ratio where no cycle was whole', () => {
  const rows = telegrafRows([1], [cycle(4, 200)], 200);
  expect(rows.map(({ ratio }) => ratio)).toEqual([undefined, undefined]);
});

it('says nothing of missed cycles where there are none', () => {
  expect(telegrafRows([1], [cycle(10)], 200)).toHaveLength(4);
});
