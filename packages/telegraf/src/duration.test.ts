import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDuration, parseDurationMs } from './duration.ts';

test.each([
  ['10s', 10_000],
  ['1m30s', 90_000],
  ['1.5h', 5_400_000],
  ['500ms', 500],
  ['100us', 0.1],
  ['2d', 172_800_000],
  ['10', 10_000],
  [10, 10_000],
  [0.5, 500],
  [3n, 3000],
  ['', 0],
])('%s is %d ms', (text, milliseconds) => {
  expect(parseDurationMs(text)).toBe(milliseconds);
});

test.each(['s', '10 s', '10x', '-1s', '1s2', -1, Number.NaN, true])('%s is no duration', (text) => {
  expect(parseDurationMs(text)).toBeUndefined();
});

test('every whole number of ms survives being written', () => {
  fc.assert(
    fc.property(fc.nat(), (milliseconds) => {
      expect(parseDurationMs(formatDuration(milliseconds))).toBe(milliseconds);
    }),
  );
});
