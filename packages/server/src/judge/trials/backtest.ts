import { setImmediate } from 'node:timers/promises';
import type { Clock } from '@stratora/runtime';
import {
  ConditionJudge,
  ConditionStore,
  type CycleTime,
  confirmingTexts,
  type FamilyFacts,
  isOutageKind,
  judgeFamily,
  lookBacksOf,
  type NodeView,
  type RuleFamily,
  type VectorAnswer,
} from '../evaluation/index.ts';
import { instanceName, type Rule } from '../rules/index.ts';
import type { NodePast } from './node-past.ts';
import { PastAlerts } from './past-alerts.ts';
import { PastDrawing } from './past-drawing.ts';
import type { PastChunk, PastRange } from './past-source.ts';

/** Milliseconds of judging after which others get their turn. */
const TURN_MS = 15;
const NO_STORE = { rawMs: 0, countedMs: 0, fault: undefined };

export interface BacktestOptions {
  rule: Rule;
  family: RuleFamily;
  /** Expressions by which the nodes are judged, one for each look-back. */
  texts: readonly string[];
  pasts: ReadonlyMap<string, NodePast>;
  range: PastRange;
  clock: Pick<Clock, 'monotonic'>;
  /** Reading of the monotonic clock at which it stops, wherever it is. */
  endsAt: number;
}

/**
 * A run of the evaluator's own state machine over the past: a judge of its own, on conditions of its own, given what each
 * cycle would have been given.
 */
export class Backtest {
  readonly #options: BacktestOptions;
  readonly #conditions = new ConditionStore([]);
  /** Views of the nodes that have had a series: the others have nothing to be judged. */
  readonly #views = new Map<string, NodeView>();
  readonly #instances = new WeakMap<object, string>();
  readonly alerts: PastAlerts;
  readonly drawing: PastDrawing;
  #cycle = 0;
  #lastMs: number | undefined;
  #leftOut = 0;

  constructor(options: BacktestOptions) {
    const { rule, pasts, range } = options;
    const { comparison, kind } = rule;
    this.#options = options;
    this.alerts = new PastAlerts({ pasts, comparison, isOutage: isOutageKind(kind) });
    this.drawing = new PastDrawing(range, comparison);
  }

  /** Most instances of a step that were left out, since a node has more than the evaluator would judge. */
  get leftOut(): number {
    return this.#leftOut;
  }

  /** Time of the last step that was judged. */
  get lastMs(): number | undefined {
    return this.#lastMs;
  }

  /** Judges the steps of a chunk. @returns whether all were judged: not where the time is over, or the caller gone */
  async judge({ timesMs, read }: PastChunk, signal: AbortSignal): Promise<boolean> {
    const { clock, endsAt, family, texts } = this.#options;
    const known = new Map<string, readonly VectorAnswer[]>();
    for (const text of texts) known.set(text, await read(text));
    let turnEnds = clock.monotonic() + TURN_MS;
    for (const [index, timeMs] of timesMs.entries()) {
      this.#look(answersAt(known, index), timeMs);
      for (const text of confirmingTexts(family, this.#views, this.#conditions))
        if (!known.has(text)) known.set(text, await read(text));
      this.#step(timeMs, answersAt(known, index));
      const now = clock.monotonic();
      if (now >= endsAt || signal.aborted) return false;
      if (now < turnEnds) continue;
      await setImmediate();
      turnEnds = clock.monotonic() + TURN_MS;
    }
    return true;
  }

  #step(timeMs: number, answers: ReadonlyMap<string, VectorAnswer>): void {
    const { family, range } = this.#options;
    const time: CycleTime = {
      now: timeMs - range.fromMs,
      last: (this.#lastMs ?? timeMs) - range.fromMs,
      wall: timeMs,
    };
    this.#cycle += 1;
    this.#lastMs = timeMs;
    if (this.#views.size === 0) return;
    const facts: FamilyFacts = {
      views: this.#views,
      lookBacks: lookBacksOf(this.#views),
      answers,
      collectors: [],
      now: timeMs,
      clockFault: undefined,
      heardSince: () => undefined,
      store: NO_STORE,
      ways: [],
    };
    const judge = new ConditionJudge(this.#conditions, time, this.#cycle);
    judgeFamily(judge, this.#conditions, family, facts);
    for (const count of judge.limit.leftOut.values()) this.#leftOut = Math.max(this.#leftOut, count);
    this.alerts.note(judge.changes, timeMs);
    this.#conditions.takeChanges(time);
  }

  /** Moves the pasts on, and notes what the step brought of each series. */
  #look(answers: ReadonlyMap<string, VectorAnswer>, timeMs: number): void {
    const { pasts, rule, family } = this.#options;
    for (const id of this.#views.keys()) this.#moveOn(id, timeMs);
    for (const [text, answer] of answers) {
      if (answer.kind !== 'vector') continue;
      for (const { nodeId, labels, value } of answer.samples) {
        if (!pasts.has(nodeId)) continue;
        if (!this.#views.has(nodeId)) this.#moveOn(nodeId, timeMs);
        const view = this.#views.get(nodeId);
        const judged = family.ruleOf(nodeId);
        if (view === undefined || judged?.expressionWith?.(view.lookBackSeconds) !== text) continue;
        let instance = this.#instances.get(labels);
        if (instance === undefined) {
          instance = instanceName(labels, rule.instance_labels);
          this.#instances.set(labels, instance);
        }
        this.drawing.note(nodeId, instance, { timeMs, value });
      }
    }
  }

  #moveOn(nodeId: string, timeMs: number): void {
    const past = this.#options.pasts.get(nodeId);
    if (past === undefined) return;
    past.at(timeMs);
    this.#views.set(nodeId, past.view);
  }
}

function answersAt(
  known: ReadonlyMap<string, readonly VectorAnswer[]>,
  index: number,
): Map<string, VectorAnswer> {
  const answers = new Map<string, VectorAnswer>();
  for (const [text, steps] of known) {
    const answer = steps[index];
    if (answer !== undefined) answers.set(text, answer);
  }
  return answers;
}
