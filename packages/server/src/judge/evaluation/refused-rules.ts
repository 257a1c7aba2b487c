import type { RuleFamily } from './rule-families.ts';
import type { VectorAnswer } from './vector-source.ts';

/** Rules whose expression the metric store refuses, by slug, with what it has against it. They judge nothing. */
export type RefusedRules = ReadonlyMap<string, string>;

/** What a cycle knows of the expressions of rules. */
export interface RefusalFacts {
  readonly lookBacks: ReadonlySet<number>;
  readonly answers: ReadonlyMap<string, VectorAnswer>;
  /** The refused rules of the cycle before: they stay refused as long as the store says nothing of them. */
  readonly before: RefusedRules;
}

/** Finds the rules that the metric store refuses. */
export function refusedRules(
  families: readonly RuleFamily[],
  { lookBacks, answers, before }: RefusalFacts,
): RefusedRules {
  const refused = new Map<string, string>();
  for (const { expressionWith, definition } of families.flatMap(({ rules }) => rules)) {
    if (expressionWith === undefined) continue;
    const own = [...lookBacks].map((seconds) => answers.get(expressionWith(seconds)));
    const refusal = own.find((answer) => answer?.kind === 'refused');
    const isTaken = own.some((answer) => answer?.kind === 'vector');
    const reason = refusal?.reason ?? (isTaken ? undefined : before.get(definition.slug));
    if (reason !== undefined) refused.set(definition.slug, reason);
  }
  return refused;
}
