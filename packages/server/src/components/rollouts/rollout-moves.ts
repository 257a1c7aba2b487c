import type { Tx } from '../../platform/db/index.ts';
import { markDirty } from '../../platform/dirty-marks/index.ts';
import { publishEvents } from '../../platform/events/index.ts';
import {
  insertMembers,
  setReleased,
  setSkipped,
  swapFirst,
  takeBackMembers,
} from './rollout-member-queries.ts';
import { findNewcomers, type RolloutRow } from './rollout-queries.ts';
import { setStopped } from './rollout-write-queries.ts';

// The moves of a rollout's members, each with the marks and events that go with it. The caller has locked the rollout.

/** Takes in the components that came to a changed template meanwhile. */
export async function takeInNewcomers(tx: Tx, rollout: RolloutRow): Promise<void> {
  const newcomers = await findNewcomers(tx, rollout);
  if (newcomers.length > 0) await insertMembers(tx, rollout.id, newcomers);
}

/** Gives members the new versions: their configs are rendered with them from now on. */
export async function releaseMembers(
  tx: Tx,
  rollout: RolloutRow,
  componentIds: readonly string[],
): Promise<void> {
  if (componentIds.length === 0) return;
  await setReleased(tx, rollout.id, componentIds);
  await markDirty(tx, componentIds, { cause: rollout.cause, actor: rollout.actor });
  await publishChanged(tx, componentIds);
}

/** Gives one member the new versions before all others. */
export async function releaseFirst(tx: Tx, rollout: RolloutRow, componentId: string): Promise<void> {
  await swapFirst(tx, rollout.id, componentId);
  await releaseMembers(tx, rollout, [componentId]);
}

/** Skips a member whose text is the same with the new versions: there is nothing to learn from it. */
export async function skipMember(tx: Tx, rollout: RolloutRow, componentId: string): Promise<void> {
  await setSkipped(tx, rollout.id, componentId);
  // Rows may have changed since it was looked at.
  await markDirty(tx, [componentId], { cause: rollout.cause, actor: rollout.actor });
}

/** Stops the rollout. Members that failed, or were given the new config and did not run it yet, get the old one back. */
export async function stopRollout(tx: Tx, rollout: RolloutRow, message: string): Promise<void> {
  await setStopped(tx, rollout.id, message);
  const takenBack = await takeBackMembers(tx, rollout.id);
  await markDirty(tx, takenBack, { cause: `rollout stopped, taken back: ${rollout.cause}`, actor: null });
  await publishChanged(tx, takenBack);
}

async function publishChanged(tx: Tx, componentIds: readonly string[]): Promise<void> {
  await publishEvents(
    tx,
    componentIds.map((id) => ({ name: 'component_changed' as const, data: { id, change: 'updated' } })),
  );
}
