import { describe, expect, it } from 'vitest';
import { boxAround, fitBox, levelLimits, levelOf } from './map-level.ts';

describe('how much of a map is drawn', () => {
  it('grows with the scale', () => {
    const limits = levelLimits(60, 0.5);
    expect([0.05, 0.2, 0.5, 1].map((scale) => levelOf(scale, limits))).toEqual([
      'zones',
      'far',
      'mid',
      'near',
    ]);
  });

  it('is zones where more cards would be in sight than can be drawn fluidly', () => {
    const limits = levelLimits(1_000, 0.12);
    expect(levelOf(0.12, limits)).toBe('zones');
    // At twice the scale a quarter of them is in sight.
    expect(limits.far).toBeCloseTo(0.24);
    expect(levelOf(0.25, limits)).toBe('far');
  });

  it('is never zones at a scale at which names can be read', () => {
    expect(levelOf(0.45, levelLimits(100_000, 0.3))).toBe('mid');
  });
});

describe('a picture of a box', () => {
  const window = { width: 1_000, height: 500 };

  it('has it in the middle, as large as it can be, and never larger than its own size', () => {
    const wide = fitBox({ x: 0, y: 0, width: 8_800, height: 1_000 }, window);
    expect(wide.zoom).toBeCloseTo(0.1);
    expect(wide.x + 4_400 * wide.zoom).toBeCloseTo(500);
    expect(wide.y + 500 * wide.zoom).toBeCloseTo(250);
    expect(fitBox({ x: 40, y: 40, width: 10, height: 10 }, window).zoom).toBe(1);
  });

  it('is not smaller than asked for', () => {
    expect(fitBox({ x: 0, y: 0, width: 8_800, height: 1_000 }, window, 0.4).zoom).toBe(0.4);
    expect(fitBox({ x: 0, y: 0, width: 1e9, height: 1e9 }, window).zoom).toBe(0.02);
  });

  it('is around all of several', () => {
    const one = { x: -10, y: 0, width: 20, height: 5 };
    const other = { x: 50, y: -30, width: 1, height: 1 };
    expect(boxAround([one, other])).toEqual({ x: -10, y: -30, width: 61, height: 35 });
    expect(boxAround([])).toEqual({ x: 0, y: 0, width: 1, height: 1 });
  });
});
