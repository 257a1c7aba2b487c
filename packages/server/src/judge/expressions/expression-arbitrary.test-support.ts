import * as fc from 'fast-check';

/** A way to write what means the same. */
export interface Style {
  /** What may stand between two pieces. */
  gap(): string;
  /** The same, where something must. */
  space(): string;
  text(value: string): string;
  duration(ms: number): string;
  order<T>(items: readonly T[]): T[];
}

/** Writes an expression in a style. */
export type Writer = (style: Style) => string;

/** The usual style. */
export const PLAIN: Style = {
  gap: () => '',
  space: () => ' ',
  text: (value) => JSON.stringify(value),
  duration: (ms) => `${ms / 1_000}s`,
  order: (items) => [...items],
};

/** Another style by each seed: white space and comments, all quotes, all orders, several units. */
export function messyStyle(seed: number): Style {
  let state = seed | 1;
  const next = (below: number) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  const pick = (items: readonly string[]) => items[next(items.length)] ?? '';
  const spaces = [' ', '  ', '\n', '\t', ' # a "comment" (\n', '\r\n'];
  return {
    gap: () => pick(['', '', ...spaces]),
    space: () => pick(spaces),
    text: (value) => quoted(value, next(3)),
    duration: (ms) => pick(durations(ms)),
    order: (items) =>
      items
        .map((item) => ({ item, key: next(1_000) }))
        .sort((a, b) => a.key - b.key)
        .map(({ item }) => item),
  };
}

function quoted(value: string, kind: number): string {
  if (kind === 0 && !value.includes('`')) return `\`${value}\``;
  const escaped = value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\x09');
  return kind === 1 ? `'${escaped.replaceAll("'", "\\'")}'` : `"${escaped.replaceAll('"', '\\"')}"`;
}

function durations(ms: number): string[] {
  const seconds = ms / 1_000;
  const both = [`${seconds}s`, `${ms}ms`, `${seconds}`];
  if (seconds % 60 === 0) both.push(`${seconds / 60}m`);
  if (seconds > 60) both.push(`${Math.floor(seconds / 60)}m${seconds % 60}s`);
  return both;
}

/** Metrics of the store tests, and names that look like something else. */
const METRICS = ['gauge', 'counter', 'gone', 'rate', 'job:rate5m', 'hour'];
const VALUES = ['/', 'C:\\', 'a"b', "it's", '', 'ü\u{1f600}', 'x{y}', 'line\nbreak', '`', 'tab\t'];
const EXPRESSIONS = ['/.*', 'a|b', '[a-z]+', '(x|y){2}', String.raw`C:\\`, String.raw`\d+\.\d`];
const LABELS = ['path', 'node_id', 'le', 'on', 'cpu'];
const WINDOWS = [30_000, 60_000, 90_000, 300_000];

const matcher: fc.Arbitrary<Writer> = fc.oneof(
  fc
    .tuple(fc.constantFrom(...LABELS), fc.constantFrom('=', '!='), fc.constantFrom(...VALUES))
    .map(([label, operator, value]) => write(label, operator, value)),
  fc
    .tuple(fc.constantFrom(...LABELS), fc.constantFrom('=~', '!~'), fc.constantFrom(...EXPRESSIONS))
    .map(([label, operator, value]) => write(label, operator, value)),
);

function write(label: string, operator: string, value: string): Writer {
  return (style) => `${label}${style.gap()}${operator}${style.gap()}${style.text(value)}`;
}

const selector: fc.Arbitrary<Writer> = fc
  .tuple(fc.constantFrom(...METRICS), fc.array(matcher, { maxLength: 3 }))
  .map(([metric, matchers]): Writer => {
    return (style) =>
      matchers.length === 0
        ? metric
        : `${metric}{${style.gap()}${listed(
            style,
            style.order(matchers).map((one) => one(style)),
          )}${style.gap()}}`;
  });

const offset: fc.Arbitrary<Writer> = fc.option(fc.constantFrom(...WINDOWS), { freq: 3 }).map(
  (ms): Writer =>
    (style) =>
      ms === null ? '' : `${style.space()}offset${style.space()}${style.duration(ms)}`,
);

const labels: fc.Arbitrary<Writer> = fc
  .uniqueArray(fc.constantFrom(...LABELS), { minLength: 1, maxLength: 3 })
  .map(
    (names): Writer =>
      (style) =>
        `(${style.gap()}${listed(style, style.order(names))}${style.gap()})`,
  );

function listed(style: Style, items: readonly string[]): string {
  return items.join(`${style.gap()},${style.gap()}`);
}

const number: fc.Arbitrary<Writer> = fc
  .constantFrom('0', '1', '2.5', '.5', '1e3', '0x1f', '1_000', 'Inf', '100')
  .map((text) => () => text);

