import { describe, expect, it } from 'vitest';
import { noteSample, queueTrend } from './queue-trend.ts';

const at = (seconds: number, bytes: number) => ({ atMs: seconds * 1000, bytes });

describe('the trend of a queue', () => {
  it('is not told from one sample, nor from two that lie close', () => {
    expect(queueTrend([at(0, 100)])).toBeUndefined();
    expect(queueTrend([at(0, 100), at(5, 50)])).toBeUndefined();
  });

  it('says how fast it drains and when it is done', () => {
    expect(queueTrend([at(0, 50_000), at(10, 40_000), at(20, 30_000)])).toEqual({
      bytesPerSecond: -1000,
      secondsLeft: 30,
    });
  });

  it('has no end while it grows or is empty', () => {
    expect(queueTrend([at(0, 100), at(10, 200)])).toEqual({ bytesPerSecond: 10, secondsLeft: undefined });
    expect(queueTrend([at(0, 100), at(10, 0)])?.secondsLeft).toBeUndefined();
  });

  it('keeps two minutes and takes no sample twice', () => {
    const known = noteSample([at(0, 1), at(100, 2)], at(130, 3));
    expect(known).toEqual([at(100, 2), at(130, 3)]);
    expect(noteSample(known, at(130, 9))).toBe(known);
  });
});
