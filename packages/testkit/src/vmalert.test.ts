import { expect, it } from 'vitest';
import { firingTimes, rulesOf } from './vmalert.ts';

const disk = {
  name: 'disk',
  expr: 'device_storage_used_percent',
  comparison: '>',
  warning: 85,
  critical: null,
  duration_seconds: 60,
} as const;

it('makes a rule of each threshold of a definition', () => {
  expect(rulesOf(disk)).toEqual([
    { alert: 'disk warning', expr: '(device_storage_used_percent) > 85', for: '60s' },
  ]);
  expect(rulesOf({ ...disk, critical: 95 }).map(({ alert }) => alert)).toEqual([
    'disk warning',
    'disk critical',
  ]);
});

it('makes none of a definition without an expression', () => {
  expect(rulesOf({ ...disk, expr: null })).toEqual([]);
});

it('joins samples that are one step apart to one time', () => {
  const series = { metric: {}, values: [], timestamps: [40, 10, 20, 70] };
  expect(firingTimes(series, 10)).toEqual([
    { fromMs: 10, toMs: 30 },
    { fromMs: 40, toMs: 50 },
    { fromMs: 70, toMs: 80 },
  ]);
  expect(firingTimes({ ...series, timestamps: [] }, 10)).toEqual([]);
});
