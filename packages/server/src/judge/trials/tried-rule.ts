import type { AlertDefinition, WrittenDefinition } from '@stratora/contract';
import type { Clock } from '@stratora/runtime';
import type { QueryClient } from '@stratora/victoriametrics';
import type { Database } from '../../platform/db/index.ts';
import { notFound } from '../../platform/http/index.ts';
import { isPerNode, readExpression, withMatchers } from '../expressions/index.ts';
import {
  DefinitionSamples,
  effectiveDefinitions,
  type PlacedSubject,
  type Rule,
  type Rules,
  requireSound,
} from '../rules/index.ts';

/** A definition to be tried; `id` is that of the saved one which it is a change of. */
export interface Trial {
  readonly definition: WrittenDefinition;
  readonly id?: string | undefined;
}

/** Who tries a definition; the signal ends it when they are gone. */
export interface TrialCall {
  readonly caller: string;
  readonly signal: AbortSignal;
}

/** A definition as it is tried, among the others of its family. */
export interface TriedRule {
  readonly rule: Rule;
  /** The whole family, with the tried one in its place. */
  readonly family: readonly Rule[];
}

/** Id of a definition that was never saved. */
const UNSAVED = '00000000-0000-4000-8000-000000000001';

export interface TriedRuleOptions {
  db: Database;
  query: Pick<QueryClient, 'query'>;
  clock: Clock;
  /** Returns the rules in force. */
  rules: () => Rules;
}

/**
 * Reads a definition as somebody writes it, by what would be checked to save it. An expression that the store refuses is
 * left to the trial, which says more of it.
 * @throws AppError not_found where `id` is that of none; validation_failed with all that is wrong with it
 */
export async function writtenRule(trial: Trial, options: TriedRuleOptions): Promise<TriedRule> {
  const { rules } = options.rules();
  const tried = triedRule(trial, rules, options.clock.now());
  const samples = await new DefinitionSamples(options).of(trial.definition, { mayBeRefused: true });
  await requireSound(options.db, trial.definition, {
    before: rules.find(({ id }) => id === trial.id),
    samples,
  });
  return tried;
}

/**
 * Reads a definition as if it were saved and switched on.
 * @throws AppError not_found where `id` is that of none
 */
export function triedRule({ definition, id }: Trial, rules: readonly Rule[], nowMs: number): TriedRule {
  const saved = rules.find((rule) => rule.id === id);
  if (id !== undefined && saved === undefined) throw notFound('This alert definition');
  const read = definition.expr === null ? undefined : readExpression(definition.expr);
  const at = new Date(nowMs).toISOString();
  const fields: AlertDefinition = {
    ...definition,
    id: id ?? UNSAVED,
    slug: saved?.slug ?? 'trial',
    scope_name: null,
    override_count: 0,
    is_shipped: false,
    is_changed: false,
    refusal: null,
    created_at: at,
    updated_at: at,
    enabled: true,
  };
  const rule: Rule = { ...fields, expression: read?.ok === true ? read.expression : undefined };
  const rootId = rule.overrides ?? rule.id;
  const others = rules.filter(
    (other) => other.id !== rule.id && (other.id === rootId || other.overrides === rootId),
  );
  return { rule, family: [...others, rule] };
}

/** Finds which subjects the tried definition judges. */
export function judgedBy<S extends PlacedSubject>({ rule, family }: TriedRule, subjects: readonly S[]): S[] {
  const rootId = rule.overrides ?? rule.id;
  const own = effectiveDefinitions<Rule>(family, subjects).find(({ root }) => root.id === rootId);
  return subjects.filter(({ id }) => own?.judgeOf(id)?.id === rule.id);
}

/** Most nodes whose ids are named to the store. */
const NAMED_NODES_MAX = 50;

/** Limits the expression of a rule to a few nodes, where that changes none of their values. */
export function limitedTo(rule: Rule, nodeIds: readonly string[]): Rule {
  const { expression } = rule;
  if (expression === undefined || nodeIds.length > NAMED_NODES_MAX || !isPerNode(expression)) return rule;
  const value = nodeIds.join('|');
  return { ...rule, expression: withMatchers(expression, [{ label: 'node_id', operator: '=~', value }]) };
}

/** Says why a definition cannot be tried without what only the evaluator hears; null where it can. */
export function untriedText({ kind, expr }: Pick<Rule, 'kind' | 'expr'>): string | null {
  if (expr !== null) return null;
  return (
    `The server judges "${kind}" by what it hears itself, and not by an expression. What it heard is not kept, so that ` +
    'this definition cannot be tried. Its alerts of the past are in the history of alerts.'
  );
}
