import { describe, expect, it } from 'vitest';
import type { RuleFamily } from './rule-families.ts';
import { SeriesBirths } from './series-births.ts';
import { noteBirths, readBefore } from './series-settling.ts';
import type { VectorAnswer } from './vector-source.ts';

const TEXT = 'port > 0';
const LOOK_BACK = { lookBacks: new Set([30]) };

/** Returns a family of one rule whose series settle. */
function familyOf(slug: string, settleMs: number): RuleFamily {
  const rule = {
    seriesSettleMs: settleMs,
    seriesGapMs: settleMs,
    expressionWith: () => TEXT,
    definition: { instance_labels: ['port'] },
  };
  return { slug, rules: [rule], ruleOf: () => rule } as unknown as RuleFamily;
}

describe('series of rules that share an expression', () => {
  it('settle by what was there one settling time of their own rule ago', async () => {
    const families = [familyOf('long', 170_000), familyOf('short', 50_000)];
    const there: VectorAnswer = {
      kind: 'vector',
      samples: [{ nodeId: 'n', labels: { port: 'a' }, value: 1 }],
    };
    const births = new SeriesBirths();
    const views = new Map([['n', { lookBackSeconds: 30 }]]) as never;
    const before = await readBefore(
      families,
      { ...LOOK_BACK, views },
      {
        births,
        // It was there a minute ago, and not three.
        read: async (texts, agoMs) =>
          new Map(texts.map((text) => [text, agoMs > 60_000 ? { kind: 'vector', samples: [] } : there])),
      },
    );
    const time = { now: 0, last: 0, wall: 0 };
    const answers = new Map([[TEXT, there]]);
    for (const family of families)
      noteBirths(family, { ...LOOK_BACK, views, answers, before }, { births, time });
    const isSettling = families.map((family) =>
      births.isSettling({ family: family.slug, nodeId: 'n', instance: 'a' }, family.rules[0] as never, time),
    );
    expect(isSettling).toEqual([true, false]);
  });
});
