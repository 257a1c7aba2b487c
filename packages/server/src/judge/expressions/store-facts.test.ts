import { VictoriaMetrics } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Expression, readExpression, withLookBack } from './index.ts';
import { askAt, askRange, importSeries, STORES, seriesOf, type Vector } from './store-series.test-support.ts';

/**
 * What the store does otherwise than one would think, where a rule meets it, and what we do about it. The first column of
 * names is the store's own answer; a test that fails there says that the store has changed.
 */

const MINUTE = 60_000;
const NOW = Math.floor(Date.now() / 10_000) * 10_000;
const BORN = NOW - 60 * MINUTE;
const EVERY = { fromMs: BORN, toMs: NOW, everyMs: 10_000 };

function read(text: string): Expression {
  const result = readExpression(text);
  if (!result.ok) throw new Error(result.faults.map(({ message }) => message).join('\n'));
  return result.expression;
}

const after = (ms: number) => BORN + ms;
/** The values of a vector in the order of their labels. */
const sorted = (vector: Vector) => [...vector].toSorted(([a], [b]) => (a < b ? -1 : 1));
const asked = (text: string) => withLookBack(read(text), 30_000);

function plant() {
  const steps = (timeMs: number) => (timeMs - BORN) / 10_000;
  return [
    seriesOf({ __name__: 'zero', node_id: 'a' }, EVERY, () => 0),
    seriesOf({ __name__: 'one', node_id: 'a' }, EVERY, () => 1),
    seriesOf({ __name__: 'jumps', node_id: 'a' }, EVERY, (timeMs) => [3, 9, 4][steps(timeMs)] ?? 4),
    seriesOf({ __name__: 'small', node_id: 'a' }, EVERY, (timeMs) => 5 + steps(timeMs)),
    seriesOf({ __name__: 'large', node_id: 'a' }, EVERY, (timeMs) => 1e6 + steps(timeMs)),
    seriesOf({ __name__: 'other', node_id: 'a' }, EVERY, () => 7),
    seriesOf({ __name__: 'one', node_id: 'b' }, EVERY, () => 2),
    seriesOf({ __name__: 'other', node_id: 'b' }, EVERY, () => 8),
    seriesOf({ __name__: 'back', node_id: 'a' }, EVERY, (timeMs) =>
      timeMs >= after(20 * MINUTE) && timeMs < after(40 * MINUTE) ? undefined : 7,
    ),
    seriesOf({ __name__: 'gone', node_id: 'a' }, { ...EVERY, toMs: NOW - 20 * MINUTE }, () => 1),
  ];
}

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

  const valueAt = async (query: string, timeMs: number) =>
    [...(await askAt(store, query, timeMs)).values()][0];

  test.skipIf(!isThere)(
    '0/0 is no series and its absence is 1, so absence is no expression of a rule',
    async () => {
      expect(await askAt(store, asked('zero / zero'), after(10 * MINUTE))).toEqual(new Map());
      expect(await valueAt('absent(zero / zero)', after(10 * MINUTE))).toBe(1);
      expect(readExpression('absent(zero / zero)')).toMatchObject({ ok: false });
      expect(readExpression('absent(zero)')).toMatchObject({ ok: false });
    },
  );

  test.skipIf(!isThere)(
    'changes() of one sample is 1, and right once its birth window has passed',
    async () => {
      const expression = read('changes(one{node_id="a"}[1m])');
      const query = withLookBack(expression, 30_000);
      expect(await valueAt(query, after(0))).toBe(1);
      expect(await valueAt(query, after(50_000))).toBe(1);
      expect(await valueAt(query, after(expression.birthWindowMs))).toBe(0);
    },
  );

  test.skipIf(!isThere)(
    'delta() of 3, 9, 4 is 4 at a birth, and right once its birth window has passed',
    async () => {
      const expression = read('delta(jumps[1m])');
      const query = withLookBack(expression, 30_000);
      expect(await valueAt(query, after(20_000))).toBe(4);
      expect(await valueAt(query, after(expression.birthWindowMs + 20_000))).toBe(0);
    },
  );

  test.skipIf(!isThere)('increase() takes a small first value for growth and a large one not', async () => {
    const query = (metric: string) => asked(`increase(${metric}[5m])`);
    expect(await valueAt(query('small'), after(0))).toBe(5);
    expect(await valueAt(query('small'), after(MINUTE))).toBe(11);
    expect(await valueAt(query('large'), after(0))).toBe(0);
    expect(await valueAt(query('large'), after(MINUTE))).toBe(6);
    const { birthWindowMs } = read('increase(small[5m])');
    expect(await valueAt(query('small'), after(birthWindowMs))).toBe(30);
    expect(await valueAt(query('large'), after(birthWindowMs))).toBe(30);
  });

  test.skipIf(!isThere)(
    'a series that was away is born again to a rule, until its birth window has passed',
    async () => {
      const expression = read('increase(back[1m])');
      const query = withLookBack(expression, 30_000);
      expect(await valueAt(query, after(10 * MINUTE))).toBe(0);
      expect(await valueAt(query, after(40 * MINUTE + 20_000))).toBe(7);
      expect(await valueAt(query, after(40 * MINUTE + expression.birthWindowMs))).toBe(0);
      // A back-test knows what was before.
      const range = { fromMs: after(10 * MINUTE), toMs: after(50 * MINUTE), everyMs: 10_000 };
      const points = await askRange(store, query, range);
      expect([...(points.get(after(40 * MINUTE + 20_000))?.values() ?? [])]).toEqual([0]);
    },
  );

  test.skipIf(!isThere)('a rate counts no birth', async () => {
    expect(await askAt(store, asked('rate(small[5m])'), after(0))).toEqual(new Map());
    expect(await valueAt(asked('rate(small[5m])'), after(10_000))).toBeCloseTo(0.1);
    expect(read('rate(small[5m])').birthWindowMs).toBe(0);
  });

  test.skipIf(!isThere)(
    'max_over_time keeps the name, and `or` between two metrics gives a node once',
    async () => {
      const vector = await askAt(
        store,
        asked('max_over_time(one[1m]) or max_over_time(other[1m])'),
        after(10 * MINUTE),
      );
      expect(sorted(vector)).toEqual([
        ['{"__name__":"one","node_id":"a"}', 1],
        ['{"__name__":"one","node_id":"b"}', 2],
      ]);
      const bare = await askAt(store, asked('one or other'), after(10 * MINUTE));
      expect(sorted(bare)).toEqual(sorted(vector));
    },
  );

  test.skipIf(!isThere)(
    'a sample counts as long as we say, whatever the look-back of the store',
    async () => {
      const last = NOW - 20 * MINUTE - 10_000;
      expect(await valueAt('gone', last + 4 * MINUTE)).toBe(1);
      const query = asked('gone');
      const points = await askRange(store, query, { fromMs: last, toMs: last + MINUTE, everyMs: 5_000 });
      for (let ageMs = 0; ageMs <= MINUTE; ageMs += 5_000) {
        // A window holds what is younger than it is long.
        const expected = ageMs < 30_000 ? 1 : undefined;
        expect(await valueAt(query, last + ageMs)).toBe(expected);
        expect([...(points.get(last + ageMs)?.values() ?? [])][0]).toBe(expected);
      }
      const long = withLookBack(read('gone'), 10 * MINUTE);
      expect(await valueAt(long, last + 9 * MINUTE)).toBe(1);
    },
  );

  test.skipIf(!isThere)('a filter with the number to the left gives the values of the series', async () => {
    expect(await valueAt(asked('0.5 < other{node_id="a"}'), after(10 * MINUTE))).toBe(7);
    expect(await valueAt(asked('scalar(zero) < other{node_id="a"}'), after(10 * MINUTE))).toBe(7);
  });

  test.skipIf(!isThere)(
    'one sum without labels is a single number to the store, and the node stays',
    async () => {
      const query = 'other / sum(other)';
      const vector = await askAt(store, asked(query), after(10 * MINUTE));
      expect([...vector.keys()].toSorted()).toEqual(['{"node_id":"a"}', '{"node_id":"b"}']);
      expect(read(query).aggregatesAwayNode).toBe(false);
    },
  );

  test.skipIf(!isThere)(
    'a range of more than 50 points is moved to its step unless the cache is passed by',
    async () => {
      const range = { fromMs: after(10 * MINUTE) + 3_000, toMs: after(30 * MINUTE) + 3_000, everyMs: 10_000 };
      const moved = await askRange(store, asked('one'), range, {});
      expect([...moved.keys()].filter((timeMs) => timeMs % 10_000 === 3_000)).toEqual([]);
      const kept = await askRange(store, asked('one'), range);
      expect([...kept.keys()].filter((timeMs) => timeMs % 10_000 !== 3_000)).toEqual([]);
      expect(kept.size).toBe(121);
    },
  );
});

describe.each(STORES)('%s that holds answers back', (_, options, isThere) => {
  test.skipIf(!isThere)('answers as of 30 s ago, unless the cache is passed by', async () => {
    const store = await VictoriaMetrics.start({ ...options, args: ['-search.latencyOffset=30s'] });
    try {
      const now = Date.now();
      const fromMs = now - 2 * MINUTE;
      const clock = seriesOf(
        { __name__: 'clock' },
        { fromMs, toMs: now, everyMs: 1_000 },
        (timeMs) => timeMs - fromMs,
      );
      await importSeries(store, [clock]);
      const newest = clock.values.at(-1) ?? 0;
      const valueOf = async (query: string, more?: Record<string, string>) =>
        [...(await askAt(store, query, now, more)).values()][0] ?? Number.NaN;
      expect(await valueOf(asked('clock'), {})).toBeLessThan(newest - 20_000);
      expect(await valueOf(asked('clock'))).toBe(newest);
      expect(await valueOf('vector(time())', {})).toBeLessThan(now / 1_000 - 20);
      expect(await valueOf(asked('vector(time())'))).toBeCloseTo(now / 1_000, 2);
    } finally {
      await store.stop();
    }
  });
});
