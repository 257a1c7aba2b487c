import { type DefinitionBacktest, NOISE_BUDGET } from '@stratora/contract';

export interface NoiseFacts {
  readonly notices: number;
  readonly noticesByNode: ReadonlyMap<string, number>;
  /** Nodes that the definition judges. */
  readonly nodes: number;
  readonly triedMs: number;
  readonly nameOf: (nodeId: string) => string;
}

const DAY_MS = 86_400_000;
const NAMED_MAX = 10;

/**
 * Weighs the notices of a trial against the budget of one for each node and day. Less than a day counts as one: a single
 * notice is no noise.
 */
export function weighNoise({
  notices,
  noticesByNode,
  nodes,
  triedMs,
  nameOf,
}: NoiseFacts): DefinitionBacktest['noise'] {
  const days = Math.max(1, triedMs / DAY_MS);
  const over = [...noticesByNode]
    .filter(([, count]) => count / days > NOISE_BUDGET)
    .toSorted(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
  return {
    per_node_and_day: nodes === 0 ? 0 : notices / nodes / days,
    budget: NOISE_BUDGET,
    nodes: over
      .slice(0, NAMED_MAX)
      .map(([id, count]) => ({ node_id: id, node_name: nameOf(id), notices: count })),
    nodes_over: over.length,
    warning: over.length === 0 ? null : warningText(over, { days, nameOf }),
  };
}

function warningText(
  over: readonly (readonly [string, number])[],
  { days, nameOf }: { days: number; nameOf: (nodeId: string) => string },
): string {
  const [id = '', count = 0] = over[0] ?? [];
  const rate = Math.round((count / days) * 10) / 10;
  const how = `${over.length} ${over.length === 1 ? 'node' : 'nodes'} would have sent more than one notice a day`;
  return `${how}; ${nameOf(id)} most of all: ${rate} a day.`;
}
