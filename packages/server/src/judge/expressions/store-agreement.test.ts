import { VictoriaMetrics } from '@stratora/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expressionWriter, PLAIN } from './expression-arbitrary.test-support.ts';
import { type Expression, readExpression, withLookBack } from './index.ts';
import {
  askAt,
  askRange,
  differences,
  importSeries,
  STORES,
  seriesOf,
  type Vector,
  type WrittenSeries,
  withoutNames,
} from './store-series.test-support.ts';

const MINUTE = 60_000;
/** An hour of samples that ended an hour ago. */
const FROM = Math.floor(Date.now() / MINUTE) * MINUTE - 120 * MINUTE;
const TO = FROM + 60 * MINUTE;
const LOOK_BACK_MS = 30_000;
/** The store's words for series that match more than one of the other side. */
const SERIES_FAULT = /duplicate/;

function read(text: string): Expression {
  const result = readExpression(text);
  if (!result.ok) throw new Error(result.faults.map(({ message }) => message).join('\n'));
  return result.expression;
}

const asked = (text: string) => withLookBack(read(text), LOOK_BACK_MS);

/** A wave of whole numbers, which differs by series. */
const wave = (timeMs: number, phase: number) =>
  12 + Math.round(Math.sin((timeMs - FROM) / 90_000 + phase) * 10);

function plant(): WrittenSeries[] {
  const steady = { fromMs: FROM, toMs: TO, everyMs: 10_000 };
  const age = (timeMs: number) => timeMs - FROM;
  const gauge = (node: string, path: string, phase: number) =>
    seriesOf({ __name__: 'gauge', node_id: node, path }, steady, (timeMs) => wave(timeMs, phase));
  // Reset at half time.
  const counter = (node: string, speed: number) =>
    seriesOf({ __name__: 'counter', node_id: node }, steady, (timeMs) =>
      Math.floor((age(timeMs) % (30 * MINUTE)) / speed),
    );
  const isInGap = (timeMs: number) =>
    [
      [10, 11],
      [20, 23],
      [35, 45],
    ].some(([from = 0, to = 0]) => age(timeMs) >= from * MINUTE && age(timeMs) < to * MINUTE);
  return [
    gauge('a', '/', 0),
    gauge('a', '/var', 1),
    gauge('b', '/', 2),
    counter('a', 700),
    counter('b', 90),
    seriesOf({ __name__: 'gappy', node_id: 'a' }, steady, (timeMs) =>
      isInGap(timeMs) ? undefined : Math.floor(age(timeMs) / 800),
    ),
    seriesOf({ __name__: 'gappy', node_id: 'b' }, steady, (timeMs) => Math.floor(age(timeMs) / 5_000)),
    seriesOf({ __name__: 'late', node_id: 'a' }, { ...steady, fromMs: FROM + 25 * MINUTE }, (timeMs) =>
      wave(timeMs, 3),
    ),
    seriesOf({ __name__: 'gone', node_id: 'a' }, { ...steady, toMs: FROM + 30 * MINUTE }, (timeMs) =>
      wave(timeMs, 4),
    ),
    seriesOf({ __name__: 'gone', node_id: 'b' }, steady, (timeMs) => wave(timeMs, 5)),
    seriesOf({ __name__: 'sparse', node_id: 'a' }, { ...steady, everyMs: MINUTE }, (timeMs) =>
      wave(timeMs, 6),
    ),
    seriesOf({ __name__: 'info', node_id: 'a', model: 'x' }, steady, () => 1),
    seriesOf({ __name__: 'info', node_id: 'b', model: 'y' }, steady, () => 1),
  ];
}

