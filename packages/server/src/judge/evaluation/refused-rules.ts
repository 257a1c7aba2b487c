import type { RuleFamily } from './rule-families.ts';
import type { VectorAnswer } from './vector-source.ts';

/** A rule whose expression the metric store refuses. It judges nothing. */
export interface RefusedRule {
  readonly slug: string;
  readonly expr: string | null;
  /** What the store has against the expression. */
  readonly reason: string;
}

/** Refused rules by the ids of their definitions. */
export type RefusedRules = ReadonlyMap<string, RefusedRule>;

/** What a cycle knows of the expressions of rules. */
export interface RefusalFacts {
  readonly lookBacks: ReadonlySet<number>;
  readonly answers: ReadonlyMap<string, VectorAnswer>;
  /** The refused rules of the cycle before: they stay refused as long as the store says nothing of them. */
  readonly before: RefusedRules;
}

/**
 * Finds the rules that the metric store refuses. As long as an expression stays refused, so do the words: the store names
 * other series each time.
 */
export function refusedRules(
  families: readonly RuleFamily[],
  { lookBacks, answers, before }: RefusalFacts,
): RefusedRules {
  const refused = new Map<string, RefusedRule>();
  for (const { expressionWith, definition } of families.flatMap(({ rules }) => rules)) {
    if (expressionWith === undefined) continue;
    const own = [...lookBacks].map((seconds) => answers.get(expressionWith(seconds)));
    const refusal = own.find((answer) => answer?.kind === 'refused');
    const isTaken = own.some((answer) => answer?.kind === 'vector');
    const { id, slug, expr } = definition;
    const known = before.get(id);
    if (refusal !== undefined && known?.expr !== expr)
      refused.set(id, { slug, expr, reason: refusal.reason });
    else if (known !== undefined && (refusal !== undefined || !isTaken)) refused.set(id, known);
  }
  return refused;
}

/** Returns whether two cycles found the same. */
export function isSameRefusal(one: RefusedRules, other: RefusedRules): boolean {
  return one.size === other.size && [...one].every(([id, { reason }]) => other.get(id)?.reason === reason);
}

/** Most rules that are named in a sentence; of more, how many there are. */
const NAMED_MAX = 3;

/** Says which rules judge nothing, for people; undefined where none is refused. */
export function refusedWords(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const named = names.slice(0, NAMED_MAX).map((name) => `“${name}”`);
  const more = names.length - named.length;
  const list = more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ');
  return names.length === 1
    ? `The alert rule ${list} judges nothing: the metric store refuses its expression.`
    : `${names.length} alert rules judge nothing: the metric store refuses the expressions of ${list}.`;
}
