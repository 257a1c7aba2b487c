import { firesAt, holdsAt, instanceName, isIdle, keptLabels, type Level } from '../rules/index.ts';
import type { ConditionJudge, Sighting } from './condition-judge.ts';
import { isActive } from './condition-state.ts';
import type { Condition, ConditionStore } from './condition-store.ts';
import type { JudgedRule } from './judged-rule.ts';
import type { JudgedViews, MetricFacts, Views } from './metric-facts.ts';
import { isBlind, type NodeView } from './node-view.ts';
import type { RuleFamily } from './rule-families.ts';
import type { SeriesBirths } from './series-births.ts';
import { noteBirths } from './series-settling.ts';
import type { VectorSample } from './vector-source.ts';

/** Collects the look-backs of nodes. */
export function lookBacksOf(views: Views): Set<number> {
  const lookBacks = new Set<number>();
  for (const { lookBackSeconds } of views.values()) lookBacks.add(lookBackSeconds);
  return lookBacks;
}

/** Lists the expressions that families want, each once. */
export function listExpressions(
  families: readonly RuleFamily[],
  judged: JudgedViews,
  store: ConditionStore,
): string[] {
  const texts = new Set<string>();
  for (const family of families) for (const text of textsOf(family, judged, store)) texts.add(text);
  return [...texts];
}

/** Judges the series of a family that are there. Of several series of one instance the worst counts. */
export function judgeMetrics(
  judge: ConditionJudge,
  family: RuleFamily,
  facts: MetricFacts,
  store: ConditionStore,
): void {
  const { answers, before, ...judged } = facts;
  noteBirths(family, facts, { births: store.births, time: judge.time });
  const seen: Seen[] = [];
  const unconfirmed: Unconfirmed[] = [];
  for (const text of textsOf(family, judged, store)) {
    const answer = answers.get(text);
    if (answer?.kind !== 'vector') continue;
    for (const sample of answer.samples) {
      const found = lookAt(judge, family, {
        sample,
        text,
        view: judged.views.get(sample.nodeId),
        births: store.births,
      });
      if (found === undefined) continue;
      if ('sighting' in found) seen.push(found);
      else unconfirmed.push(found);
    }
  }
  seen.sort((a, b) => b.holds - a.holds || b.fires - a.fires);
  for (const { sighting, ...levels } of seen) judge.see(sighting, { kind: 'value', ...levels });
  // It is there, and not confirmed: as long as that is so, its time stands still.
  for (const { condition, rule } of unconfirmed)
    if (!judge.isJudged(condition)) judge.miss(condition, rule, 'blind');
}

/** A series with what its value says. */
interface Seen {
  readonly sighting: Sighting;
  readonly fires: Level;
  readonly holds: Level;
  readonly isIdle: boolean;
}

/** A series that is there and says nothing: it settles, or a look-back that confirms nothing found it. */
interface Unconfirmed {
  readonly condition: Condition;
  readonly rule: JudgedRule;
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

/** Lists the expressions of a family, those that confirm good data first. */
function textsOf(family: RuleFamily, { views, lookBacks }: JudgedViews, store: ConditionStore): Set<string> {
  const texts = confirmingTexts(family, views, store);
  for (const { expressionWith } of family.rules) {
    if (expressionWith === undefined) continue;
    for (const seconds of lookBacks) texts.add(expressionWith(seconds));
  }
  return texts;
}

/** Lists the expressions that confirm the good data of the alerts of a family that resolve. */
export function confirmingTexts(family: RuleFamily, views: Views, store: ConditionStore): Set<string> {
  const texts = new Set<string>();
  for (const condition of store.of(family.slug).values()) {
    if (condition.state.phase !== 'resolving') continue;
    const view = views.get(condition.subject);
    const rule = view && family.ruleOf(condition.subject);
    const text = view && rule && confirmingText(rule, view, condition);
    if (text !== undefined) texts.add(text);
  }
  return texts;
}

/** Seconds that a confirmation looks back at least, so that a sample which is a little late is no gap. */
const CONFIRMED_MIN_SECONDS = 20;

/**
 * Returns the expression by which an alert resolves: it looks no further back than the time for which the value must be
 * good, so that one good sample alone, which a longer look-back finds again and again, is out of its sight by then.
 */
function confirmingText(
  { condition: { clearAfterMs }, expressionWith }: JudgedRule,
  { lookBackSeconds }: NodeView,
  { state }: Condition,
): string | undefined {
  if (state.phase !== 'resolving' || clearAfterMs === 0) return undefined;
  return expressionWith?.(lookBackSeconds, Math.max(CONFIRMED_MIN_SECONDS, Math.ceil(clearAfterMs / 1000)));
}

/** A sample of an expression, with what is needed to judge it. */
interface Found {
  readonly sample: VectorSample;
  readonly text: string;
  readonly view: NodeView | undefined;
  readonly births: SeriesBirths;
}

function lookAt(
  judge: ConditionJudge,
  family: RuleFamily,
  { sample, text, view, births }: Found,
): Seen | Unconfirmed | undefined {
  const rule = family.ruleOf(sample.nodeId);
  if (view === undefined || rule === undefined || isBlind(view, rule)) return undefined;
  const { value, labels: metric } = sample;
  const { thresholds } = rule;
  const fires = firesAt(thresholds, value);
  // Most series are good and nothing is remembered of them: they need no name.
  if (fires === 0 && !rule.remembersGood && !judge.remembers(family.slug, sample.nodeId)) return undefined;
  const instance = instanceName(metric, rule.definition.instance_labels);
  const condition = judge.find(family.slug, sample.nodeId, instance);
  const query = rule.expressionWith?.(view.lookBackSeconds);
  const confirming = condition && confirmingText(rule, view, condition);
  if (text !== (confirming ?? query))
    return condition !== undefined && text === query ? { condition, rule } : undefined;
  const isInactive = condition === undefined || !isActive(condition.state);
  const series = { family: family.slug, nodeId: sample.nodeId, instance };
  if (fires > 0 && isInactive && births.isSettling(series, rule, judge.time))
    return condition === undefined ? undefined : { condition, rule };
  if (condition === undefined && fires === 0 && !rule.remembersGood) return undefined;
  const holds = holdsAt(thresholds, value, condition?.state.level ?? 0);
  // What is good tells no text: only what may has labels as they are now.
  const isGood = fires === 0 && holds === 0;
  const labels = isGood && condition !== undefined ? condition.state.labels : keptLabels(metric);
  const sighting = { family: family.slug, rule, subject: sample.nodeId, instance, labels, value, query };
  return { sighting, fires, holds, isIdle: isIdle(thresholds, value) };
}
