import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { queryFault, selectorFault } from './index.ts';

test.each([
  'asked_f',
  '1+1',
  '{node_id="a"}',
  '{__name__!=""}',
  '{"a.b", c="d"}',
  'rate(a[5m] offset 1h) / on (node_id) group_left (x) b # a word: sum',
  'sum by (min, max) (count_over_time(a{group="sum"}[1h:1m]))',
  'a @ end() - a offset -5m',
  'histogram_quantile(0.9, sum(rate(a_bucket[5m])) by (le))',
  'a_sum / a_count',
  Array.from({ length: 550 }, () => 'a').join(' or '),
])('%s may be asked', (query) => {
  expect(queryFault(query)).toBeUndefined();
});

test.each([
  ['', 'is empty'],
  ['# nothing', 'is empty'],
  ['sum(', 'is no PromQL: it ends too early'],
  ['a b', 'is no PromQL: it cannot be read from character 3'],
  ['a + union (b)', 'is no PromQL: there is no function union (character 11)'],
  ['WITH (x = 1) x', 'is no PromQL: there is no function WITH (character 6)'],
  ['a default 0', 'is no PromQL: it cannot be read from character 3'],
  ['{a="b" or c="d"}', 'is no PromQL: it cannot be read from character 8'],
  ['a{b="\\q"}', 'holds a text that cannot be read (character 5)'],
])('%j is no query', (query, fault) => {
  expect(queryFault(query)).toBe(fault);
});

test.each([
  'sum',
  'Median',
  'bottomk_avg',
  'group_left',
  '{__name__="inf"}',
  '{__name__="sum"}',
  '{"sum"}',
  '{"__name__"="sum"}',
  "{a='b', __name__='s\\u0075m'}",
  'b{__name__=`sum`}',
  '{__name__=~"sum"}',
])('a metric called %s is refused wherever it stands', (selector) => {
  expect(queryFault(`rate(${selector}[5m])`)).toBeDefined();
  expect(queryFault(`1 + abs(${selector})`)).toBeDefined();
  expect(selectorFault(selector)).toBeDefined();
});

test('the refusal says which word it is', () => {
  expect(queryFault('1 + {__name__="sum"}')).toBe(
    'may not ask for a metric called sum, a word of the query language (character 5)',
  );
});

test('a match is one selector', () => {
  expect(selectorFault('a{b="c"}')).toBeUndefined();
  expect(selectorFault('{__name__!=""}')).toBeUndefined();
  for (const text of ['', '1', 'a + b', '(a)', 'rate(a[5m])', 'a offset 5m', 'a[5m]', 'a b']) {
    expect(selectorFault(text)).toBeDefined();
  }
});

test('a query of many levels is refused, and soon', () => {
  const startedAt = performance.now();
  for (const query of [
    Array.from({ length: 1_200 }, () => 'a').join(' + '),
    `${'-'.repeat(15_000)}a`,
    `${'abs('.repeat(4_000)}a${')'.repeat(4_000)}`,
    '({['.repeat(5_000),
    `${'abs('.repeat(501)}a${')'.repeat(501)}`,
    `a${'[1:1]'.repeat(3_000)}`,
  ]) {
    expect(queryFault(query)).toBeDefined();
  }
  // By the grammar alone it was 6 s for one of them.
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});

test('each expression of a shipped template may be asked', () => {
  const folder = new URL('../../../../../templates/', import.meta.url);
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.toml'))
    .map((path) => readFileSync(new URL(path, folder), 'utf8'));
  const expressions = texts.flatMap((text) =>
    [...text.matchAll(/expr = ("(?:[^"\\]|\\.)*")/g)].map(([, quoted = '']) => JSON.parse(quoted) as string),
  );
  expect(expressions.length).toBeGreaterThan(50);
  const bound = expressions.map((text) =>
    text.replaceAll('$node', 'node_id="a"').replaceAll('$window', '60s'),
  );
  expect(bound.filter((text) => queryFault(text) !== undefined)).toEqual([]);
});
