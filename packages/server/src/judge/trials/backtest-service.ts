import { BACKTEST_ALERTS_MAX, type BacktestDefinition, type DefinitionBacktest } from '@stratora/contract';
import type { Clock } from '@stratora/runtime';
import type { QueryClient } from '@stratora/victoriametrics';
import type { Database } from '../../platform/db/index.ts';
import { appError, CallerPlaces } from '../../platform/http/index.ts';
import { EVALUATE_EVERY_MS, FIRING_MAX } from '../evaluation/index.ts';
import type { Rules } from '../rules/index.ts';
import { Backtest } from './backtest.ts';
import { pastsOf } from './node-past.ts';
import { weighNoise } from './noise.ts';
import { answerOf } from './past-alerts.ts';
import { type PastRange, PastSource } from './past-source.ts';
import { listPastStatuses } from './trial-queries.ts';
import { findSubjects, type TrialSubjects, type TrialSurroundings } from './trial-subjects.ts';
import { type TrialCall, untriedText, writtenRule } from './tried-rule.ts';

export interface BacktestServiceOptions extends TrialSurroundings {
  db: Database;
  query: Pick<QueryClient, 'query' | 'queryRange'>;
  clock: Clock;
  /** Returns the rules in force. */
  rules: () => Rules;
}

/** Back-tests at a time on one server, one of each person: the store and this process have more to do. */
const PLACES = { places: 2, perCaller: 1, what: 'Trials on the past' };
/** Milliseconds after which a back-test answers with what it has; the front door waits 75 s. */
const TIME_MS = 55_000;
/** Most values that one back-test judges: about 20 s of work. Where alerts resolve they are read a second time. */
const VALUES_MAX = 8_000_000;
/** Steps in milliseconds: that of the evaluator, and coarser ones for what would be too much. */
const STEPS_MS = [EVALUATE_EVERY_MS, 30_000, 60_000, 120_000, 300_000] as const;
const HOUR_MS = 3_600_000;

/** A plan of how a range is tried. */
interface Plan {
  readonly range: PastRange;
  readonly series: number;
}

/** The service that tells what a definition would have told of the past. */
export class BacktestService {
  readonly #options: BacktestServiceOptions;
  readonly #places = new CallerPlaces(PLACES);

  constructor(options: BacktestServiceOptions) {
    this.#options = options;
  }

  get running(): number {
    return this.#places.taken;
  }

  /**
   * Tries a definition on the past.
   * @throws AppError not_found, validation_failed, query_failed, too_many_requests, overloaded, metrics_unavailable
   */
  async backtest(asked: BacktestDefinition, { caller, signal }: TrialCall): Promise<DefinitionBacktest> {
    const giveBack = this.#places.take(caller);
    try {
      return await this.#backtest(asked, signal);
    } finally {
      giveBack();
    }
  }

