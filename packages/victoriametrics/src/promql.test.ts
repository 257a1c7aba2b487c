import { expect, test } from 'vitest';
import { oneOf, quote, regexLiteral, selector } from './promql.ts';

test('a value cannot end its string', () => {
  expect(quote('a"} or up{x="\\')).toBe(String.raw`"a\"} or up{x=\"\\"`);
  expect(quote('a\nb\u0000\u001b')).toBe(String.raw`"a\nb\x00\x1b"`);
});

test('a selector has its name and matchers', () => {
  expect(selector('up')).toBe('up');
  expect(selector('up', [{ label: 'node_id', operator: '=', value: 'a"b' }])).toBe(
    String.raw`up{node_id="a\"b"}`,
  );
  expect(selector(undefined)).toBe('{}');
});

test('a metric name that is no identifier is matched by value', () => {
  expect(selector('a b"} or x')).toBe(String.raw`{__name__="a b\"} or x"}`);
});

test('a label name that is no identifier is refused', () => {
  expect(() => selector('up', [{ label: 'a=b', operator: '=', value: 'x' }])).toThrow(TypeError);
});

test('several values become a regular expression of literals', () => {
  expect(oneOf('node_id', ['a'])).toEqual({ label: 'node_id', operator: '=', value: 'a' });
  expect(oneOf('node_id', ['a.b', 'c|d'])).toEqual({
    label: 'node_id',
    operator: '=~',
    value: String.raw`a\.b|c\|d`,
  });
  expect(new RegExp(`^${regexLiteral('C:\\(x)[1]*')}$`).test('C:\\(x)[1]*')).toBe(true);
});