/** Functions of counters; of anything that is negative the store makes what depends on how far back it looked. */
const COUNTER_FUNCTIONS = ['rate', 'irate', 'increase'];
const WINDOW_FUNCTIONS = [
  'delta',
  'idelta',
  'changes',
  'resets',
  'deriv',
  'avg_over_time',
  'min_over_time',
  'max_over_time',
  'sum_over_time',
  'count_over_time',
  'last_over_time',
  'first_over_time',
  'stddev_over_time',
  'present_over_time',
];
const VECTOR_FUNCTIONS = ['abs', 'ceil', 'floor', 'exp', 'ln', 'sqrt', 'sgn', 'sort'];

function aggregated(vector: fc.Arbitrary<Writer>): fc.Arbitrary<Writer> {
  return fc
    .tuple(
      fc.constantFrom('sum', 'min', 'max', 'avg', 'count', 'group'),
      fc.constantFrom('by', 'without'),
      labels,
      vector,
      fc.boolean(),
    )
    .map(([name, mode, grouping, inner, isBehind]): Writer => {
      return (style) => {
        const clause = `${mode}${style.gap()}${grouping(style)}`;
        const body = `(${style.gap()}${inner(style)}${style.gap()})`;
        return isBehind
          ? `${name}${style.gap()}${body}${style.gap()}${clause}`
          : `${name} ${clause}${style.gap()}${body}`;
      };
    });
}

function combined(vector: fc.Arbitrary<Writer>, scalar: fc.Arbitrary<Writer>): fc.Arbitrary<Writer> {
  return fc.oneof(
    fc
      .tuple(vector, fc.constantFrom('+', '-', '*', '/', '%', '^', '>', '<=', '!=', '> bool'), scalar)
      .map(([left, operator, right]) => between(left, operator, right)),
    fc
      .tuple(
        vector,
        fc.constantFrom('+', '/', '==', '!=', '> bool', 'and', 'or', 'unless'),
        fc.option(fc.tuple(fc.constantFrom('on', 'ignoring'), labels)),
        vector,
      )
      .map(([left, operator, matching, right]) => between(left, operator, right, matching)),
  );
}

const tree = fc.letrec<{ vector: Writer; window: Writer; matrix: Writer; scalar: Writer }>((tie) => ({
  vector: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.tuple(selector, offset).map(
      ([one, behind]): Writer =>
        (style) =>
          one(style) + behind(style),
    ),
    fc
      .tuple(fc.constantFrom(...COUNTER_FUNCTIONS), tie('window'))
      .map(([name, argument]) => called(name, [argument])),
    fc
      .tuple(fc.constantFrom(...WINDOW_FUNCTIONS), tie('matrix'))
      .map(([name, argument]) => called(name, [argument])),
    fc
      .tuple(fc.constantFrom(...VECTOR_FUNCTIONS), tie('vector'))
      .map(([name, argument]) => called(name, [argument])),
    fc
      .tuple(fc.constantFrom('clamp_max', 'clamp_min', 'round'), tie('vector'), tie('scalar'))
      .map(([name, ...argumentList]) => called(name, argumentList)),
    tie('vector').map(
      (inner): Writer =>
        (style) =>
          `(${style.gap()}${inner(style)}${style.gap()})`,
    ),
    tie('vector').map(
      (inner): Writer =>
        (style) =>
          `-${style.gap()}(${inner(style)})`,
    ),
    aggregated(tie('vector')),
    combined(tie('vector'), tie('scalar')),
  ),
  window: fc.tuple(selector, fc.constantFrom(...WINDOWS), offset).map(([one, ms, behind]): Writer => {
    return (style) =>
      `${one(style)}${style.gap()}[${style.gap()}${style.duration(ms)}${style.gap()}]${behind(style)}`;
  }),
  matrix: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    tie('window'),
    fc.tuple(tie('vector'), fc.constantFrom(60_000, 300_000)).map(([inner, ms]): Writer => {
      return (style) => `(${inner(style)})[${style.duration(ms)}:${style.duration(30_000)}]`;
    }),
  ),
  scalar: fc.oneof(
    { maxDepth: 1 },
    number,
    fc
      .tuple(number, fc.constantFrom('+', '*'), number)
      .map(([left, operator, right]) => between(left, operator, right)),
  ),
}));

function called(name: string, argumentList: readonly Writer[]): Writer {
  return (style) =>
    `${name}${style.gap()}(${style.gap()}${listed(
      style,
      argumentList.map((argument) => argument(style)),
    )}${style.gap()})`;
}

function between(left: Writer, operator: string, right: Writer, matching?: [string, Writer] | null): Writer {
  return (style) => {
    const clause = matching ? `${style.space()}${matching[0]}${style.gap()}${matching[1](style)}` : '';
    return `(${left(style)})${style.space()}${operator}${clause}${style.space()}(${right(style)})`;
  };
}

/** Any text of up to so many code points, lone surrogates among them. */
export function anyText(maxLength: number): fc.Arbitrary<string> {
  return fc
    .array(fc.oneof(fc.integer({ min: 0, max: 0x10ffff }), fc.integer({ min: 0, max: 0xff })), { maxLength })
    .map((codes) => String.fromCodePoint(...codes));
}

/** Expressions that rules may rest on, made from the grammar. */
export const expressionWriter: fc.Arbitrary<Writer> = tree.vector;
