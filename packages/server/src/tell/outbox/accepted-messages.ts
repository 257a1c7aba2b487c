import type { Logger } from '@stratora/runtime';
import type { Tx } from '../../platform/db/index.ts';
import { noteAccepted } from '../channels/index.ts';
import { type AcceptedMessage, markSent } from './claim-queries.ts';
import { noteThrough, ON_CALL_LANE } from './lane-queries.ts';
import type { LaneState } from './lane-state.ts';

export interface AcceptedFacts {
  readonly laneId: string;
  /** The lane where it is locked; undefined while another server has it. */
  readonly lane: LaneState | undefined;
  readonly at: Date;
  readonly logger: Pick<Logger, 'warn'>;
}

/**
 * Notes that messages of a lane were accepted, several at once: each has its row, and the lane and its channel do well.
 * @returns the lane as it is then
 */
export async function noteAcceptedMessages(
  tx: Tx,
  accepted: readonly AcceptedMessage[],
  { laneId, lane, at, logger }: AcceptedFacts,
): Promise<LaneState | undefined> {
  if (accepted.length === 0) return lane;
  const isWell = lane !== undefined && lane.failingSince === null && lane.retryAt === null;
  if (!isWell) await noteThrough(tx, laneId, at);
  const noted = await markSent(tx, accepted, at);
  for (const { key } of accepted)
    if (!noted.has(key)) logger.warn({ key }, 'a message was sent after its lease had ended');
  if (laneId !== ON_CALL_LANE) await noteAccepted(tx, laneId, at);
  return lane && { ...lane, failingSince: null, failures: 0, retryAt: null };
}
