import { describe, expect, it } from 'vitest';
import { gridOf, readTimeRange, writeTimeRange, zoomOut } from './time-range.ts';

const read = (text: string) => readTimeRange(new URLSearchParams(text));

describe('the range in the URL', () => {
  it('is the last hour where there is none or nonsense', () => {
    const hour = { kind: 'last', seconds: 3_600 };
    expect(read('')).toEqual(hour);
    expect(read('range=banana')).toEqual(hour);
    expect(read('from=10&to=x')).toEqual(hour);
    expect(read('from=-5&to=100')).toEqual(hour);
    expect(read('from=2000&to=1000')).toEqual(hour);
  });

  it('survives being written and read', () => {
    for (const range of [
      { kind: 'last', seconds: 86_400 },
      { kind: 'fixed', from: 1_000_000, to: 1_003_600 },
    ] as const) {
      expect(readTimeRange(writeTimeRange(new URLSearchParams('tab=interfaces'), range))).toEqual(range);
    }
  });

  it('leaves everything else in the URL alone and removes the range it replaces', () => {
    const next = writeTimeRange(new URLSearchParams('tab=details&from=1&to=999'), {
      kind: 'last',
      seconds: 900,
    });
    expect(next.toString()).toBe('tab=details&range=15m');
  });

  it('follows the page where the URL says nothing', () => {
    const fallback = { kind: 'last', seconds: 900 } as const;
    expect(readTimeRange(new URLSearchParams(), fallback)).toBe(fallback);
    const hour = writeTimeRange(new URLSearchParams(), { kind: 'last', seconds: 3_600 });
    expect(readTimeRange(hour, fallback)).toEqual({ kind: 'last', seconds: 3_600 });
  });

  it('is never shorter than a minute, however small the drag', () => {
    const next = writeTimeRange(new URLSearchParams(), { kind: 'fixed', from: 5_000, to: 5_003 });
    expect(readTimeRange(next)).toEqual({ kind: 'fixed', from: 5_000, to: 5_060 });
  });
});

describe('the grid of a range', () => {
  const now = 1_700_000_123_000;

  it('lies on multiples of its step and ends at the last one that is past', () => {
    const grid = gridOf({ kind: 'last', seconds: 3_600 }, now, 720);
    expect(grid.step).toBe(20);
    expect(grid.start % grid.step).toBe(0);
    expect(grid.end).toBe(1_700_000_120);
  });

  it('has about one point for three pixels at every range', () => {
    for (const seconds of [900, 3_600, 21_600, 86_400, 604_800, 2_592_000]) {
      const grid = gridOf({ kind: 'last', seconds }, now, 900);
      const points = (grid.end - grid.start) / grid.step;
      expect(points).toBeGreaterThan(40);
      expect(points).toBeLessThanOrEqual(301);
    }
  });

  it('looks back at least four intervals and never skips samples between points', () => {
    expect(gridOf({ kind: 'last', seconds: 900 }, now, 900).window).toBe(40);
    const month = gridOf({ kind: 'last', seconds: 2_592_000 }, now, 900);
    expect(month.window).toBe(month.step);
  });
});

describe('zooming out', () => {
  it('doubles the range and stops at now', () => {
    const now = 10_000_000;
    expect(zoomOut({ kind: 'fixed', from: 1_000, to: 3_000 }, now * 1000)).toEqual({
      kind: 'fixed',
      from: 0,
      to: 4_000,
    });
    const late = zoomOut({ kind: 'last', seconds: 3_600 }, now * 1000);
    expect(late).toEqual({ kind: 'fixed', from: now - 7_200, to: now });
  });
});
