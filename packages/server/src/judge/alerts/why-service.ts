import type { AlertDefinition, AlertWhy, AlertWhyQuery, WhyAlert, WhyValue } from '@stratora/contract';
import type { Clock } from '@stratora/runtime';
import type { QueryClient, StoreRefusal } from '@stratora/victoriametrics';
import type { Database } from '../../platform/db/index.ts';
import { fieldError, notFound } from '../../platform/http/index.ts';
import { forNode, withLookBack } from '../expressions/index.ts';
import { listPeriodsAt } from '../maintenance/index.ts';
import { effectiveDefinitions, type Rule, type Rules } from '../rules/index.ts';
import { type ListDeliveries, SHOWN_DELIVERIES, toldWords } from './alert-deliveries.ts';
import { referenceTo } from './alert-notice.ts';
import { findLastEvaluation } from './prometheus-queries.ts';
import { marksAt } from './why-marks.ts';
import {
  type AskedNode,
  findAskedNode,
  findStatusAt,
  listAlertsAt,
  listUnjudgedTimes,
  type PastAlert,
  type UnjudgedTime,
} from './why-queries.ts';

import { rangeBefore, valuesAt } from './why-values.ts';
import { explainWhy } from './why-verdict.ts';

export interface WhyServiceOptions {
  db: Database;
  clock: Clock;
  query: Pick<QueryClient, 'queryRange'>;
  /** Returns the rules in force. */
  rules: () => Rules;
  /** Returns for how many seconds a sample of a node with a template counts as present. */
  lookBackSeconds: (template: string) => number;
  listDeliveries: ListDeliveries;
}

const TIMEOUT_MS = 10_000;
/** Milliseconds by which the clock of a browser may be ahead. */
const AHEAD_MS = 60_000;
const REFUSED = 'the metric store refuses the expression';
/** Milliseconds without a cycle after which the server says that rules are not evaluated. */
const STALLED_MS = 60_000;

/** The service that says why nobody was told of a node by a definition at a moment. */
export class WhyService {
  readonly #options: WhyServiceOptions;

  constructor(options: WhyServiceOptions) {
    this.#options = options;
  }

  /** @throws AppError validation_failed for a moment that is still to come; not_found for a node or a definition that does not exist */
  async explain(query: AlertWhyQuery): Promise<AlertWhy> {
    const { db, clock } = this.#options;
    const at = query.at === undefined ? new Date(clock.now()) : new Date(query.at);
    if (at.getTime() > clock.now() + AHEAD_MS) throw fieldError('at', 'must not be in the future');
    const node = await findAskedNode(db, query.node_id);
    if (!node) throw notFound('This node');
    const { rootId, judge, noDefinition } = this.#judgeOf(node, query.definition_id);
    const alerts = (await listAlertsAt(db, { nodeId: node.id, rootId, at })).map((row) => whyAlert(row, at));
    const status = await findStatusAt(db, node.id, at);
    const periods = await listPeriodsAt(db, at, {
      nodeId: node.id,
      siteId: node.site_id,
      groupIds: node.group_ids,
      windowIds: alerts.flatMap(({ held }) => held?.window_id ?? []),
    });
    const read = await this.#valuesOf(judge, node, at);
    const facts = {
      at,
      node: {
        id: node.id,
        name: node.name,
        status: status?.status ?? null,
        status_since: status?.time?.toISOString() ?? null,
        status_reason: status?.reason ?? null,
      },
      definition: judge ? shownDefinition(judge) : null,
      alerts,
    };
    return {
      ...facts,
      at: at.toISOString(),
      ...explainWhy({
        ...facts,
        told: await this.#toldOf(alerts, at),
        node: { ...facts.node, createdAt: node.created_at },
        noDefinition,
        periods,
        values: read?.values,
        unjudged: await this.#unjudgedOf(judge, at),
      }),
      query: read?.query ?? null,
      values: Array.isArray(read?.values) ? read.values : [],
    };
  }

