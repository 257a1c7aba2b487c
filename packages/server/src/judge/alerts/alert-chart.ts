import type { AlertDetail } from '@stratora/contract';
import { forNode, readExpression } from '../expressions/index.ts';
import type { AlertRow } from './alert-row.ts';

/** Milliseconds that a chart shows before and after an event, at least. */
const AROUND_MS = 30 * 60_000;

/**
 * Builds the range query that shows the values of an alert and its node around the event; null where the
 * condition is no expression.
 */
export function chartOf(
  alert: Pick<AlertRow, 'query' | 'node_id' | 'labels' | 'started_at' | 'resolved_at'>,
): AlertDetail['links']['chart'] {
  const query = ownQuery(alert);
  if (query === null) return null;
  const { started_at: startedAt, resolved_at: resolvedAt } = alert;
  const aroundMs = Math.max(AROUND_MS, ((resolvedAt ?? startedAt).getTime() - startedAt.getTime()) / 4);
  return {
    query,
    from: new Date(startedAt.getTime() - aroundMs).toISOString(),
    to: resolvedAt && new Date(resolvedAt.getTime() + aroundMs).toISOString(),
  };
}

/** Limits the expression of an alert to its node. */
export function ownQuery({ query, node_id: nodeId }: Pick<AlertRow, 'query' | 'node_id'>): string | null {
  if (query === '') return null;
  const read = readExpression(query);
  // Written by a version that knew more of the language: the expression as it is says more than nothing.
  if (!read.ok) return query;
  return nodeId === null ? read.expression.text : forNode(read.expression, nodeId).text;
}
