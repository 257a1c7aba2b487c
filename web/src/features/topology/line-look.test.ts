import { describe, expect, it } from 'vitest';
import { lineAt, lineCurve, lineLook, lineWidth, wordPlaces } from './line-look.ts';
import type { MapLine } from './map-model.ts';
import { endOf, ghostOf, linkOf } from './topology-sample.test-support.ts';

const [a, b] = [endOf('a'), endOf('b')];
const line = (more: Parameters<typeof linkOf>[3] = {}): MapLine => ({
  id: 'l',
  a: 'a',
  b: 'b',
  lane: 0,
  fan: { a: 0, b: 0 },
  crowd: { a: 1, b: 1 },
  link: linkOf('l', a, b, more),
});

describe('how a line is drawn', () => {
  it('follows what is wrong before what is unsure', () => {
    expect(lineLook(line())).toBe('up');
    expect(lineLook(line({ two_sided: false, seen_from: 'a' }))).toBe('one-sided');
    expect(lineLook(line({ two_sided: false, seen_from: 'a', state: 'down' }))).toBe('down');
    expect(lineLook(line({ state: 'stale' }))).toBe('stale');
    expect(lineLook(line({ sources: ['fdb'], two_sided: false }))).toBe('inferred');
    expect(lineLook(line({ sources: ['manual'], two_sided: null, state: null }))).toBe('drawn');
    expect(
      lineLook({
        id: 'g',
        a: 'a',
        b: 'b',
        lane: 0,
        fan: { a: 0, b: 0 },
        crowd: { a: 1, b: 1 },
        ghost: ghostOf('g', a, b),
      }),
    ).toBe('ghost');
  });

  it('is wider the faster it is and the more it carries', () => {
    expect(lineWidth(line({ speed_bps: 1e11 }), undefined)).toBeGreaterThan(lineWidth(line(), undefined));
    expect(lineWidth(line(), 1)).toBe(lineWidth(line(), 7));
    expect(lineWidth(line(), 0.5)).toBeGreaterThan(lineWidth(line(), 0));
  });
});

describe('the way of a line', () => {
  it('is straight where it is alone', () => {
    expect(lineCurve({ x: 0, y: 0 }, { x: 10, y: 20 }, 0)).toEqual({
      path: 'M0,0L10,20',
      middle: { x: 5, y: 10 },
    });
    expect(lineCurve({ x: 1, y: 1 }, { x: 1, y: 1 }, 1).path).toBe('M1,1L1,1');
  });

  it('is bent to its own side where there are more, whichever end it begins at', () => {
    const one = lineCurve({ x: 0, y: 0 }, { x: 100, y: 0 }, 0.5);
    const other = lineCurve({ x: 100, y: 0 }, { x: 0, y: 0 }, 0.5);
    expect(one.middle).toEqual({ x: 50, y: 11 });
    expect(other.middle).toEqual({ x: 50, y: -11 });
  });
});

describe('the line at a point', () => {
  const places = new Map([
    ['a', { x: 0, y: 0 }],
    ['b', { x: 100, y: 0 }],
  ]);

  it('is the nearest within reach, and only between its ends', () => {
    expect(lineAt([line()], places, { x: 50, y: 5 }, 6)).toBe('l');
    expect(lineAt([line()], places, { x: 50, y: 7 }, 6)).toBeUndefined();
    expect(lineAt([line()], places, { x: 120, y: 0 }, 6)).toBeUndefined();
    expect(lineAt([{ ...line(), b: 'gone' }], places, { x: 50, y: 0 }, 6)).toBeUndefined();
  });
});

describe('the words of a line', () => {
  const [a, b] = [
    { x: 0, y: 0 },
    { x: 0, y: 400 },
  ];
  const places = (crowd: { a: number; b: number }) => wordPlaces({ fan: { a: 0, b: 0 }, crowd }, a, b);

  it('are the ports, each at its own end', () => {
    expect(places({ a: 2, b: 1 }).ports.map(({ end, isBoth }) => [end, isBoth])).toEqual([
      ['a', false],
      ['b', false],
    ]);
    expect(places({ a: 2, b: 1 }).shift).toBe(0);
  });

  it('stand at the other end where one of them has no room for the ports of all', () => {
    expect(places({ a: 9, b: 1 })).toMatchObject({ ports: [{ end: 'b', isBoth: true }] });
    expect(places({ a: 9, b: 1 }).shift).toBeGreaterThan(0);
    expect(places({ a: 1, b: 9 })).toMatchObject({ ports: [{ end: 'a', isBoth: true }] });
    expect(places({ a: 1, b: 9 }).shift).toBeLessThan(0);
    expect(places({ a: 9, b: 9 }).ports).toHaveLength(2);
  });
});