/** Expressions of every supported kind; of values that are equal the store picks any for `topk`. */
const SHAPES = [
  'gauge',
  'gappy',
  'late',
  'gone',
  'sparse',
  '{__name__=~"gauge|gone",node_id="a"}',
  'gauge offset 2m',
  'gappy offset 10m',
  '-gappy',
  'gauge - gauge offset 2m',
  'gauge + -gauge offset 2m ^ 2',
  'rate(counter[2m]) / counter offset 5m',
  'late + gappy * 2 - 1',
  'gauge + on (node_id) group_left () gappy',
  'gauge * on (node_id) group_left (model) info',
  'gappy - on (node_id) gone',
  'gappy / ignoring (path) gone',
  'gauge ^ 2 % 3',
  'gone ^ 0',
  'sgn(gone + 0)',
  'scalar(gone{node_id="b"}) < bool gone',
  'gauge atan2 gauge',
  'gauge > 15',
  '5 < gauge',
  'gauge > bool 15',
  'gone != 13',
  'gappy > on (node_id) late',
  'gappy != on (node_id) late',
  'gappy > bool on (node_id) late',
  'gappy >= bool on (node_id) gone',
  'gauge != on (node_id) group_left () gone',
  'gone < bool on (node_id) group_right () gauge',
  'gauge and on (node_id) gone',
  'gauge unless on (node_id) gone',
  'gappy or late',
  'gone or on (node_id) gappy',
  'gappy > 2000 or gone > 15',
  'gauge / sum(gauge)',
  'gauge > bool sum(gone)',
  'sum(gappy)',
  'sum by (node_id) (gauge)',
  'max without (path) (gauge)',
  'count by (node_id) (gappy or gone)',
  'avg(gauge) - min(gauge)',
  'stddev by (path) (gauge) + stdvar by (path) (gauge)',
  'group by (node_id) (gone)',
  'quantile by (node_id) (0.9, gauge)',
  'topk(1, gappy)',
  'bottomk(1, counter offset 2m)',
  'count_values by (node_id) ("v", round(gauge))',
  'avg_over_time(gappy[2m])',
  'min_over_time(gone[3m]) + max_over_time(gone[3m])',
  'sum_over_time(late[2m])',
  'count_over_time(gappy[2m])',
  'stddev_over_time(gauge[2m]) + stdvar_over_time(gauge[2m])',
  'last_over_time(gappy[4m])',
  'first_over_time(gappy[4m])',
  'present_over_time(gappy[1m])',
  'quantile_over_time(0.9, gauge[5m])',
  'predict_linear(gappy[5m], 3600)',
  'deriv(gappy[2m])',
  'rate(counter[2m])',
  'rate(counter[1m] offset 5m)',
  'irate(counter[1m])',
  'increase(counter[5m])',
  'delta(gauge[2m])',
  'idelta(gauge[1m])',
  'changes(gauge[1m])',
  'resets(counter[5m])',
  'sum by (node_id) (rate(counter[2m]))',
  'max_over_time(gauge[5m:30s])',
  'avg_over_time((gauge - on (node_id) group_left () gone)[5m:1m])',
  'min_over_time(rate(counter[1m])[5m:1m] offset 2m)',
  'sum_over_time((gauge > bool 12)[5m:10s])',
  'timestamp(gappy)',
  'time() - timestamp(gone)',
  'gauge * hour()',
  'day_of_week(timestamp(gauge)) + minute(gauge)',
  'gauge and on () vector(1) > 0',
  'scalar(info{node_id="a"}) * gauge',
  'abs(gauge) + ceil(gauge) + floor(gauge) + sgn(gauge)',
  'clamp(gauge, -1, 1) + clamp_max(gauge, 5) + clamp_min(gauge, 0)',
  'exp(gauge) + ln(gauge + 20) + log2(gauge + 20) + log10(gauge + 20) + sqrt(gauge + 20)',
  'sin(gauge) + cos(gauge) + tan(gauge) + asin(gauge / 20) + sinh(gauge) + deg(gauge) + rad(gauge) + pi()',
  'round(gauge, 0.5)',
  'sort_desc(gauge)',
  'sort_by_label(gauge, "path")',
  'label_replace(gauge, "disk", "$1", "path", "/(.*)")',
  'label_join(gauge, "both", "-", "node_id", "path")',
];

/** Times beside every event of the plant, and others. */
const TIMES = [
  ...Array.from({ length: 11 }, (_, index) => (6 + index * 5) * MINUTE),
  ...[10, 11, 20, 23, 25, 30, 35, 45].flatMap((minute) =>
    [0, 20, 30, 40, 70].map((seconds) => minute * MINUTE + seconds * 1_000),
  ),
].map((afterMs) => FROM + afterMs);

