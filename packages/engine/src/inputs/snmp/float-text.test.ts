import { expect, test } from 'vitest';
import { formatFloatText, parseFloatText } from './float-text.ts';

// The expected texts are what Go's fmt and strconv give.
test.each([
  [42, '42'],
  [100_000, '100000'],
  [1e6, '1e+06'],
  [2_147_483_647, '2.147483647e+09'],
  [12_345_678.5, '1.23456785e+07'],
  [1e21, '1e+21'],
  [0.0001, '0.0001'],
  [0.00001, '1e-05'],
  [-1.5e-7, '-1.5e-07'],
  [-0, '-0'],
  [Number.POSITIVE_INFINITY, '+Inf'],
  [Number.NaN, 'NaN'],
])('%s is written %s', (value, text) => {
  expect(formatFloatText(value)).toBe(text);
});

test('a float of 32 bits is written with the digits that tell it apart from its neighbours', () => {
  expect(formatFloatText(Math.fround(1.1), true)).toBe('1.1');
  expect(formatFloatText(16_777_216, true)).toBe('1.6777216e+07');
});

test.each([
  ['1_000', 1000],
  ['0_1', 1],
  ['1_0e1_0', 1e11],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['nan', Number.NaN],
  ['1e-400', 0],
  ['.5', 0.5],
  ['+nan', undefined],
  ['1e999', undefined],
  ['_1', undefined],
  ['1__0', undefined],
  ['1_.0', undefined],
  [' 1', undefined],
  ['1e', undefined],
  ['.', undefined],
  ['', undefined],
  ['0x1F', undefined],
])('"%s" is read as %s', (text, value) => {
  expect(parseFloatText(text)).toBe(value);
});
