import type { CycleTime } from './condition-machine.ts';
import type { AnswersBefore, JudgedViews, MetricFacts } from './metric-facts.ts';
import type { RuleFamily } from './rule-families.ts';
import type { SeriesBirths } from './series-births.ts';
import type { VectorAnswer } from './vector-source.ts';

/** Notes which series of a family are there, where a rule of it lets each of them settle. */
export function noteBirths(
  family: RuleFamily,
  { views, lookBacks, answers, before }: MetricFacts,
  { births, time }: { births: SeriesBirths; time: CycleTime },
): void {
  const longestMs = Math.max(0, ...family.rules.map(({ seriesSettleMs }) => seriesSettleMs));
  if (longestMs === 0) return;
  for (const { text, settleMs } of settlingTexts(family, lookBacks)) {
    const answer = answers.get(text);
    if (answer?.kind !== 'vector') continue;
    const ruleOf = (nodeId: string) => {
      const view = views.get(nodeId);
      const rule = family.ruleOf(nodeId);
      if (view === undefined || rule?.seriesSettleMs !== settleMs) return undefined;
      return rule.expressionWith?.(view.lookBackSeconds) === text ? rule : undefined;
    };
    const asked = before === undefined ? undefined : (before.get(settleMs)?.get(text) ?? NOT_ASKED);
    const key = `${settleMs} ${text}`;
    births.note({ family: family.slug, text: key, samples: answer.samples, before: asked, ruleOf }, time);
  }
  births.forgetGone(family.slug, longestMs, time);
}

const NOT_ASKED: VectorAnswer = { kind: 'away', reason: 'Nobody asked.' };

/** Reads what the expressions that are new gave one settling time ago, so that what is old is known to be. */
export async function readBefore(
  families: readonly RuleFamily[],
  { lookBacks }: JudgedViews,
  { births, read }: { births: SeriesBirths; read: ReadAt },
): Promise<AnswersBefore> {
  const bySettling = new Map<number, Set<string>>();
  for (const family of families) {
    for (const { text, settleMs } of settlingTexts(family, lookBacks)) {
      if (!births.isNew(family.slug, `${settleMs} ${text}`)) continue;
      bySettling.set(settleMs, (bySettling.get(settleMs) ?? new Set<string>()).add(text));
    }
  }
  const before = new Map<number, ReadonlyMap<string, VectorAnswer>>();
  for (const [settleMs, texts] of bySettling) before.set(settleMs, await read([...texts], settleMs));
  return before;
}

/** Reads expressions at a time so many milliseconds ago. */
export type ReadAt = (
  expressions: readonly string[],
  agoMs: number,
) => Promise<ReadonlyMap<string, VectorAnswer>>;

/** Yields the expressions whose series settle one by one. */
function* settlingTexts(
  { rules }: RuleFamily,
  lookBacks: ReadonlySet<number>,
): Iterable<{ text: string; settleMs: number }> {
  for (const { expressionWith, seriesSettleMs } of rules) {
    if (expressionWith === undefined || seriesSettleMs === 0) continue;
    for (const seconds of lookBacks) yield { text: expressionWith(seconds), settleMs: seriesSettleMs };
  }
}