describe.each(STORES)('%s', (_, options, isThere) => {
  let store: VictoriaMetrics;

  beforeAll(async () => {
    if (!isThere) return;
    store = await VictoriaMetrics.start(options);
    await importSeries(store, plant());
  });

  afterAll(async () => {
    await store?.stop();
  });

  /** Compares instant queries with the points of a range query. */
  async function disagreements(query: string, shiftMs: number): Promise<string[]> {
    const range = { fromMs: FROM + 5 * MINUTE + shiftMs, toMs: TO, everyMs: 10_000 };
    const points = await askRange(store, query, range);
    if (points.size === 0) return [`${query} gives nothing at any time`];
    const found = await Promise.all(
      TIMES.filter((_time, index) => index % 2 === (shiftMs === 0 ? 0 : 1)).map(async (time) => {
        const timeMs = time + shiftMs;
        const instant = await askAt(store, query, timeMs);
        const point = points.get(timeMs) ?? new Map<string, number>();
        // An older store gives what stands to the right of `or` the name of the left side.
        const lines = query.includes(' or ')
          ? differences(withoutNames(instant), withoutNames(point))
          : differences(instant, point);
        return lines.map((line) => `${query} after ${(timeMs - FROM) / 1_000} s: ${line}`);
      }),
    );
    return found.flat();
  }

  test.skipIf(!isThere).each(SHAPES)(
    '%s is the same in an instant query and in a range query',
    async (shape) => {
      const query = asked(shape);
      // Between two samples, and at them.
      expect(await disagreements(query, 3_000)).toEqual([]);
      expect(await disagreements(query, 0)).toEqual([]);
    },
  );

  test
    .skipIf(!isThere)
    .each([
      'gauge - gauge offset 2m',
      'gauge + gauge offset 30s',
      '-gauge offset 2m',
      'gauge ^ gauge offset 2m % 7',
      '2 ^ -gauge offset 2m',
      'rate(counter[5m]) / counter offset 10m',
      'gauge > bool gauge offset 2m',
    ])('%s has for the store the offset where it has it for us', async (text) => {
    const timeMs = FROM + 24 * MINUTE + 3_000;
    const [written, own] = [await askAt(store, text, timeMs), await askAt(store, read(text).text, timeMs)];
    expect(written.size).toBeGreaterThan(0);
    expect(differences(own, written)).toEqual([]);
  });

  test.skipIf(!isThere)('an expression means in its one text what it meant as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(expressionWriter, async (write) => {
        const text = write(PLAIN);
        const timeMs = FROM + 24 * MINUTE + 3_000;
        const [written, own] = await Promise.all([outcome(text, timeMs), outcome(read(text).text, timeMs)]);
        // The grammar of Prometheus knows metrics and numbers that an older store does not read as they were written.
        if (typeof own === 'string') expect(own).toMatch(SERIES_FAULT);
        else if (typeof written !== 'string') expect(differences(own, written)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test.skipIf(!isThere)('any expression is the same in an instant query and in a range query', async () => {
    const range = { fromMs: FROM + 29 * MINUTE, toMs: FROM + 32 * MINUTE, everyMs: 10_000 };
    await fc.assert(
      fc.asyncProperty(expressionWriter, async (write) => {
        const query = asked(write(PLAIN));
        // An older store gives what stands to the right of `or` the labels of the left side, and its name.
        fc.pre(!/ or (?:on|ignoring)/.test(query));
        const points = await askRange(store, query, range).catch((error: Error) => error.message);
        for (const afterMs of [0, 50_000, 70_000, 90_000, 120_000, 180_000]) {
          const instant = await outcome(query, range.fromMs + afterMs);
          // Series that match twice at any time refuse a whole range.
          if (typeof points === 'string' || typeof instant === 'string') {
            expect(typeof points === 'string' ? points : instant).toMatch(SERIES_FAULT);
            return;
          }
          const point = points.get(range.fromMs + afterMs) ?? new Map<string, number>();
          expect([query, ...differences(withoutNames(instant), withoutNames(point))]).toEqual([query]);
        }
      }),
      { numRuns: 100 },
    );
  });

  /** The store's answer, or the words with which it refuses. */
  function outcome(query: string, timeMs: number): Promise<Vector | string> {
    return askAt(store, query, timeMs).catch((error: Error) => error.message);
  }

  test.skipIf(!isThere).each(['rate', 'irate', 'increase', 'delta', 'idelta', 'changes', 'resets'])(
    '%s says nothing while its window is empty, in both queries',
    async (name) => {
      const query = asked(`${name}(gappy{node_id="a"}[1m])`);
      const points = await askRange(store, query, { fromMs: FROM, toMs: TO, everyMs: 10_000 });
      for (const [gapFrom, gapTo] of [
        [20 * MINUTE, 23 * MINUTE],
        [35 * MINUTE, 45 * MINUTE],
      ] as const) {
        // The last sample is 10 s before the gap.
        for (let afterMs = gapFrom + 50_000; afterMs < gapTo; afterMs += 10_000) {
          expect(points.get(FROM + afterMs)).toBeUndefined();
          expect(await askAt(store, query, FROM + afterMs)).toEqual(new Map());
        }
      }
    },
  );

  test.skipIf(!isThere)('a device that is gone has no rate, where the store alone may say 0', async () => {
    const timeMs = TO + 2 * MINUTE;
    expect(await askAt(store, asked('rate(counter[1m])'), timeMs)).toEqual(new Map());
    const raw = await askAt(store, 'rate(counter[1m])', timeMs);
    expect([...raw.values()].filter((value) => value !== 0)).toEqual([]);
  });
});
