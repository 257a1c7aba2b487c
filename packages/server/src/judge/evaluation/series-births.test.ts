import type { AlertDefinition } from '@stratora/contract';
import { describe, expect, test } from 'vitest';
import { judgedRule } from './judged-rule.ts';
import { SeriesBirths } from './series-births.ts';
import type { VectorAnswer } from './vector-source.ts';

const DEFINITION = {
  id: 'd',
  kind: 'metric',
  expr: 'increase(errors[5m])',
  comparison: '>',
  warning: 0,
  critical: null,
  duration_seconds: 0,
  clear_after_seconds: 20,
  instance_labels: ['port'],
  settle_seconds: null,
} as unknown as AlertDefinition;
const SURROUNDINGS = { unreachableSeconds: 300, settleSeconds: 300 };

function ruleWith(settleSeconds: number | null, birthSeconds: number) {
  return judgedRule({ ...DEFINITION, settle_seconds: settleSeconds }, SURROUNDINGS, {
    expressionWith: () => 'text',
    birthSeconds,
  });
}

/** Tells for cycles of ten seconds, in which a port is there (1), away (0) or nobody asked (-), whether it settles. */
function course(
  cycles: string,
  rule: ReturnType<typeof ruleWith>,
  before: VectorAnswer | undefined = { kind: 'vector', samples: [] },
): string {
  const births = new SeriesBirths();
  const said = cycles.split('').map((there, index) => {
    const time = { now: index * 10_000, last: (index - 1) * 10_000, wall: 0 };
    const samples = there === '1' ? [{ nodeId: 'n', labels: { port: 'a' }, value: 1 }] : [];
    if (there !== '-') births.note({ family: 'f', text: 'text', samples, before, ruleOf: () => rule }, time);
    births.forgetGone('f', rule.seriesSettleMs, time);
    return births.isSettling({ family: 'f', nodeId: 'n', instance: 'a' }, rule, time) ? 's' : '.';
  });
  return said.join('');
}

describe('a series', () => {
  test('does not settle where neither the rule nor its expression asks for it', () => {
    expect(course('1111', ruleWith(null, 0))).toBe('....');
  });

  test('settles for as long as its expression counts its birth', () => {
    expect(course('11111', ruleWith(null, 30))).toBe('sss..');
  });

  test('settles for as long as the rule says, which goes before', () => {
    expect(course('11111', ruleWith(20, 30))).toBe('ss...');
    expect(course('1111', ruleWith(0, 30))).toBe('....');
  });

  test('is old where it was there one settling time before the first answer, or nobody could ask', () => {
    const samples = [{ nodeId: 'n', labels: { port: 'a' }, value: 0 }];
    expect(course('111', ruleWith(30, 0), { kind: 'vector', samples })).toBe('...');
    expect(new SeriesBirths().isNew('f', 'text')).toBe(true);
  });

  test('that counts its birth is born again by every gap', () => {
    expect(course('111111011111', ruleWith(null, 30))).toBe('sss....sss..');
  });

  test('whose rule says so is born again by a longer gap than that alone', () => {
    expect(course('1111101111', ruleWith(30, 0))).toBe('sss.......');
    expect(course('11111000011111', ruleWith(30, 0))).toBe('sss......sss..');
  });

  test('goes on over a time in which nobody asked, unless that was as long', () => {
    expect(course('11111-1111', ruleWith(30, 30))).toBe('sss.......');
    expect(course('11111----11111', ruleWith(30, 30))).toBe('sss......sss..');
  });
});
