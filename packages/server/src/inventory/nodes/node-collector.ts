import type { Tx } from '../../platform/db/index.ts';
import { type DirtyCause, markDirty } from '../../platform/dirty-marks/index.ts';
import { resetNodeStates } from '../node-states/index.ts';
import {
  type MovedNode,
  type NodeChoice,
  setOrphanCollector,
  setSiteCollectors,
} from './node-collector-queries.ts';

/** Marks the components that gather from nodes. */
export async function markOwners(tx: Tx, owners: readonly (string | null)[], why: DirtyCause): Promise<void> {
  await markDirty(
    tx,
    owners.filter((id) => id !== null),
    why,
  );
}

/**
 * Gives nodes whose collector nobody chose that of their site, resets their states and marks both collectors.
 * @returns the nodes that got another one
 */
export async function assignSiteCollectors(tx: Tx, which: NodeChoice, why: DirtyCause): Promise<string[]> {
  const moved = await setSiteCollectors(tx, which);
  const ids = await resetMoved(tx, moved);
  await markOwners(
    tx,
    moved.flatMap(({ before, after }) => [before, after]),
    why,
  );
  return ids;
}

/**
 * Gives the server's own collector the nodes that nobody polls and that no site's collector should. Nodes that an agent
 * reported stay with agents. The caller marks the collector.
 */
export async function adoptOrphans(tx: Tx, collectorId: string): Promise<string[]> {
  return resetMoved(tx, await setOrphanCollector(tx, collectorId));
}

async function resetMoved(tx: Tx, moved: readonly MovedNode[]): Promise<string[]> {
  const ids = moved.map(({ id }) => id);
  await resetNodeStates(tx, ids);
  return ids;
}
