import { describe, expect, it } from 'vitest';
import { type Expression, forNode, readExpression, withMatchers } from './index.ts';

function read(text: string): Expression {
  const result = readExpression(text);
  if (!result.ok) throw new Error(result.faults.map(({ message }) => message).join('\n'));
  return result.expression;
}

function faultsOf(text: string): string[] {
  const result = readExpression(text);
  return result.ok ? [] : result.faults.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('a text that is no expression', () => {
  it.each([
    ['', '1:1 The expression is empty.'],
    [' \n# nothing\n', '1:1 The expression is empty.'],
    ['sum(', '1:5 The expression ends too early. `(` at character 4 is not closed.'],
    ['up +', '1:5 The expression ends too early. Expected an expression.'],
    ['up{a=1}', '1:6 `1` cannot stand here. Expected one of `=`, `!=`, `=~`, `!~`, and a value in quotes.'],
    ['up{a="1"', '1:9 The expression ends too early. `{` at character 3 is not closed.'],
    ['up) + 1', '1:3 `)` cannot stand here. Expected an operator, or the end of the expression.'],
    ['rat(up[5m])', '1:1 There is no function `rat` in PromQL. Did you mean `rate`?'],
    ['something_else(up)', '1:1 There is no function `something_else` in PromQL.'],
    ['up\n  + up up', '2:8 `up` cannot stand here. Expected an operator, or the end of the expression.'],
    ['up[5]m', '1:6'],
    ['up{a="x}', '1:6 This text is not closed by its quote'],
    [
      String.raw`up{a="\q"}`,
      '1:6 This text is not closed by its quote, or holds an escape that is not known.',
    ],
    ['up > 010', '1:6 This number cannot be read for certain. Write it in decimal.'],
  ])('%j is refused with its place', (text, fault) => {
    expect(faultsOf(text)[0]).toContain(fault);
  });

  it('is refused with every fault of it', () => {
    expect(faultsOf('sum(up{a=1}) + avg(up{b=})')).toHaveLength(2);
    expect(faultsOf('rate(up) + abs(up[5m]) +\nround("x")')).toEqual([
      '1:6 `rate` takes a window of each series here; this is one value of each series. Write one behind the selector, such as `[5m]`.',
      '1:16 `abs` takes one value of each series here; this is a window of each series.',
      '2:7 `round` takes one value of each series here; this is a text.',
    ]);
  });

  it('is refused when it is too long, or too deep', () => {
    expect(faultsOf(`up + ${'1'.repeat(4_000)}`)).toEqual([
      '1:4001 An expression has 4000 characters at most; this has 4005.',
    ]);
    expect(faultsOf(`${'('.repeat(1_900)}up${')'.repeat(1_900)}`)[0]).toContain('200 levels');
    expect(faultsOf(`up${' + up'.repeat(300)}`)[0]).toContain('200 levels');
    expect(faultsOf(`${'a != ('.repeat(100)}a${')'.repeat(100)}`)[0]).toContain('too often');
  });
});

describe('a result that is no value for each series', () => {
  it.each([
    ['up[5m]', '1:1 A rule needs one value of each series; this gives a window of each series.'],
    ['max_over_time(up[5m])[1h:1m]', 'this gives a window of each series'],
    ['1 + 1', 'this gives a single number'],
    ['time()', 'this gives a single number'],
    ['scalar(up)', 'this gives a single number'],
    ['"text"', 'this gives a text'],
  ])('%s is refused', (text, fault) => {
    expect(faultsOf(text)[0]).toContain(fault);
  });

  it.each([
    ['1 > 0', 'A comparison of two single numbers needs `bool`.'],
    ['up and 1', '`and` stands between series'],
    ['up + bool up', '`bool` belongs to a comparison.'],
    ['up * on (a) 2', '`on` stands between series'],
    ['up and on (a) group_left () up', '`and` takes no `group_left`.'],
    ['up * on (a) group_left (a) up', '`a` stands in both `on` and `group_left`.'],
    ['-"x"', '`-` cannot stand before a text.'],
    ['up[5m] + 1', '`+` cannot stand beside a window of each series.'],
    ['abs()', '`abs` takes 1 argument; here it has 0.'],
    ['clamp(up, 1)', '`clamp` takes 3 arguments; here it has 2.'],
    ['round(up, 1, 2)', '`round` takes 1 to 2 arguments; here it has 3.'],
    ['label_join(up, "a")', '`label_join` takes 3 or more arguments; here it has 2.'],
    ['topk(up)', '`topk` takes 2 arguments; here it has 1.'],
    ['label_replace(up, "a b", "", "c", "(")', 'This is no name of a label.'],
    ['label_replace(up, "a", "", "c", "(")', 'regular expression: a ( is not closed.'],
    ['count_values("a b", up)', 'This is no name of a label.'],
  ])('%s is refused for its types', (text, fault) => {
    expect(faultsOf(text).join('\n')).toContain(fault);
  });
});

describe('a selector', () => {
  it.each(['{}', '{a=""}', '{a!="x"}', '{a=~".*"}', '{a=~"x|"}', '{a!~"x"}', '{__name__=""}'])(
    '%s is refused, since it may select every series',
    (text) => {
      expect(faultsOf(text)[0]).toContain('1:1 This selects every series.');
    },
  );

  it.each([
    '{a="x"}',
    '{a!=""}',
    '{a=~"x+"}',
    '{a!~".*"}',
    '{__name__=~"x.+"}',
    '{__name__="a b"}',
    '{"a.b"}',
  ])('%s is taken', (text) => {
    expect(faultsOf(text)).toEqual([]);
  });

  it.each([
    ['up{__name__="x"}', 'The metric name is said twice.'],
    ['sum', '1:1 `sum` is a word of the language.'],
    ['{__name__="Median"}', '1:1 `Median` is a word of the language.'],
    ['{"on"}', '1:1 `on` is a word of the language.'],
    ['up{a=~"("}', '1:7 The store cannot read this regular expression: a ( is not closed.'],
    ['up{a=~"x)"}', 'a ) closes nothing'],
    ['up{a=~"[x"}', 'a [ is not closed'],
    ['up{a=~"(?!x)"}', 'it looks ahead or behind'],
    ['up{a=~"*x"}', 'a * has nothing to repeat'],
    [String.raw`up{a=~"(x)\\1"}`, String.raw`it refers back to a group (\1)`],
    ['up{"a b"="x"}', 'A label is letters, digits and `_` here.'],
    ['sum by ("a b") (up)', 'A label is letters, digits and `_` here.'],
  ])('%s is refused', (text, fault) => {
    expect(faultsOf(text).join('\n')).toContain(fault);
  });

  it.each([
    '[[:alpha:]]+',
    '[]x]',
    '[^]x]',
    '(?i)x',
    '(?:a|b)?',
    String.raw`\\(\\*`,
    'a{2,3}',
    '(?P<n>x)',
    'x+?',
  ])('may have the regular expression %s', (expression) => {
    expect(faultsOf(`up{a=~"${expression}"}`)).toEqual([]);
  });
});

describe('what would make a rule and its back-test differ', () => {
  it.each([
    ['up @ 1700000000', '`@` fixes a time'],
    ['up @ start()', '`@` fixes a time'],
    ['up offset -5m', '1:11 An offset into the future'],
    ['rate(up[5m] offset -1s)', 'An offset into the future'],
    ['max_over_time(up[1h:])', 'Give the resolution of the subquery'],
    ['absent(up)', 'Rules may not use `absent`. What no data means is said by the rule itself'],
    ['absent_over_time(up[5m])', 'Rules may not use `absent_over_time`'],
    ['histogram_count(up)', 'native histograms'],
    ['limitk(1, up)', 'It picks series at will'],
    ['mad_over_time(up[5m])', 'no such function, or not in every version'],
    ['timestamp(abs(up))', '`timestamp` takes a selector'],
    ['rate(up[5m * 2])', 'A fixed duration stands here'],
    ['rate(up[0s])', 'A window is longer than nothing.'],
    ['rate(up[500d])', 'A duration of 400 days is the longest.'],
    ['max_over_time(up[30d:1s])', 'A subquery may have 11000 points.'],
    ['rate((up)[5m])', 'A window stands behind a selector.'],
    ['rate(up offset 1h [5m])', '`offset` stands behind the window'],
    ['abs(up) offset 5m', '`offset` stands once'],
    ['up offset 5m offset 5m', '`offset` stands once'],
    ['a - b offset 1h offset 1h', '1:5 `offset` stands once'],
    ['a + 1 offset 5m', '`offset` stands once'],
    ['(a - b) offset 5m', '`offset` stands once'],
    ['sum(a) by (x) offset 5m', '`offset` stands once'],
    ['a + b @ end()', '1:7 `@` fixes a time'],
    ['a - b offset 1h @ end()', '1:17 `@` fixes a time'],
    ['max_over_time(a - b[1h:30s])', 'cannot stand beside a window of each series'],
    ['max_over_time(-a[1h:30s])', '`-` cannot stand before a window of each series'],
    ['rate(up[5m] anchored)', 'does not know this form'],
  ])('%s is refused', (text, fault) => {
    expect(faultsOf(text).join('\n')).toContain(fault);
  });
});

describe('the text of an expression', () => {
  it.each([
    ['sum( up{b=\'2\', a="1"} ) by(z,a) # sums', 'sum by (a, z) (up{a="1",b="2"})'],
    ['up{a="1", a="1",}', 'up{a="1"}'],
    ['rate(up[300s]) + rate(up[5m])', 'rate(up[5m]) + rate(up[5m])'],
    ['rate(up[1h30m] offset 90)', 'rate(up[90m] offset 90s)'],
    ['a - b offset 1h', 'a - (b offset 1h)'],
    ['a + b offset 30s', 'a + (b offset 30s)'],
    ['-a offset 1h', '-(a offset 1h)'],
    ['a ^ -b offset 1h', 'a ^ (-(b offset 1h))'],
    ['-2 ^ b offset 1h', '-(2 ^ (b offset 1h))'],
    ['rate(x[5m]) / y offset 1d', 'rate(x[5m]) / (y offset 1d)'],
    ['a + b * c offset 1h - d offset 2h', '(a + (b * (c offset 1h))) - (d offset 2h)'],
    ['a offset 1h and on (x) b offset 2h', '(a offset 1h) and on (x) (b offset 2h)'],
    ['a # offset 5m\n > bool b offset 1h', 'a > bool (b offset 1h)'],
    ['a + b * c', 'a + (b * c)'],
    ['(a + b) * ((c))', '(a + b) * c'],
    ['a ^ b ^ c', 'a ^ (b ^ c)'],
    ['a - b - c', '(a - b) - c'],
    ['a - -2 ^ 2', 'a - (-(2 ^ 2))'],
    ['a * -5', 'a * (-5)'],
    ['+a > 5m', 'a > 300'],
    ['5 < a', 'a > 5'],
    ['scalar(b) >= a', 'a <= scalar(b)'],
    ['5 < bool a', 'a > bool 5'],
    ['SUM(a) OR b', 'sum(a) or b'],
    ['sum by () (a)', 'sum(a)'],
    ['sum without () (a)', 'sum without () (a)'],
    ['a * ignoring() b', 'a * b'],
    ['a * ON(y,x) GROUP_LEFT(z) b', 'a * on (x, y) group_left (z) b'],
    ['{"a.b"}', '{__name__="a.b"}'],
    ['{__name__="up"}', 'up'],
    ['rate', 'rate'],
    ['max_over_time((a - b)[1h:30s] offset 1d)', 'max_over_time((a - b)[1h:30s] offset 1d)'],
    ['up{a="\\u00fc\\x41\\n"}', 'up{a="üA\\n"}'],
    ['a > 0x1F + 1_000', 'a > (31 + 1000)'],
    ['a > -Inf', 'a > (-Inf)'],
    ['timestamp(a[30s])', 'timestamp(a[30s])'],
  ])('of %s is %s', (given, text) => {
    expect(read(given).text).toBe(text);
    expect(read(text).text).toBe(text);
  });
});

describe('the facts of an expression', () => {
  it('name its selectors, metrics and windows', () => {
    expect(read('b{x="1"} / on (node_id) rate(a[5m] offset 1h) > 0')).toMatchObject({
      selectors: [
        { metric: 'b', matchers: [{ label: 'x', operator: '=', value: '1' }], windowMs: null, offsetMs: 0 },
        { metric: 'a', matchers: [], windowMs: 300_000, offsetMs: 3_600_000 },
      ],
      metrics: ['a', 'b'],
      longestWindowMs: 3_900_000,
      birthWindowMs: 0,
      usesTime: false,
    });
    expect(read('{__name__=~"a|b"}')).toMatchObject({ metrics: [], longestWindowMs: 0 });
  });

  it.each([
    ['increase(a[10m])', 600_000],
    ['increase(a[10m]) + delta(b[1h])', 3_600_000],
    ['changes(a[5m] offset 1h)', 3_900_000],
    ['max_over_time(increase(a[5m])[1h:1m])', 3_900_000],
    ['idelta(max_over_time(a[5m])[1h:1m])', 3_900_000],
    ['sum(resets(a[1m]))', 60_000],
    ['count_over_time(a[1m])', 60_000],
    ['rate(a[1h])', 0],
    ['avg_over_time(a[1h])', 0],
    ['rate(a[1h]) > increase(b[1m])', 60_000],
  ])('tell how long %s counts a birth: %i ms', (text, ms) => {
    expect(read(text).birthWindowMs).toBe(ms);
  });

  it.each([
    ['time() - a', true],
    ['a and on () hour() > 8', true],
    ['hour(a)', false],
    ['timestamp(a)', false],
  ])('tell whether %s uses the time', (text, usesTime) => {
    expect(read(text).usesTime).toBe(usesTime);
  });

  it.each([
    ['a', false],
    ['a{node_id=""}', true],
    ['sum(a)', true],
    ['sum by (site) (a)', true],
    ['sum by (node_id, path) (a)', false],
    ['sum without (path) (a)', false],
    ['sum without (node_id) (a)', true],
    ['sum by (node_id) (sum by (site) (a))', true],
    ['topk(3, a)', false],
    ['bottomk by (site) (3, a)', false],
    ['count_values by (node_id) ("v", a)', false],
    ['count_values by (node_id) ("node_id", a)', true],
    ['a + 1', false],
    ['a > bool 1', false],
    ['vector(1)', true],
    ['hour()', true],
    ['a * hour()', false],
    ['a / sum(b)', false],
    ['sum(b) / a', false],
    ['a / sum by (site) (b)', true],
    ['a / b', false],
    ['a / on (node_id) b', false],
    ['a / on (path) b', true],
    ['a / ignoring (node_id) b', true],
    ['a / ignoring (path) b', false],
    ['a / on (site) group_left () sum by (site) (b)', false],
    ['sum by (site) (b) / on (site) group_right () a', false],
    ['a / on (site) group_left (node_id) sum by (site) (b)', true],
    ['sum by (site, path) (b) / on (site) group_left (node_id) c', false],
    ['a and on (site) sum by (site) (b)', false],
    ['sum by (site) (b) and on (site) a', true],
    ['a unless sum(b)', false],
    ['a or b', false],
    ['a or vector(0)', true],
    ['label_replace(a, "x", "$1", "path", "(.*)")', false],
    ['label_replace(a, "node_id", "$1", "path", "(.*)")', true],
    ['label_join(a, "node_id", "-", "path")', true],
    ['histogram_quantile(0.9, sum by (node_id, le) (rate(a[5m])))', false],
    ['quantile_over_time(0.9, a[5m])', false],
    ['predict_linear(a[6h], 3600)', false],
    ['max_over_time(sum by (site) (a)[1h:1m])', true],
    ['-a', false],
  ])('tell whether %s loses its node: %s', (text, isLost) => {
    expect(read(text).aggregatesAwayNode).toBe(isLost);
  });

  it('warn of what leaves series out', () => {
    const warningsOf = (text: string) =>
      read(text).warnings.map(({ column, message }) => `${column} ${message}`);
    expect(warningsOf('a > 5')).toEqual([expect.stringMatching(/^1 `>` leaves out the series/)]);
    expect(warningsOf('(a and b)')).toEqual([expect.stringMatching(/^2 `and` leaves out series/)]);
    expect(warningsOf('a > bool 5')).toEqual([]);
    expect(warningsOf('(a > 5) * 2')).toEqual([]);
  });
});

describe('matchers', () => {
  it('are added to every selector, escaped', () => {
    const node = forNode(read('a{x="1"} / on (node_id) rate(b[5m])'), 'n"} or up{x="');
    expect(node.text).toBe(
      String.raw`a{node_id="n\"} or up{x=\"",x="1"} / on (node_id) rate(b{node_id="n\"} or up{x=\""}[5m])`,
    );
    expect(node.metrics).toEqual(['a', 'b']);
  });

  it('may not have a label that ends the selector', () => {
    expect(() => withMatchers(read('a'), [{ label: 'x="1"} or up{y', operator: '=', value: '' }])).toThrow(
      TypeError,
    );
  });
});
