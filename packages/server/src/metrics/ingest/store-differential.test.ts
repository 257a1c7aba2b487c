import { decodeLine, LINE_LIMITS, LINE_REASONS, LineScanner } from '@stratora/lineprotocol';
import {
  type ExportedSeries,
  findNewestStore,
  VictoriaMetrics,
  type VictoriaMetricsOptions,
} from '@stratora/testkit';
import { createWriteClient } from '@stratora/victoriametrics';
import { asyncProperty, assert as check, integer } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineScreen } from './line-screen.ts';

/** xorshift32: fast enough for 100,000 lines, and a failing run can be repeated from its seed. */
function createRandom(seed: number) {
  let state = seed | 1;
  const next = (below: number) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  const pick = <T>(items: readonly T[]): T => items[next(items.length)] as T;
  return { next, pick };
}

type Random = ReturnType<typeof createRandom>;

const NAMES = [
  'a',
  'cpu',
  'usage_idle',
  'with\\ space',
  'com\\,ma',
  'eq\\=ual',
  'back\\slash',
  'two\\\\',
  'dot.dash-',
  'ünï',
  '\u{1f600}',
  '"',
  'a"b',
  'tab\t',
  'nul\u0000',
  '',
  'plain space',
  'un,escaped',
  'un=escaped',
  '\\',
  '{x="y"}',
  '__name__',
  '$',
  '%41',
  '\u2028',
  '\u0085',
  'é'.repeat(200),
  'x'.repeat(256),
  'node_id',
  'le',
  '1',
  '-',
  '#',
  "'",
  '\u007f',
  'ȳ\\',
];
const VALUES = [
  '0',
  '1',
  '-1',
  '1.5',
  '-0',
  '0.1',
  '1e5',
  '1E5',
  '1e+21',
  '1e-7',
  '123456789.123456789',
  '007',
  '1e-310',
  '5e-324',
  '1e300',
  '-1e300',
  '1.7976931348623157e308',
  '12345678901234567890',
  '0.30000000000000004',
  '9007199254740993i',
  '5i',
  '-5i',
  '9223372036854775807i',
  '-9223372036854775808i',
  '18446744073709551615u',
  '7u',
  't',
  'F',
  'true',
  'FALSE',
  '"text"',
  '"a b, c=d"',
  '"q\\"q"',
  '""',
  '"\\\\"',
  'nan',
  'NaN',
  'inf',
  '-Inf',
  '1e400',
  '+1',
  '.5',
  '5.',
  '0x1',
  '1_0',
  'abc',
  '',
  '1i1',
  '99999999999999999999i',
  '-1u',
  '"open',
  'open"',
  '1e',
  '--1',
  '1.2.3',
  '"a"b',
  'T1',
  '1ii',
  '00i',
];
const TIMES = (now: number) => [
  '',
  ` ${now}000000`,
  ` ${now}999999`,
  ` ${now - 3_600_000}000000`,
  ` ${now + 60_000}000000`,
  ` ${now + 999_999_999}000000`,
  ' 0',
  ' 1',
  ' -1',
  ' abc',
  '  ',
  ` ${now}000000 `,
  ` 00${now}000000`,
  ' 99999999999999999999',
  ` +${now}000000`,
  ' 1.5',
];

function fuzzLine(random: Random, id: string, now: number): string {
  const { next, pick } = random;
  const name = () => (next(4) > 0 ? pick(NAMES.slice(0, 11)) : pick(NAMES));
  let line = `${id}${name()}`;
  for (let tags = next(4); tags > 0; tags -= 1) line += `,k${tags}${name()}=${name() || 'v'}`;
  if (next(200) === 0) for (let tags = 36 + next(6); tags > 0; tags -= 1) line += `,extra${tags}=v`;
  if (next(500) === 0) line += `,long=${'v'.repeat(4_090 + next(12))}`;
  line += ' ';
  const fields = 1 + next(4);
  for (let field = 0; field < fields; field += 1) {
    line += `${field > 0 ? ',' : ''}f${field}${name()}=${next(3) > 0 ? pick(VALUES.slice(0, 34)) : pick(VALUES)}`;
  }
  return line + (next(3) > 0 ? (TIMES(now)[1 + next(4)] as string) : pick(TIMES(now)));
}

/** Bytes put in, taken out or changed, so that also what no list thinks of comes along. */
function damage(random: Random, line: Buffer): Buffer {
  const { next, pick } = random;
  const at = 10 + next(Math.max(line.length - 10, 1));
  const byte = pick([0, 0x20, 0x2c, 0x3d, 0x5c, 0x22, 0xff, 0xc3, 0x80, 0x0d, 0x41, next(256)]);
  if (byte === 0x0a) return line;
  const kind = next(3);
  const middle = kind === 0 ? [] : [byte];
  return Buffer.concat([line.subarray(0, at), Buffer.from(middle), line.subarray(kind === 1 ? at : at + 1)]);
}

interface Expected {
  /** Undefined: the time at which the store took it. */
  timeMs: number | undefined;
  value: number;
}

const seriesKey = (metric: Record<string, string>) =>
  JSON.stringify(Object.entries(metric).sort(([a], [b]) => (a < b ? -1 : 1)));

function collectExpected(body: Buffer, expected: Map<string, Expected>): void {
  const scanner = new LineScanner();
  scanner.reset(body);
  while (scanner.next()) {
    if (scanner.verdict !== 0)
      throw new Error(`screened body holds a bad line: ${LINE_REASONS[scanner.verdict - 1]}`);
    const line = decodeLine(body, scanner);
    for (const [field, value] of line.fields) {
      const metric = { ...Object.fromEntries(line.tags), __name__: `${line.measurement}_${field}` };
      expected.set(seriesKey(metric), { timeMs: line.timeMs, value: Number(value) });
    }
  }
}

