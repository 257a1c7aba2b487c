import { describe, expect, it } from 'vitest';
import { firesAt, holdsAt, levelRange, type Thresholds, thresholdOf } from './thresholds.ts';

const above: Thresholds = { comparison: '>', warning: 90, warningClear: 85, critical: 95, criticalClear: 91 };
const below: Thresholds = {
  comparison: '<',
  warning: 20,
  warningClear: 25,
  critical: 10,
  criticalClear: null,
};

describe('thresholds', () => {
  it('are crossed by what is beyond them, not by what equals them', () => {
    expect([90, 90.1, 95, 96].map((value) => firesAt(above, value))).toEqual([0, 2, 2, 3]);
    expect([20, 19, 10, 9].map((value) => firesAt(below, value))).toEqual([0, 2, 2, 3]);
  });

  it('hold an alert until its own threshold to clear is passed', () => {
    expect([96, 94, 91, 86, 85].map((value) => holdsAt(above, value, 3))).toEqual([3, 3, 2, 2, 0]);
    expect([96, 91, 86, 85, 82].map((value) => holdsAt(above, value, 2))).toEqual([3, 2, 2, 0, 0]);
    expect([9, 10, 24, 25].map((value) => holdsAt(below, value, 3))).toEqual([3, 2, 2, 0]);
  });

  it('may have one severity alone', () => {
    const only: Thresholds = { ...above, warning: null, warningClear: null };
    expect(levelRange(only)).toEqual({ lowest: 3, highest: 3 });
    expect(levelRange({ ...above, critical: null })).toEqual({ lowest: 2, highest: 2 });
    expect(firesAt(only, 94)).toBe(0);
    expect([thresholdOf(above, 2), thresholdOf(above, 3), thresholdOf(only, 2)]).toEqual([90, 95, undefined]);
  });
});
