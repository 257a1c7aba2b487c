import { expect, it } from 'vitest';
import { readPostAddress } from './post-address.ts';
import { retryAfterMs } from './retry-after.ts';

const NOW = new Date('2026-03-29T01:00:00Z');

it.each([
  [undefined, undefined],
  ['', undefined],
  ['0', 0],
  ['120', 120_000],
  ['-5', undefined],
  ['1.5', undefined],
  ['999999999999', 86_400_000],
  ['Sun, 29 Mar 2026 01:00:30 GMT', 30_000],
  ['Sunday, 29-Mar-26 01:00:30 GMT', 30_000],
  ['Sat, 28 Mar 2026 01:00:30 GMT', 0],
  ['later', undefined],
])('Retry-After %j is %j ms', (header, expected) => {
  expect(retryAfterMs(header, NOW)).toBe(expected);
});

it.each([
  ['https://hooks.example/a%2Fb?x=%7e', 'https://hooks.example', 443, '/a%2Fb?x=%7e'],
  ['HTTP://Hooks.Example:80?x', 'http://hooks.example', 80, '/?x'],
  ['https://[fd00::1]:8443/a/../b', 'https://[fd00::1]:8443', 8443, '/a/../b'],
  ['https://bücher.example/ü', 'https://xn--bcher-kva.example', 443, '/%C3%BC'],
  ['https://h/a#b', 'https://h', 443, '/a'],
])('%s is taken apart as it is', (address, origin, port, target) => {
  expect(readPostAddress(address)).toMatchObject({ origin, port, target });
});
