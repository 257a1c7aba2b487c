import { expect, test } from 'vitest';
import { clockSkewSeconds } from './date-and-time.ts';

const NOW = Date.UTC(2026, 10, 24, 12, 30, 15, 500);

function hexOf(...octets: number[]): string {
  return Buffer.from(octets).toString('hex');
}
/** 2026-11-24 at that time. */
const at = (...time: number[]) => hexOf(0x07, 0xea, 11, 24, ...time);
const PLUS = 0x2b;
const MINUS = 0x2d;

test.each([
  ['UTC', at(12, 30, 15, 5, PLUS, 0, 0), 0],
  ['ahead of UTC by its zone', at(18, 0, 15, 5, PLUS, 5, 30), 0],
  ['behind UTC by its zone, on the day before', hexOf(0x07, 0xea, 11, 24, 0, 30, 15, 5, MINUS, 12, 0), 0],
  ['a minute slow', at(12, 29, 15, 5, PLUS, 0, 0), -60],
  ['an hour fast, which the offset shows', at(13, 30, 15, 5, PLUS, 0, 0), 3600],
  ['a leap second', at(12, 30, 60, 0, PLUS, 0, 0), 44.5],
  ['years wrong', hexOf(0x07, 0xb2, 1, 1, 0, 0, 0, 0, PLUS, 0, 0), -NOW / 1000],
])('with the offset: %s', (_, hex, seconds) => {
  expect(clockSkewSeconds(hex, NOW)).toBeCloseTo(seconds, 6);
});

test.each([
  ['UTC', at(12, 30, 15, 5), 0],
  ['a zone to the east', at(13, 30, 17, 5), 2],
  ['a zone of half hours', at(18, 0, 10, 5), -5],
  ['a zone to the west, on the day before', hexOf(0x07, 0xea, 11, 24, 1, 30, 15, 5), 0],
  ['five minutes fast', at(12, 35, 15, 5), 300],
  ['two days fast counts from the last zone', hexOf(0x07, 0xea, 11, 26, 12, 30, 15, 5), 34 * 3600],
])('without the offset: %s', (_, hex, seconds) => {
  expect(clockSkewSeconds(hex, NOW)).toBeCloseTo(seconds, 6);
});

test.each([
  ['nothing', ''],
  ['text', 'zz'.repeat(8)],
  ['a wrong length', '07ea0b180c1e0f'],
  ['month 13', hexOf(0x07, 0xea, 13, 1, 0, 0, 0, 0)],
  ['the 31st of June', hexOf(0x07, 0xea, 6, 31, 0, 0, 0, 0)],
  ['hour 24', at(24, 0, 0, 0)],
  ['a clock that was never set', hexOf(0, 0, 0, 0, 0, 0, 0, 0)],
  ['an offset without a sign', at(12, 30, 15, 5, 0, 0, 0)],
])('%s is no date', (_, hex) => {
  expect(clockSkewSeconds(hex, NOW)).toBeUndefined();
});
