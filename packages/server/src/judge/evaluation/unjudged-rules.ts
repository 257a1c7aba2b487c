import type { RefusedRules } from './refused-rules.ts';
import type { RuleFamily } from './rule-families.ts';
import type { VectorAnswer } from './vector-source.ts';

/** Why a rule judged nothing in a cycle. */
export interface Unjudged {
  /** `unread`: the metric store did not answer its expression in time. */
  readonly kind: 'refused' | 'unread';
  readonly reason: string;
}

/** Rules that judged nothing, by the ids of their definitions. */
export type UnjudgedRules = ReadonlyMap<string, Unjudged>;

export interface UnjudgedFacts {
  readonly lookBacks: ReadonlySet<number>;
  readonly answers: ReadonlyMap<string, VectorAnswer>;
  readonly refused: RefusedRules;
  /** Why nothing was asked of the store; undefined where it was. */
  readonly fault: string | undefined;
}

/** Finds the rules with an expression that judged nothing in a cycle, or not with every look-back. */
export function unjudgedRules(
  families: readonly RuleFamily[],
  { lookBacks, answers, refused, fault }: UnjudgedFacts,
): UnjudgedRules {
  const unjudged = new Map<string, Unjudged>();
  if (lookBacks.size === 0) return unjudged;
  for (const { expressionWith, definition } of families.flatMap(({ rules }) => rules)) {
    if (expressionWith === undefined) continue;
    const refusal = refused.get(definition.id);
    const away = [...lookBacks]
      .map((seconds) => answers.get(expressionWith(seconds)))
      .find((answer) => answer?.kind === 'away');
    const reason = fault ?? (away?.kind === 'away' ? away.reason : undefined);
    if (refusal !== undefined) unjudged.set(definition.id, { kind: 'refused', reason: refusal.reason });
    else if (reason !== undefined) unjudged.set(definition.id, { kind: 'unread', reason });
  }
  return unjudged;
}

/** What is new from one cycle to the next. A rule that judges nothing for another kind of reason ends and begins. */
export function unjudgedChanges(
  before: UnjudgedRules,
  now: UnjudgedRules,
): { begun: (Unjudged & { id: string })[]; ended: string[] } {
  const isOther = (id: string) => before.get(id)?.kind !== now.get(id)?.kind;
  return {
    begun: [...now].filter(([id]) => isOther(id)).map(([id, unjudged]) => ({ id, ...unjudged })),
    ended: [...before.keys()].filter(isOther),
  };
}
