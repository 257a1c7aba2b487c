import { describe, expect, it } from 'vitest';
import { readExpression, withLookBack } from './index.ts';

function asked(text: string, ms = 30_000): string {
  const result = readExpression(text);
  if (!result.ok) throw new Error(result.faults.map(({ message }) => message).join('\n'));
  return withLookBack(result.expression, ms);
}

describe('an expression as it is asked', () => {
  it.each([
    ['a{x="1"}', 'last_over_time(a{x="1"}[30s])'],
    ['a offset 1h', 'last_over_time(a[30s] offset 1h)'],
    ['sum by (node_id) (a) / b', 'sum by (node_id) (last_over_time(a[30s])) / last_over_time(b[30s])'],
    ['avg_over_time(a[5m])', 'avg_over_time(a[5m])'],
    ['max_over_time(a[1h:1m])', 'max_over_time(last_over_time(a[30s])[1h:1m])'],
    [
      'max_over_time((a - b)[1h:1m] offset 1d)',
      'max_over_time((last_over_time(a[30s]) - last_over_time(b[30s]))[1h:1m] offset 1d)',
    ],
    ['time() - timestamp(a)', 'time() - (timestamp(a[30s]) and last_over_time(a[30s]))'],
    [
      'label_replace(a, "b", "$1", "c", "(.*)")',
      'label_replace(last_over_time(a[30s]), "b", "$1", "c", "(.*)")',
    ],
    ['scalar(a) * b', 'scalar(last_over_time(a[30s])) * last_over_time(b[30s])'],
  ])('%s says its look-back', (text, expected) => {
    expect(asked(text)).toBe(expected);
    expect(asked(expected, 7_000)).toBe(expected);
  });

  it.each([
    ['rate(a[5m])', 'rate(a[5m]) and last_over_time(a[5m])'],
    ['sum(rate(a[5m] offset 1h))', 'sum(rate(a[5m] offset 1h) and last_over_time(a[5m] offset 1h))'],
    [
      'changes(abs(a)[1h:1m])',
      'changes(abs(last_over_time(a[30s]))[1h:1m]) and last_over_time(abs(last_over_time(a[30s]))[1h:1m])',
    ],
    ['rate(a[5m]) and last_over_time(a[5m])', 'rate(a[5m]) and last_over_time(a[5m])'],
  ])('%s counts while its window has a sample', (text, expected) => {
    expect(asked(text)).toBe(expected);
    expect(asked(expected, 7_000)).toBe(expected);
  });

  const A = 'last_over_time(a[30s])';
  const B = 'last_over_time(b[30s])';
  it.each([
    ['a != b', `(${A} != ${B}) and ${B}`],
    ['a > bool b', `(${A} > bool ${B}) and ${B}`],
    ['a > b', `${A} > ${B}`],
    ['sgn(a)', `sgn(${A}) and ${A}`],
    ['a ^ 0', `(${A} ^ 0) and ${A}`],
    ['2 ^ a', `(2 ^ ${A}) and ${A}`],
    ['a ^ 2', `${A} ^ 2`],
    ['a != 5', `${A} != 5`],
    ['a > bool 5', `${A} > bool 5`],
    ['a > bool sum(b)', `(${A} > bool sum(${B})) and on () sum(${B})`],
    ['a != on (x) group_left () b', `(${A} != on (x) group_left () ${B}) and on (x) ${B}`],
    ['a != on (x) group_right () b', `(${A} != on (x) group_right () ${B}) and ${B}`],
    ['a != on (x) group_right (y) b', `(${A} != on (x) group_right (y) ${B}) and ignoring (y) ${B}`],
    ['a != ignoring (x) b', `(${A} != ignoring (x) ${B}) and ignoring (x) ${B}`],
  ])('%s counts while its right side has a value, where the store would make one up', (text, expected) => {
    expect(asked(text)).toBe(expected);
    expect(asked(expected, 7_000)).toBe(expected);
  });

  it('has a look-back that is a positive whole number of milliseconds', () => {
    expect(asked('a', 1_500)).toBe('last_over_time(a[1500ms])');
    for (const ms of [0, -1, 1.5, Number.NaN, Infinity]) expect(() => asked('a', ms)).toThrow(RangeError);
  });
});
