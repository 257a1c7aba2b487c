import { describe, expect, it } from 'vitest';
import type { RuleFamily } from './rule-families.ts';
import { type Unjudged, type UnjudgedRules, unjudgedChanges, unjudgedRules } from './unjudged-rules.ts';
import type { VectorAnswer } from './vector-source.ts';

const FAMILIES = [
  {
    rules: ['disk', 'cpu', 'heard'].map((id) => ({
      definition: { id },
      expressionWith: id === 'heard' ? undefined : (seconds: number) => `${id}[${seconds}s]`,
    })),
  },
] as unknown as RuleFamily[];
const VECTOR: VectorAnswer = { kind: 'vector', samples: [] };
const AWAY: VectorAnswer = { kind: 'away', reason: 'too slow' };
const LOOK_BACKS = new Set([30, 60]);

function found(answers: Record<string, VectorAnswer>, more: { fault?: string; refused?: string } = {}) {
  const { fault, refused } = more;
  const rules = refused === undefined ? [] : [[refused, { slug: '', expr: '', reason: 'twice' }] as const];
  return Object.fromEntries(
    unjudgedRules(FAMILIES, {
      lookBacks: LOOK_BACKS,
      answers: new Map(Object.entries(answers)),
      refused: new Map(rules),
      fault,
    }),
  );
}

const ALL_READ = { 'disk[30s]': VECTOR, 'disk[60s]': VECTOR, 'cpu[30s]': VECTOR, 'cpu[60s]': VECTOR };

describe('rules that judge nothing', () => {
  it('are those that the store did not answer in time, with any look-back, and those that it refused', () => {
    expect(found(ALL_READ)).toEqual({});
    expect(found({ ...ALL_READ, 'cpu[60s]': AWAY })).toEqual({ cpu: { kind: 'unread', reason: 'too slow' } });
    expect(found(ALL_READ, { refused: 'disk' })).toEqual({ disk: { kind: 'refused', reason: 'twice' } });
  });

  it('are all with an expression while nothing is asked', () => {
    const unread = { kind: 'unread', reason: 'The store is away.' };
    expect(found({}, { fault: 'The store is away.' })).toEqual({ disk: unread, cpu: unread });
  });

  it('begin and end where the kind of the reason changes', () => {
    const [refused, unread] = (['refused', 'unread'] as const).map(
      (kind): Unjudged => ({ kind, reason: 'why' }),
    ) as [Unjudged, Unjudged];
    const before: UnjudgedRules = new Map([
      ['a', unread],
      ['b', refused],
      ['c', unread],
    ]);
    const now: UnjudgedRules = new Map([
      ['a', { ...unread, reason: 'other words' }],
      ['b', unread],
      ['d', refused],
    ]);
    expect(unjudgedChanges(before, now)).toEqual({
      begun: [
        { id: 'b', ...unread },
        { id: 'd', ...refused },
      ],
      ended: ['b', 'c'],
    });
  });
});
