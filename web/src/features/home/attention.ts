import type { Alert, Summary } from '@stratora/contract';
import { isQuiet } from '../../domain/alert-words.ts';

type AttentionNode = Summary['attention'][number];

export interface Attention {
  /** Alerts that nobody holds back: first those that nobody has taken on. */
  readonly alerts: readonly Alert[];
  /** Nodes that are not well and of which no alert among those speaks. */
  readonly nodes: readonly AttentionNode[];
  /** How many more are offline, since a node that is among the alerts is down. */
  readonly behind: number;
}

/**
 * What needs people: the alerts, which say what is wrong, and the nodes that no alert speaks of, so that nothing is lost
 * that a counter above counts. Both lists keep their order. Nodes behind another one that is down are a number: what there
 * is to do is to be done there.
 *
 * @param offline how many nodes are offline in all
 * @param causes how many of these no other one explains; undefined where that is not known
 */
export function attentionOf(
  nodes: readonly AttentionNode[],
  alerts: readonly Alert[],
  { offline, causes }: { offline: number; causes: number | undefined },
): Attention {
  const told = new Set(alerts.map(({ node_id: id }) => id));
  const behind = causes === undefined || causes === 0 ? 0 : Math.max(0, offline - causes);
  return {
    alerts: alerts.toSorted((a, b) => Number(isQuiet(a)) - Number(isQuiet(b))),
    nodes: nodes.filter(({ node_id: id, status }) => !told.has(id) && (behind === 0 || status !== 'offline')),
    behind,
  };
}

/** Keys of the alerts by which a node is offline. */
const SILENCES: ReadonlySet<string> = new Set([
  'node_unreachable',
  'node_unreachable_fast',
  'agent_heartbeat',
]);

/**
 * Counts the nodes that are offline and that no other one explains: those with an alert of their reachability that nobody
 * holds back. Undefined where not all of them are among the alerts that were loaded, the worst first.
 */
export function causesOf(
  telling: { readonly items: readonly Alert[]; readonly total: number } | undefined,
): number | undefined {
  if (telling === undefined) return undefined;
  const { items, total } = telling;
  const isWhole = items.length === total || items.at(-1)?.severity !== 'critical';
  if (!isWhole) return undefined;
  return new Set(items.filter(({ alert_key: key }) => SILENCES.has(key)).map(({ node_id: node }) => node))
    .size;
}
