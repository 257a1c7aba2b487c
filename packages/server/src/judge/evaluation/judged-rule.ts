import { createHash } from 'node:crypto';
import type { AlertDefinition } from '@stratora/contract';
import { type ConditionRule, remembersGood } from './condition-machine.ts';
import { levelRange, type Thresholds } from './thresholds.ts';

/** A definition as the evaluator reads it. */
export interface JudgedRule {
  readonly definition: AlertDefinition;
  readonly thresholds: Thresholds;
  readonly condition: ConditionRule;
  /** Whether good series are remembered, too. */
  readonly remembersGood: boolean;
  /** Milliseconds for which the series of a node that is new or was moved are not judged. */
  readonly settleMs: number;
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
  return {
    definition,
    thresholds,
    condition,
    remembersGood: remembersGood(condition),
    settleMs: settleSeconds * 1000,
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

/** Most characters of an instance: a row of a condition is found by it, and an entry of an index holds 2704 bytes. */
const INSTANCE_MAX = 300;
const DIGEST_LENGTH = 22;

/** Makes of the name of an instance one that PostgreSQL and its indexes take; one that is cut ends in a digest of the whole. */
export function storedInstance(name: string): string {
  const isFit = name.length <= INSTANCE_MAX && !name.includes('\0') && name.isWellFormed();
  if (isFit) return name;
  const text = storedText(name);
  if (text.length <= INSTANCE_MAX) return text;
  const digest = createHash('sha256').update(text).digest('base64url').slice(0, DIGEST_LENGTH);
  return `${text.slice(0, INSTANCE_MAX - DIGEST_LENGTH - 1).toWellFormed()}~${digest}`;
}

/** Labels that every series of a node has. */
const OF_THE_NODE = new Set(['__name__', 'node_id', 'node_name', 'collector_id', 'host']);

/** Picks the labels that tell what on its node a series is of. */
export function keptLabels(metric: Readonly<Record<string, string>>): Record<string, string> {
  const labels = Object.entries(metric).filter(([name]) => !OF_THE_NODE.has(name));
  return Object.fromEntries(labels.map(([name, value]) => [storedText(name), storedText(value)]));
}

function storedText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
