import type { LabelMatcher } from '@stratora/victoriametrics';
import { BIRTH_FUNCTIONS, CLOCK_FUNCTIONS } from './promql-functions.ts';
import { childrenOf, isComparison, type SyntaxNode } from './syntax-node.ts';
import type { PlacedMessage } from './text-fault.ts';

/** A selector of an expression. */
export interface Selector {
  /** Null where only matchers say which series are meant. */
  metric: string | null;
  matchers: readonly LabelMatcher[];
  /** Null for the newest sample of each series. */
  windowMs: number | null;
  offsetMs: number;
}

/** What is known of an expression without asking the store. */
export interface ExpressionFacts {
  /** In the order of the text; one that comes twice is there twice. */
  selectors: readonly Selector[];
  /** Names of the metrics that are named, in alphabetical order, each once. */
  metrics: readonly string[];
  /**
   * Milliseconds of the furthest sample that the expression reads, beside the look-back of bare selectors: window,
   * offset and the windows of the subqueries around them, added up.
   */
  longestWindowMs: number;
  /**
   * Milliseconds during which a new series gives another value than it will: the longest such reach below a function
   * that counts the birth of a series (increase, delta, idelta, changes, resets) or what it holds (count, sum over
   * time). 0 when there is none. A node's stabilising time must cover it.
   */
  birthWindowMs: number;
  /** True when the value depends on what time it is. */
  usesTime: boolean;
}

/** Collects the facts of an expression. */
export function factsOf(expression: SyntaxNode): ExpressionFacts {
  const collector = new FactCollector();
  collector.visit(expression, 0, false);
  return {
    selectors: collector.selectors,
    metrics: [...collector.metrics].sort(),
    longestWindowMs: collector.longestWindowMs,
    birthWindowMs: collector.birthWindowMs,
    usesTime: collector.usesTime,
  };
}

class FactCollector {
  readonly selectors: Selector[] = [];
  readonly metrics = new Set<string>();
  longestWindowMs = 0;
  birthWindowMs = 0;
  usesTime = false;

  /** @param outerMs reach of the subqueries around the node @param countsBirth whether a function around counts it */
  visit(node: SyntaxNode, outerMs: number, countsBirth: boolean): void {
    if (node.kind === 'selector') {
      const { metric, matchers, windowMs, offsetMs } = node;
      this.selectors.push({ metric, matchers, windowMs, offsetMs });
      if (metric !== null) this.metrics.add(metric);
      this.#reach(outerMs + (windowMs ?? 0) + offsetMs, countsBirth);
      return;
    }
    if (node.kind === 'subquery') {
      const reachMs = outerMs + node.windowMs + node.offsetMs;
      this.#reach(reachMs, countsBirth);
      this.visit(node.of, reachMs, countsBirth);
      return;
    }
    if (node.kind === 'call' && CLOCK_FUNCTIONS.has(node.name) && node.args.length === 0)
      this.usesTime = true;
    const counts = countsBirth || (node.kind === 'call' && BIRTH_FUNCTIONS.has(node.name));
    for (const child of childrenOf(node)) this.visit(child, outerMs, counts);
  }

  #reach(ms: number, countsBirth: boolean): void {
    this.longestWindowMs = Math.max(this.longestWindowMs, ms);
    if (countsBirth) this.birthWindowMs = Math.max(this.birthWindowMs, ms);
  }
}

/** Collects what a person may have meant otherwise, though it can be evaluated. */
export function expressionWarnings(expression: SyntaxNode): PlacedMessage[] {
  if (expression.kind !== 'binary') return [];
  const { from, to, operator, isBool } = expression;
  if (isComparison(operator) && !isBool) {
    const message =
      `\`${operator}\` leaves out the series that do not meet it, so that an alert never sees them well again. ` +
      'Compare by the thresholds of the rule, or write `bool`.';
    return [{ from, to, message }];
  }
  if (operator === 'and' || operator === 'unless') {
    const message = `\`${operator}\` leaves out series: what is left out counts as no data, not as good.`;
    return [{ from, to, message }];
  }
  return [];
}
