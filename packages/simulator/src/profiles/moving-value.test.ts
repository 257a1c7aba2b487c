import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flowBetween, levelAt } from './moving-value.ts';

const NOW = 1_790_000_000;

describe('a counter', () => {
  test('never falls, whatever is counted and however closely one looks', () => {
    const step = fc.integer({ min: 0, max: 90 });
    const flow = fc.record({
      perSecond: fc.double({ min: 0.01, max: 60e6, noNaN: true }),
      seed: fc.integer({ min: 0, max: 10_000_000 }),
    });
    fc.assert(
      fc.property(flow, fc.integer({ min: 0, max: 86_400 }), fc.array(step), (one, offset, steps) => {
        let at = NOW + offset;
        let before = flowBetween(one, NOW - 10_000_000, at);
        for (const seconds of steps) {
          at += seconds;
          const after = flowBetween(one, NOW - 10_000_000, at);
          expect(after).toBeGreaterThanOrEqual(before);
          before = after;
        }
      }),
    );
  });

  test('is steeper by day than at night, moves from minute to minute, and keeps its mean over a day', () => {
    const flow = { perSecond: 1_000_000, seed: 42 };
    const midnight = NOW - (NOW % 86_400);
    const rate = (from: number, seconds: number) =>
      flowBetween(flow, midnight + from, midnight + from + seconds) / seconds;
    expect(rate(12 * 3_600, 7_200)).toBeGreaterThan(1.6 * rate(0, 7_200));
    const minutes = Array.from({ length: 10 }, (_, at) => rate(at * 60, 60));
    expect(Math.max(...minutes) / Math.min(...minutes)).toBeGreaterThan(1.1);
    expect(rate(0, 86_400) / flow.perSecond).toBeCloseTo(1, 2);
  });

  test('has counted nothing before it began', () => {
    expect(flowBetween({ perSecond: 5, seed: 1 }, NOW, NOW - 10)).toBe(0);
  });
});

describe('a gauge', () => {
  test('moves around its middle and stays within its swing', () => {
    const level = { middle: 40, swing: 8, seed: 7 };
    const values = Array.from({ length: 500 }, (_, at) => levelAt(level, NOW + at * 30));
    for (const value of values) expect(Math.abs(value - 40)).toBeLessThanOrEqual(8);
    expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(3);
  });

  test('that rises stays up afterwards', () => {
    const rise = { from: NOW, to: NOW + 600, by: 20 };
    const level = { middle: 22, swing: 0, seed: 7, rise };
    expect(levelAt(level, NOW)).toBe(22);
    expect(levelAt(level, NOW + 300)).toBe(32);
    expect(levelAt(level, NOW + 6_000)).toBe(42);
  });
});
