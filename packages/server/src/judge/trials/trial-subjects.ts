import type { Database } from '../../platform/db/index.ts';
import { notFound } from '../../platform/http/index.ts';
import { listGroups, listNodes, type NodeRow, type RuleFamily, RuleReader } from '../evaluation/index.ts';
import { withLookBack } from '../expressions/index.ts';
import type { Rule } from '../rules/index.ts';
import { judgedBy, limitedTo, type TriedRule } from './tried-rule.ts';

/** Surroundings of the evaluator that decide how a definition is read. */
export interface TrialSurroundings {
  unreachableSeconds: () => number;
  settleSeconds: () => number;
  /** Returns for how many seconds a sample of a node of that template counts as present. */
  lookBackSecondsOf: (template: string) => number;
}

/** The nodes that a tried definition judges, and how. */
export interface TrialSubjects {
  readonly nodes: readonly NodeRow[];
  /** The tried definition, limited to these nodes where they are few. */
  readonly rule: Rule;
  /** The family as the evaluator reads it, in which nothing but the tried definition judges. */
  readonly family: RuleFamily;
  /** Expressions by which the nodes are judged, one for each look-back. */
  readonly texts: readonly string[];
  /** One of them as people are shown it: not limited to nodes; null where there is none. */
  readonly query: string | null;
  readonly settleMs: number;
  /** Returns the name of a node; its id where it is none of these. */
  readonly nameOf: (nodeId: string) => string;
}

/**
 * Finds what a tried definition judges.
 * @param nodeId limits it to one node
 * @throws AppError not_found for a node that does not exist
 */
export async function findSubjects(
  db: Database,
  tried: TriedRule,
  { nodeId, ...surroundings }: TrialSurroundings & { nodeId?: string | undefined },
): Promise<TrialSubjects> {
  const [rows, groups] = await Promise.all([listNodes(db), listGroups(db)]);
  const asked = nodeId === undefined ? rows : rows.filter(({ id }) => id === nodeId);
  if (nodeId !== undefined && asked.length === 0) throw notFound('This node');
  const placed = asked.map((row) => ({
    id: row.id,
    siteId: row.site_id,
    groupIds: groups.get(row.id) ?? [],
    row,
  }));
  const nodes = judgedBy(tried, placed).map(({ row }) => row);
  const ids = new Set(nodes.map(({ id }) => id));
  const rule = limitedTo(tried.rule, [...ids].toSorted());
  const whole = { ...rule, overrides: null, scope: { type: 'global', id: null } } satisfies Rule;
  const [alone] = new RuleReader().families(
    [whole],
    nodes.map(({ id, site_id: siteId }) => ({ id, siteId, groupIds: [] })),
    {
      unreachableSeconds: surroundings.unreachableSeconds(),
      settleSeconds: surroundings.settleSeconds(),
    },
  );
  if (alone === undefined) throw new Error('a definition without a family');
  const [judged] = alone.rules;
  const own = rule.look_back_seconds;
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  const lookBacks = new Set(nodes.map(({ template }) => own ?? surroundings.lookBackSecondsOf(template)));
  return {
    nodes,
    rule,
    family: alone,
    texts: [...lookBacks].flatMap((seconds) => judged?.expressionWith?.(seconds) ?? []),
    query: shownQuery(tried.rule, lookBacks),
    settleMs: judged?.settleMs ?? 0,
    nameOf: (id) => names.get(id) ?? id,
  };
}

function shownQuery({ expression }: Rule, [seconds]: Iterable<number>): string | null {
  return expression === undefined || seconds === undefined ? null : withLookBack(expression, seconds * 1000);
}
