import type { Node } from './node.ts';

/** The reason of a node that nothing has been heard of yet, and of which nothing fails either. */
export const NO_DATA_YET = 'No data yet.';

/** True for a node that looks well, or is to be discovered, while something keeps a part of its data away. */
export function isReadInPart({
  status,
  status_reason: reason,
}: Pick<Node, 'status' | 'status_reason'>): boolean {
  return (status === 'healthy' || status === 'discovering') && reason !== null && reason !== NO_DATA_YET;
}
