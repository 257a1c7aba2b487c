import { instanceName } from '../rules/index.ts';
import type { ConditionJudge } from './condition-judge.ts';
import { type JudgedRule, keptLabels, storedInstance } from './judged-rule.ts';
import { isBlind, type NodeView } from './node-view.ts';
import type { RuleFamily } from './rule-families.ts';
import { firesAt, holdsAt } from './thresholds.ts';
import type { VectorAnswer, VectorRequest, VectorSample } from './vector-source.ts';

export type Views = ReadonlyMap<string, NodeView>;

/** Lists the expressions that families want, each once. */
export function listRequests(families: readonly RuleFamily[], views: Views): VectorRequest[] {
  const lookBacks = new Set([...views.values()].map(({ lookBackSeconds }) => lookBackSeconds));
  const texts = new Set<string>();
  for (const { rules } of families) {
    for (const { expressionWith } of rules) {
      if (expressionWith === undefined) continue;
      for (const seconds of lookBacks) texts.add(expressionWith(seconds));
    }
  }
  return [...texts].map((text) => ({ key: text, expression: text }));
}

export interface MetricFacts {
  readonly views: Views;
  readonly answers: ReadonlyMap<string, VectorAnswer>;
}

/** Judges the series of a family that are there. */
export function judgeMetrics(
  judge: ConditionJudge,
  family: RuleFamily,
  { views, answers }: MetricFacts,
): void {
  for (const text of textsOf(family, views)) {
    const answer = answers.get(text);
    if (answer?.kind !== 'vector') continue;
    for (const sample of answer.samples)
      judgeSample(judge, family, { sample, text, view: views.get(sample.nodeId) });
  }
}

/** Tells of a series that is not there whether that is known, or nobody can know. */
export function absenceOfSeries(
  rule: JudgedRule,
  view: NodeView,
  { answers }: MetricFacts,
): 'absent' | 'blind' {
  const text = rule.expressionWith?.(view.lookBackSeconds);
  const isAnswered = text !== undefined && answers.get(text)?.kind === 'vector';
  return isAnswered && !isBlind(view, rule) ? 'absent' : 'blind';
}

function textsOf(family: RuleFamily, views: Views): Set<string> {
  return new Set(listRequests([family], views).map(({ key }) => key));
}

function judgeSample(
  judge: ConditionJudge,
  family: RuleFamily,
  { sample, text, view }: { sample: VectorSample; text: string; view: NodeView | undefined },
): void {
  if (view === undefined) return;
  const rule = family.ruleOf(sample.nodeId);
  if (rule?.expressionWith?.(view.lookBackSeconds) !== text || isBlind(view, rule)) return;
  const { value, labels: metric } = sample;
  const { thresholds } = rule;
  const fires = firesAt(thresholds, value);
  // Most series are good and nothing is remembered of them: they need no name.
  if (fires === 0 && !rule.remembersGood && !judge.remembers(family.slug, sample.nodeId)) return;
  const instance = storedInstance(instanceName(metric, rule.definition.instance_labels));
  const condition = judge.find(family.slug, sample.nodeId, instance);
  if (condition === undefined && fires === 0 && !rule.remembersGood) return;
  const level = condition?.state.level ?? 0;
  judge.see(
    {
      family: family.slug,
      rule,
      subject: sample.nodeId,
      instance,
      labels: condition?.state.labels ?? keptLabels(metric),
      value,
      query: text,
    },
    { kind: 'value', fires, holds: holdsAt(thresholds, value, level) },
  );
}
