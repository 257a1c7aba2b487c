import type { Alert, Summary } from '@stratora/contract';
import { isQuiet } from '../../domain/alert-words.ts';

type AttentionNode = Summary['attention'][number];

export interface Attention {
  /** Alerts that nobody holds back: first those that nobody has taken on. */
  readonly alerts: readonly Alert[];
  /** Nodes that are not well and of which no alert among those speaks. */
  readonly nodes: readonly AttentionNode[];
}

/**
 * What needs people: the alerts, which say what is wrong, and the nodes that no alert speaks of, so that nothing is lost
 * that a counter above counts. Both lists keep their order.
 */
export function attentionOf(nodes: readonly AttentionNode[], alerts: readonly Alert[]): Attention {
  const told = new Set(alerts.map(({ node_id: id }) => id));
  return {
    alerts: alerts.toSorted((a, b) => Number(isQuiet(a)) - Number(isQuiet(b))),
    nodes: nodes.filter(({ node_id: id }) => !told.has(id)),
  };
}
