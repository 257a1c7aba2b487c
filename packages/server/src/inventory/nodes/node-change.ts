import type { NodeDetail, ReplaceNode, UpdateNode } from '@stratora/contract';
import { changedFields } from '../../platform/http/index.ts';

/** Returns what a change makes different of a node; nothing where it says again what is so already. */
export function changeOf(before: NodeDetail, input: UpdateNode): UpdateNode {
  const { collector_id: collectorId, allow_duplicate: _, ...rest } = input;
  const change = changedFields(before, rest);
  return isNewChoice(before, collectorId) ? { ...change, collector_id: collectorId } : change;
}

/** Whether naming a collector, or null for that of the site, says something new; undefined never does. */
function isNewChoice(before: NodeDetail, collectorId: string | null | undefined): boolean {
  if (collectorId === undefined) return false;
  if (collectorId !== null) return !before.collector_chosen || collectorId !== before.collector_id;
  const followsSite = !before.collector_chosen && before.collector_id !== null;
  return before.agent_id === null && !followsSite;
}

/** Reads a replacement as a change: a collector that nobody chose is given back as shown, and stays that of the site. */
export function changeByReplacement(
  before: NodeDetail,
  { collector_chosen: isChosen, ...input }: ReplaceNode,
): UpdateNode {
  if (isChosen || input.collector_id !== before.collector_id) return input;
  const { collector_id: _, ...rest } = input;
  return before.collector_chosen ? { ...rest, collector_id: null } : rest;
}