  async #backtest(asked: BacktestDefinition, signal: AbortSignal): Promise<DefinitionBacktest> {
    const { db, query, clock } = this.#options;
    const endsAt = clock.monotonic() + TIME_MS;
    const nowMs = clock.now();
    const tried = await writtenRule(asked, this.#options);
    const untried = untriedText(tried.rule);
    const subjects = await findSubjects(db, tried, { ...this.#options, nodeId: asked.node_id });
    const source = new PastSource({ query, signal });
    const plan = await this.#plan(source, subjects, { hours: asked.hours, nowMs });
    const { range } = plan;
    const ids = subjects.nodes.map(({ id }) => id);
    const statuses = await listPastStatuses(db, ids, range);
    const pasts = pastsOf(subjects.nodes, statuses, { ...subjects, ...this.#options });
    const run = new Backtest({ ...subjects, pasts, range, clock, endsAt });
    const isWhole = subjects.texts.length === 0 || (await judgeAll(run, source, plan, signal));
    return answer(run, subjects, { range, isWhole, untried, refusedSteps: source.refusedSteps });
  }

  async #plan(
    source: PastSource,
    { texts }: TrialSubjects,
    { hours, nowMs }: { hours: number; nowMs: number },
  ): Promise<Plan> {
    let series = 0;
    const lengthMs = hours * HOUR_MS;
    const whole = { fromMs: nowMs - lengthMs, toMs: nowMs, stepMs: EVALUATE_EVERY_MS };
    for (const text of texts) series += await source.countSeries(text, whole);
    const stepMs = STEPS_MS.find((step) => (series * lengthMs) / step <= VALUES_MAX);
    if (stepMs === undefined) {
      throw appError(
        'query_failed',
        `${Math.round(series)} series over ${Math.round(hours)} hours are too many to try; narrow the scope or the time.`,
      );
    }
    const toMs = Math.floor(nowMs / stepMs) * stepMs;
    const steps = Math.max(1, Math.round(lengthMs / stepMs));
    return { series, range: { fromMs: toMs - steps * stepMs, toMs, stepMs } };
  }
}

/** Runs over all of a range. @returns whether it came to the end */
async function judgeAll(
  run: Backtest,
  source: PastSource,
  { range, series }: Plan,
  signal: AbortSignal,
): Promise<boolean> {
  for (const chunk of source.read(range, series)) {
    if (!(await run.judge(chunk, signal))) {
      if (signal.aborted) throw appError('request_timeout', 'The caller is gone.');
      return false;
    }
  }
  return true;
}

interface Outcome {
  readonly range: PastRange;
  readonly isWhole: boolean;
  readonly untried: string | null;
  readonly refusedSteps: number;
}

function answer(
  run: Backtest,
  { nodes, rule, family, query, nameOf }: TrialSubjects,
  outcome: Outcome,
): DefinitionBacktest {
  const { range, isWhole, untried } = outcome;
  const endMs = isWhole ? range.toMs : (run.lastMs ?? range.fromMs);
  const all = run.alerts.list();
  const { total, notices, heldNotices, noticesByNode } = run.alerts;
  const thresholds = family.rules[0]?.thresholds;
  const isExact = range.stepMs === EVALUATE_EVERY_MS;
  return {
    from: new Date(range.fromMs).toISOString(),
    to: new Date(range.toMs).toISOString(),
    step_seconds: range.stepMs / 1000,
    complete: untried === null && isWhole && isExact && outcome.refusedSteps === 0,
    not_tried: untried,
    remarks: untried === null ? remarksOf(outcome, { endMs, leftOut: run.leftOut }) : [],
    tried_until: new Date(endMs).toISOString(),
    nodes: nodes.length,
    series_count: run.drawing.seriesCount,
    alerts: all
      .slice(-BACKTEST_ALERTS_MAX)
      .toReversed()
      .map((alert) => answerOf(alert, nameOf(alert.nodeId), endMs)),
    total,
    notices,
    held_notices: heldNotices,
    noise: weighNoise({
      notices,
      noticesByNode,
      nodes: nodes.length,
      triedMs: endMs - range.fromMs,
      nameOf,
    }),
    comparison: rule.comparison,
    warning: thresholds?.warning ?? null,
    critical: thresholds?.critical ?? null,
    unit: rule.unit,
    query,
    series: run.drawing.list(all, { nameOf, endMs }),
  };
}

function remarksOf(
  { range, isWhole, refusedSteps }: Outcome,
  { endMs, leftOut }: { endMs: number; leftOut: number },
): string[] {
  const remarks: string[] = [];
  if (range.stepMs !== EVALUATE_EVERY_MS) {
    remarks.push(
      `It was tried every ${range.stepMs / 1000} s, not every ${EVALUATE_EVERY_MS / 1000} s as the evaluator judges, since ` +
        'there are too many values: alerts shorter than that may be missing, and times are that much less exact. Narrow ' +
        'the scope or the time for an exact answer.',
    );
  }
  if (!isWhole) {
    remarks.push(
      `The time allowed was over at ${new Date(endMs).toISOString()} of the past: what came later was not tried. Narrow the ` +
        'scope or the time.',
    );
  }
  if (leftOut > 0) {
    remarks.push(
      `At times ${leftOut} instances would have been left out, as the evaluator does: no more than ${FIRING_MAX} of a rule and ` +
        'node fire at once. Aggregate, or name other instance labels.',
    );
  }
  if (refusedSteps > 0) {
    remarks.push(
      `The metric store refused the expression at ${refusedSteps} times, which counted as no data.`,
    );
  }
  return remarks;
}
