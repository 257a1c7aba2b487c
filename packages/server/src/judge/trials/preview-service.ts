import {
  type DefinitionPreview,
  measuredValue,
  PREVIEW_ITEMS_MAX,
  type PreviewItem,
} from '@stratora/contract';
import type { Clock } from '@stratora/runtime';
import type { QueryClient } from '@stratora/victoriametrics';
import type { Database } from '../../platform/db/index.ts';
import { CallerPlaces, notFound } from '../../platform/http/index.ts';
import {
  crosses,
  firesAt,
  instanceName,
  keptLabels,
  type Rules,
  severityOf,
  thresholdOf,
} from '../rules/index.ts';
import { readSummary, renderSummary, type TextTemplate } from '../summary-text/index.ts';
import { notAnswered } from './past-source.ts';
import { findSubjects, type TrialSubjects, type TrialSurroundings } from './trial-subjects.ts';
import {
  type Trial,
  type TrialCall,
  type TriedRule,
  triedRule,
  untriedText,
  writtenRule,
} from './tried-rule.ts';

export interface PreviewServiceOptions extends TrialSurroundings {
  db: Database;
  query: Pick<QueryClient, 'query'>;
  clock: Clock;
  /** Returns the rules in force. */
  rules: () => Rules;
}

const TIMEOUT_MS = 10_000;
/** Previews at a time on one server. A person may have two: of what they write, and of what they look at. */
const PLACES = { places: 3, perCaller: 2, what: 'Previews' };

/** A series that is judged now. */
interface Match {
  readonly nodeId: string;
  readonly instance: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly level: ReturnType<typeof firesAt>;
}

/** The service that says what a definition matches now. */
export class PreviewService {
  readonly #options: PreviewServiceOptions;
  readonly #places = new CallerPlaces(PLACES);

  constructor(options: PreviewServiceOptions) {
    this.#options = options;
  }

  /** Previews a saved definition. @throws AppError not_found, query_failed, too_many_requests, overloaded, metrics_unavailable */
  async ofSaved(id: string, call: TrialCall): Promise<DefinitionPreview> {
    const { rules, clock } = this.#options;
    const known = rules().rules;
    const rule = known.find((one) => one.id === id);
    if (rule === undefined) throw notFound('This alert definition');
    return this.#inPlace(call, async () =>
      this.#preview(triedRule({ definition: rule, id }, known, clock.now()), call.signal),
    );
  }

  /**
   * Previews a definition as somebody writes it.
   * @throws AppError not_found, validation_failed, query_failed, too_many_requests, overloaded, metrics_unavailable
   */
  async ofWritten(trial: Trial, call: TrialCall): Promise<DefinitionPreview> {
    return this.#inPlace(call, async () =>
      this.#preview(await writtenRule(trial, this.#options), call.signal),
    );
  }

  async #inPlace<T>({ caller }: TrialCall, work: () => Promise<T>): Promise<T> {
    const giveBack = this.#places.take(caller);
    try {
      return await work();
    } finally {
      giveBack();
    }
  }

  async #preview(tried: TriedRule, signal: AbortSignal): Promise<DefinitionPreview> {
    const { db, clock } = this.#options;
    const nowMs = clock.now();
    const untried = untriedText(tried.rule);
    const subjects = await findSubjects(db, tried, this.#options);
    const matches = untried === null ? await this.#match(subjects, nowMs, signal) : [];
    const count = (level: number) => matches.filter((match) => match.level === level).length;
    return {
      at: new Date(nowMs).toISOString(),
      not_tried: untried,
      items: shownItems(matches, subjects),
      total: matches.length,
      counts: { critical: count(3), warning: count(2), good: count(0) },
      nodes: subjects.nodes.length,
      nodes_with_data: new Set(matches.map(({ nodeId }) => nodeId)).size,
      query: subjects.query,
      warnings: (tried.rule.expression?.warnings ?? []).map(({ line, column, message }) => ({
        line,
        column,
        message,
      })),
    };
  }

  async #match({ nodes, rule, family }: TrialSubjects, nowMs: number, signal: AbortSignal) {
    const judged = family.rules[0];
    if (judged === undefined) return [];
    const { thresholds, expressionWith } = judged;
    const textOf = new Map(
      nodes.map(({ id, template }) => [id, expressionWith?.(this.#options.lookBackSecondsOf(template))]),
    );
    const worst = new Map<string, Match>();
    for (const text of new Set(textOf.values())) {
      if (text === undefined) continue;
      const answer = await this.#options.query.query(text, nowMs, {
        signal,
        timeoutMs: TIMEOUT_MS,
        isWhole: true,
      });
      if (!answer.ok) throw await notAnswered(this.#options.query, answer);
      for (const { metric, value } of answer.value) {
        const nodeId = metric['node_id'];
        if (nodeId === undefined || textOf.get(nodeId) !== text || Number.isNaN(value)) continue;
        const instance = instanceName(metric, rule.instance_labels);
        const match = {
          nodeId,
          instance,
          labels: keptLabels(metric),
          value,
          level: firesAt(thresholds, value),
        };
        const key = `${nodeId} ${instance}`;
        const other = worst.get(key);
        if (other === undefined || crosses(thresholds.comparison, value, other.value)) worst.set(key, match);
      }
    }
    return [...worst.values()];
  }
}

function shownItems(matches: readonly Match[], { nameOf, rule, family }: TrialSubjects): PreviewItem[] {
  const read = rule.summary === null ? undefined : readSummary(rule.summary, []);
  const template = read?.ok === true ? read.template : null;
  return matches
    .toSorted(
      (a, b) =>
        b.level - a.level ||
        compare(nameOf(a.nodeId), nameOf(b.nodeId)) ||
        compare(a.nodeId, b.nodeId) ||
        compare(a.instance, b.instance),
    )
    .slice(0, PREVIEW_ITEMS_MAX)
    .map((match) => itemOf(match, nameOf(match.nodeId), { family, rule, template }));
}

function itemOf(
  { nodeId, instance, labels, value, level }: Match,
  nodeName: string,
  { family, rule, template }: Pick<TrialSubjects, 'family' | 'rule'> & { template: TextTemplate | null },
): PreviewItem {
  const thresholds = family.rules[0]?.thresholds;
  const threshold = thresholds === undefined || level === 0 ? undefined : thresholdOf(thresholds, level);
  const { name, comparison, unit } = rule;
  const values = {
    name,
    node: nodeName,
    instance,
    labels,
    value,
    threshold: threshold ?? null,
    comparison,
    unit,
  };
  return {
    node_id: nodeId,
    node_name: nodeName,
    instance,
    labels,
    value: measuredValue(value),
    severity: level === 0 ? null : severityOf(level),
    threshold: values.threshold,
    summary: level === 0 ? null : renderSummary(template, values).text,
  };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
