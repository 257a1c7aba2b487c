import { SYSTEM } from '../alerts/index.ts';
import { storedInstance } from '../rules/index.ts';
import type { ConditionJudge } from './condition-judge.ts';
import type { Condition, ConditionStore } from './condition-store.ts';
import { type HeardFacts, judgeHeard, overText } from './heard-conditions.ts';
import { absenceOfSeries, judgeMetrics } from './metric-conditions.ts';
import type { MetricFacts } from './metric-facts.ts';
import type { RuleFamily } from './rule-families.ts';

export type FamilyFacts = MetricFacts & HeardFacts;

/** Judges all conditions of a family. @returns the number of those of which nobody can know */
export function judgeFamily(
  judge: ConditionJudge,
  store: ConditionStore,
  family: RuleFamily,
  facts: FamilyFacts,
): number {
  judgeMetrics(judge, family, facts, store);
  judgeHeard(judge, family, facts);
  let blind = 0;
  for (const condition of store.of(family.slug).values()) {
    if (judge.isJudged(condition)) continue;
    if (judgeUnseen(judge, family, condition, facts) === 'blind') blind += 1;
  }
  return blind;
}

function judgeUnseen(
  judge: ConditionJudge,
  family: RuleFamily,
  condition: Condition,
  facts: FamilyFacts,
): 'gone' | 'blind' | 'absent' {
  const rule = family.ruleOf(condition.subject);
  const gone =
    goneText(family, condition, facts) ?? (rule === undefined ? 'Nothing judges it any more.' : undefined);
  if (rule === undefined || gone !== undefined) {
    judge.drop(condition, gone ?? '');
    return 'gone';
  }
  const view = facts.views.get(condition.subject);
  const isOfSeries = view !== undefined && rule.expressionWith !== undefined;
  const kind = isOfSeries ? absenceOfSeries(rule, view, facts) : 'blind';
  judge.miss(condition, rule, kind, isOfSeries ? rule.expressionWith?.(view.lookBackSeconds) : undefined);
  return kind;
}

function goneText(
  { kind }: RuleFamily,
  { subject, instance }: Condition,
  { views, collectors, ways }: FamilyFacts,
): string | undefined {
  if (kind === 'store') return subject === SYSTEM ? undefined : 'Nothing judges it any more.';
  if (kind === 'notification') {
    return ways.some(({ name }) => storedInstance(name) === instance)
      ? undefined
      : 'It is not in use any more.';
  }
  if (kind === 'component') {
    return collectors.some(({ id }) => id === subject) ? undefined : 'The collector is not in use any more.';
  }
  const view = views.get(subject);
  return view === undefined ? 'The node was deleted.' : overText(kind, view, instance);
}
