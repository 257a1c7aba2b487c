import type { Tx } from '../../platform/db/index.ts';
import { type DirtyCause, markDirty } from '../../platform/dirty-marks/index.ts';
import { startOver } from '../node-states/index.ts';
import { giveOrphans, giveToSites, type MovedNode, type NodeChoice } from './node-collector-queries.ts';

/** Marks everybody who gathers from one of these nodes. */
export async function markOwners(tx: Tx, owners: readonly (string | null)[], why: DirtyCause): Promise<void> {
  await markDirty(
    tx,
    owners.filter((id) => id !== null),
    why,
  );
}

/**
 * Gives nodes whose collector nobody chose to the one of their site, with all that comes with it: they start over, and
 * both collectors are marked. @returns the nodes that got another one
 */
export async function followSites(tx: Tx, which: NodeChoice, why: DirtyCause): Promise<string[]> {
  const moved = await giveToSites(tx, which);
  const ids = await begunAnew(tx, moved);
  await markOwners(
    tx,
    moved.flatMap(({ before, after }) => [before, after]),
    why,
  );
  return ids;
}

/**
 * Gives the server's own collector the nodes that nobody polls and that no site's collector should. Nodes that an
 * agent reported stay with agents. Whoever calls marks the collector.
 */
export async function adoptOrphans(tx: Tx, collectorId: string): Promise<string[]> {
  return begunAnew(tx, await giveOrphans(tx, collectorId));
}

async function begunAnew(tx: Tx, moved: readonly MovedNode[]): Promise<string[]> {
  const ids = moved.map(({ id }) => id);
  await startOver(tx, ids);
  return ids;
}
