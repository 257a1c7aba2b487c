import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationText, readDurationMs, readNumber, readString } from './literals.ts';

describe('a text in quotes', () => {
  it.each([
    ['"a\'b"', "a'b"],
    [String.raw`'a"\'b'`, 'a"\'b'],
    ['`a\\n\nb`', 'a\\n\nb'],
    [String.raw`"\a\b\f\n\r\t\v\\\""`, '\u0007\b\f\n\r\t\v\\"'],
    [String.raw`"\x41\101ü\U0001f600\xc3\xbc"`, 'AAü\u{1f600}ü'],
    ['""', ''],
  ])('%s is read', (source, value) => {
    expect(readString(source)).toBe(value);
  });

  it.each([
    '"a',
    '"a\\"',
    '"a\nb"',
    String.raw`"\q"`,
    String.raw`"\'"`,
    String.raw`'\"'`,
    String.raw`"\xff"`,
    String.raw`"\ud800"`,
    String.raw`"\U00110000"`,
    String.raw`"\400"`,
    '`a',
    'a',
    '"a"b"',
  ])('%j is refused', (source) => {
    expect(readString(source)).toBeUndefined();
  });
});

describe('a duration', () => {
  it.each([
    ['1h30m', 5_400_000],
    ['1y2w3d4h5m6s7ms', 31_536_000_000 + 14 * 86_400_000 + 3 * 86_400_000 + 4 * 3_600_000 + 306_007],
    ['300', 300_000],
    ['1.5', 1_500],
    ['0', 0],
  ])('%s is %i ms', (source, ms) => {
    expect(readDurationMs(source)).toBe(ms);
  });

  it.each(['', '5x', '1m1h', '0.0001', 'Inf', 'NaN', '-5m', '1e300', '5 m'])('%j is refused', (source) => {
    expect(readDurationMs(source)).toBeUndefined();
  });

  it('is written so that it reads to itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 11 }), (ms) => {
        expect(readDurationMs(durationText(ms))).toBe(ms);
      }),
    );
    expect([0, 90_000, 3_600_000, 86_400_000, 1_500].map(durationText)).toEqual([
      '0s',
      '90s',
      '1h',
      '1d',
      '1500ms',
    ]);
  });
});

describe('a number', () => {
  it.each([
    ['.5', 0.5],
    ['1e3', 1_000],
    ['1_000', 1_000],
    ['0x1F', 31],
    ['0.25', 0.25],
    ['5m', 300],
    ['inf', Infinity],
    ['NaN', Number.NaN],
  ])('%s is %d', (source, value) => {
    expect(readNumber(source)).toBe(value);
  });

  it.each(['010', '1e400', '', 'x'])('%j is refused', (source) => {
    expect(readNumber(source)).toBeUndefined();
  });
});
