import { describe, expect, it } from 'vitest';
import { type ChartLimit, labelSide, withLimits } from './chart-marks.ts';

const at = (value: number): ChartLimit => ({ value, label: '', tone: 'critical' });

describe('the bounds of a chart with limits', () => {
  it('stay as they are where every limit is in sight', () => {
    expect(withLimits([0, 100], [at(95)])).toEqual([0, 100]);
    expect(withLimits([0, 100], [])).toEqual([0, 100]);
  });

  it('reach beyond a limit that is above or below every value', () => {
    const [bottom, top] = withLimits([0, 50], [at(95)]);
    expect(bottom).toBe(0);
    expect(top).toBeGreaterThan(95);
    const [low, high] = withLimits([120, 150], [at(80)]);
    expect(low).toBeLessThan(80);
    expect(high).toBe(150);
  });

  it('leave room around a limit on the edge, but nothing below zero for a limit of zero', () => {
    expect(withLimits([0, 95], [at(95)])[1]).toBeGreaterThan(95);
    expect(withLimits([0, 2], [at(0)])[0]).toBe(0);
    expect(withLimits([1, 2], [at(0)])[0]).toBe(0);
  });

  it('begin at zero where the limit makes room for it', () => {
    expect(withLimits([12, 24], [at(95)])[0]).toBe(0);
    expect(withLimits([20, 50], [at(7)])[0]).toBe(0);
  });

  it('do not follow a limit that is no number', () => {
    expect(withLimits([0, 10], [at(Number.POSITIVE_INFINITY)])).toEqual([0, 10]);
  });
});

describe('the name of a limit', () => {
  const plot = { top: 10, bottom: 210 };
  const side = (y: number, isHighest: boolean) => labelSide({ y, isHighest }, plot, 16);

  it('stands above the highest line and below the others', () => {
    expect([side(100, true), side(120, false)]).toEqual(['above', 'below']);
  });

  it('stands on the other side where it would leave the plot', () => {
    expect([side(20, true), side(200, false)]).toEqual(['below', 'above']);
  });
});