  /** Says of each alert who was told of it until a moment. */
  async #toldOf(alerts: readonly WhyAlert[], at: Date): Promise<ReadonlyMap<string, string>> {
    const { db, listDeliveries } = this.#options;
    const told = new Map<string, string>();
    for (const { id } of alerts) {
      const { items } = await listDeliveries(db, id, { most: SHOWN_DELIVERIES, until: at });
      told.set(id, toldWords(items, at));
    }
    return told;
  }

  /** Finds when a rule judged nothing, in the time for which it must be bad before a moment. */
  async #unjudgedOf(judge: Rule | undefined, at: Date): Promise<UnjudgedTime[]> {
    if (judge === undefined) return [];
    const { db } = this.#options;
    const from = new Date(at.getTime() - judge.duration_seconds * 1000);
    const times = await listUnjudgedTimes(db, judge.id, { from, to: at });
    const last = await findLastEvaluation(db);
    // A stop that lasts is written by the first cycle after it.
    if (last !== undefined && at.getTime() - last.getTime() > STALLED_MS)
      times.push({ kind: 'stopped', reason: null, from_at: last, until_at: null });
    return times;
  }

  #judgeOf(node: AskedNode, definitionId: string) {
    const { rules, faults } = this.#options.rules();
    const asked =
      rules.find(({ id }) => id === definitionId) ??
      faults.find(({ definition }) => definition.id === definitionId)?.definition;
    if (!asked) throw notFound('This definition');
    const rootId = asked.overrides ?? asked.id;
    const subject = { id: node.id, siteId: node.site_id, groupIds: node.group_ids };
    const family = effectiveDefinitions<Rule>(rules, [subject]).find(({ root }) => root.id === rootId);
    const judge = family?.judgeOf(node.id);
    const noDefinition: 'off' | 'out_of_scope' = family?.members.some(({ enabled }) => !enabled)
      ? 'off'
      : 'out_of_scope';
    return { rootId, judge, noDefinition };
  }

  /** Reads the values around a moment; undefined where the definition has no expression, a text where they cannot be read. */
  async #valuesOf(
    judge: Rule | undefined,
    node: AskedNode,
    at: Date,
  ): Promise<{ query: string; values: WhyValue[] | string } | undefined> {
    if (judge?.expression === undefined) return undefined;
    const lookBack = judge.look_back_seconds ?? this.#options.lookBackSeconds(node.template);
    const query = withLookBack(forNode(judge.expression, node.id), lookBack * 1000);
    const range = rangeBefore(at.getTime(), judge.duration_seconds);
    const answer = await this.#options.query.queryRange(query, range, {
      timeoutMs: TIMEOUT_MS,
      isWhole: true,
    });
    if (!answer.ok) return { query, values: refusalWords(answer) };
    // A store may align the steps of a range, so that the last of them is a little before its end.
    return { query, values: valuesAt(answer.value, judge, range) };
  }
}

function whyAlert({ events, ...row }: PastAlert, at: Date): WhyAlert {
  const marks = marksAt(events, at, row.severity);
  return {
    ...referenceTo(row),
    ...marks,
    alert_key: row.alert_key,
    instance: row.instance,
    definition_name: row.definition_name,
    started_at: row.started_at.toISOString(),
    triggered_at: row.triggered_at.toISOString(),
    resolved_at: row.resolved_at?.toISOString() ?? null,
  };
}

function shownDefinition(definition: AlertDefinition): NonNullable<AlertWhy['definition']> {
  const { id, slug, name, kind, scope, warning, critical, comparison, unit } = definition;
  const { duration_seconds, updated_at } = definition;
  return { id, slug, name, kind, scope, warning, critical, comparison, unit, duration_seconds, updated_at };
}

function refusalWords({ retry, isInPart, words }: StoreRefusal): string {
  if (retry) return 'the metric store does not answer.';
  if (isInPart === true) return 'a part of the metric store is away.';
  return words === undefined ? `${REFUSED}.` : `${REFUSED}: ${words}`;
}
