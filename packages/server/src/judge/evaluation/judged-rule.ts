import type { AlertDefinition } from '@stratora/contract';
import { levelRange, type Thresholds } from '../rules/index.ts';
import { type ConditionRule, remembersGood } from './condition-machine.ts';

/** A definition as the evaluator reads it. */
export interface JudgedRule {
  readonly definition: AlertDefinition;
  readonly thresholds: Thresholds;
  readonly condition: ConditionRule;
  /** Whether good series are remembered, too. */
  readonly remembersGood: boolean;
  /** Milliseconds for which the series of a node that is new or was moved are not judged. */
  readonly settleMs: number;
  /** Milliseconds for which a series that a known node gets, or has again after a gap, cannot fire; 0: it fires at once. */
  readonly seriesSettleMs: number;
  /** Milliseconds for which a series may be away and goes on nevertheless. */
  readonly seriesGapMs: number;
  /**
   * The expression with the look-back of a node in seconds, or that of the definition, and no more than a limit; undefined
   * where the server judges by what it hears itself.
   */
  readonly expressionWith: ((lookBackSeconds: number, mostSeconds?: number) => string) | undefined;
}

export interface RuleSurroundings {
  /** Seconds of silence at which a node is unreachable, where its definition leaves that to the setting. */
  unreachableSeconds: number;
  /** Seconds for which what is new or was moved settles. */
  settleSeconds: number;
}

/** Reads a definition for the evaluator. */
export function judgedRule(
  definition: AlertDefinition,
  surroundings: RuleSurroundings,
  source: { expressionWith: JudgedRule['expressionWith']; birthSeconds: number },
): JudgedRule {
  const thresholds = thresholdsOf(definition, surroundings.unreachableSeconds);
  const condition: ConditionRule = {
    durationMs: definition.duration_seconds * 1000,
    clearAfterMs: definition.clear_after_seconds * 1000,
    noData: definition.no_data,
    needsSeenGood: definition.seen_good,
    ...levelRange(thresholds),
  };
  const settleSeconds =
    definition.settle_seconds ?? Math.max(surroundings.settleSeconds, source.birthSeconds);
  const seriesSettleMs = (definition.settle_seconds ?? source.birthSeconds) * 1000;
  return {
    definition,
    thresholds,
    condition,
    remembersGood: remembersGood(condition),
    settleMs: settleSeconds * 1000,
    seriesSettleMs,
    // What counts a birth has been away for its whole window before it is away from the answer.
    seriesGapMs: source.birthSeconds > 0 ? 0 : seriesSettleMs,
    expressionWith: source.expressionWith,
  };
}

function thresholdsOf(definition: AlertDefinition, unreachableSeconds: number): Thresholds {
  const {
    comparison,
    warning,
    warning_clear: warningClear,
    critical,
    critical_clear: criticalClear,
  } = definition;
  const isBySetting = definition.kind === 'reachability' && definition.expr === null && critical === null;
  return {
    comparison,
    warning,
    warningClear,
    critical: isBySetting ? unreachableSeconds : critical,
    criticalClear,
  };
}