/** The store keeps 12 to 15 significant digits, and nothing closer to 0 than 1e-300. */
function isSame(stored: number, written: number): boolean {
  if (Math.abs(written) < 1e-300) return Math.abs(stored) < 1e-300;
  return Math.abs(stored - written) <= Math.abs(written) * 1e-11;
}

const BATCH_LINES = 5_000;
const BATCHES = 20;
const newest = findNewestStore();

describe.each([
  ['the distribution’s VictoriaMetrics', {}, true],
  [
    'the newest VictoriaMetrics (skipped where it was not built)',
    { binary: newest ?? '' },
    newest !== undefined,
  ],
])('%s', (_, options, isThere) => {
  test.skipIf(!isThere)(
    'stores of 100,000 fuzzed lines what is accepted, and nothing else',
    { timeout: 120_000 },
    () => storeFuzzedLines(options),
  );

  test.skipIf(!isThere)('stores a line at every limit, and loses or cuts one beyond', () =>
    storeAtLimits(options),
  );
});

async function storeFuzzedLines(options: VictoriaMetricsOptions): Promise<void> {
  const store = await VictoriaMetrics.start(options);
  const writer = createWriteClient({ url: store.url });
  const screen = new LineScreen();
  const expected = new Map<string, Expected>();
  const startedAt = Date.now();
  const tally = { lines: 0, kept: 0, textOnly: 0, rejected: 0 };
  let batch = 0;
  try {
    await check(
      asyncProperty(integer(), async (seed) => {
        batch += 1;
        const random = createRandom(seed);
        const now = Date.now();
        const lines: Buffer[] = [];
        for (let index = 0; index < BATCH_LINES; index += 1) {
          const line = Buffer.from(fuzzLine(random, `b${batch}n${index}_`, now));
          lines.push(random.next(5) === 0 ? damage(random, line) : line, Buffer.from('\n'));
        }
        const screened = screen.screen(Buffer.concat(lines), 'ns', {
          nodes: new Map(),
          defaultNode: 'n',
          nowMs: now,
          maxTags: 40,
          newestMs: now + 600_000,
          oldestMs: now - 86_400_000,
        });
        tally.lines += BATCH_LINES;
        tally.kept += screened.lines;
        tally.textOnly += screened.unstoredLines;
        tally.rejected += screened.rejected;
        collectExpected(screened.body, expected);
        expect(await writer.write(screened.body)).toMatchObject({ ok: true });
      }),
      { numRuns: BATCHES, endOnFailure: true },
    );
    compare(await store.export(), expected, startedAt);
  } finally {
    writer.close();
    await store.stop();
  }
  expect(tally.lines).toBe(BATCH_LINES * BATCHES);
  expect(tally.kept + tally.textOnly + tally.rejected).toBeGreaterThanOrEqual(tally.lines - 1_000);
  expect(tally.kept).toBeGreaterThan(10_000);
  expect(tally.rejected).toBeGreaterThan(10_000);
}

/** Writes lines at the limits and one beyond them, past the screen, so that it is the store that judges. */
async function storeAtLimits(options: VictoriaMetricsOptions): Promise<void> {
  const store = await VictoriaMetrics.start(options);
  const writer = createWriteClient({ url: store.url });
  const tags = (count: number) => Array.from({ length: count }, (_, index) => `,t${index}=v`).join('');
  const { tags: mostTags, tagValueBytes } = LINE_LIMITS;
  const lines = {
    tags: `m${tags(mostTags)} tags=1`,
    value: `m,v=${'x'.repeat(tagValueBytes)} value=1`,
    tags_beyond: `m${tags(mostTags + 1)} tags_beyond=1`,
    value_beyond: `m,v=${'x'.repeat(16_385)} value_beyond=1`,
  };
  try {
    expect(await writer.write(Buffer.from(`${Object.values(lines).join('\n')}\n`))).toMatchObject({
      ok: true,
    });
    expect(writer.labelLimit).toBe(mostTags);
    const found = new Map((await store.export()).map(({ metric }) => [metric['__name__'], metric]));
    expect(Object.keys(found.get('m_tags') ?? {})).toHaveLength(mostTags + 1);
    expect(found.get('m_value')?.['v']).toHaveLength(tagValueBytes);
    expect(Object.keys(found.get('m_tags_beyond') ?? {}).length).toBeLessThan(mostTags + 2);
    expect((found.get('m_value_beyond')?.['v'] ?? '').length).toBeLessThan(16_385);
  } finally {
    writer.close();
    await store.stop();
  }
}

function compare(series: ExportedSeries[], expected: ReadonlyMap<string, Expected>, startedAt: number): void {
  const differences: string[] = [];
  for (const { metric, timestamps, values } of series) {
    const key = seriesKey(metric);
    const written = expected.get(key);
    if (!written || values.length !== 1) {
      differences.push(`stored but not written: ${key} ${values.join()}`);
      continue;
    }
    const [time = 0] = timestamps;
    const isTimeRight =
      written.timeMs === undefined ? time >= startedAt && time <= Date.now() : time === written.timeMs;
    if (!isTimeRight) differences.push(`time ${time} instead of ${written.timeMs}: ${key}`);
    if (!isSame(values[0] ?? NaN, written.value)) {
      differences.push(`value ${values[0]} instead of ${written.value}: ${key}`);
    }
  }
  const found = new Set(series.map(({ metric }) => seriesKey(metric)));
  for (const key of expected.keys()) if (!found.has(key)) differences.push(`written but not stored: ${key}`);
  expect(differences.slice(0, 20)).toEqual([]);
  expect(found.size).toBe(expected.size);
}
