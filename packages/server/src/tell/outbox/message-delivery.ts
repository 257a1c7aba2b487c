import type { DeliveryReason } from '@stratora/contract';
import type { SendResult } from '@stratora/notifier';
import type { Logger } from '@stratora/runtime';
import type { Database, Tx } from '../../platform/db/index.ts';
import { type ChannelSender, noteAccepted, noteFailure } from '../channels/index.ts';
import { endOutdated, markFailed, markSent } from './claim-queries.ts';
import { keepLane, noteThrough, waitForLane } from './lane-queries.ts';
import { backoffMs, CHANNEL_REASONS, failed } from './lane-state.ts';
import { buildMessage, type UrlsOf } from './message-builder.ts';
import type { TakenMessage } from './message-taker.ts';
import { mergeNeedlessAllClears } from './outbox-writing-queries.ts';

/** Hears of each step of a message: it was taken, is about to be sent, was sent, and that was noted. Tests end the process there. */
export type Failpoint = (
  step: 'outbox.taken' | 'outbox.before-send' | 'outbox.after-send' | 'outbox.noted',
) => void;

export interface MessageDeliveryOptions {
  db: Database;
  logger: Pick<Logger, 'warn'>;
  sender: ChannelSender;
  urls: UrlsOf;
  /** Returns the time by which all servers go. */
  time: (tx: Tx) => Promise<Date>;
  failpoint: Failpoint;
}

const OF_CHANNEL: ReadonlySet<DeliveryReason> = new Set(CHANNEL_REASONS);

/** Sends messages that this server has taken, and notes what became of them. */
export class MessageDelivery {
  readonly #options: MessageDeliveryOptions;

  constructor(options: MessageDeliveryOptions) {
    this.#options = options;
  }

  /**
   * Sends one message, if the lease is still good: after a freeze another server may be sending it. What cannot be noted
   * stays as it is until the lease ends, and is sent again then, under the same key.
   */
  async deliver(laneId: string, message: TakenMessage, signal: AbortSignal): Promise<void> {
    const { db, sender, urls, failpoint } = this.#options;
    const { lease, way } = message;
    failpoint('outbox.taken');
    const built = await buildMessage(db, message.notices, { laneId, urls });
    failpoint('outbox.before-send');
    if (!lease.isGood || signal.aborted) return;
    const ends = AbortSignal.any([signal, AbortSignal.timeout(Math.floor(lease.leftMs))]);
    const outgoing = { ...built, mayWrite: () => lease.isGood && !signal.aborted };
    const result = await sender.send(way, outgoing, ends);
    failpoint('outbox.after-send');
    await this.#note(laneId, message, { result, isStopping: signal.aborted });
    failpoint('outbox.noted');
  }

  async #note(
    laneId: string,
    { key, lease, way, notices }: TakenMessage,
    { result, isStopping }: { result: SendResult; isStopping: boolean },
  ): Promise<void> {
    const { db, logger, time } = this.#options;
    const channelId = way.type === 'on_call' ? undefined : way.id;
    await db.transaction().execute(async (tx) => {
      const at = await time(tx);
      const leased = { key, token: lease.token, at };
      if (result.ok) {
        await noteThrough(tx, laneId, at);
        const count = await markSent(tx, leased, result.detail);
        if (count === 0) logger.warn({ key }, 'a message was sent after its lease had ended');
        if (channelId !== undefined) await noteAccepted(tx, channelId, at);
        return;
      }
      // Another server has it by now, or will; whether the channel is there nobody has found out.
      if (!lease.isGood && !isStopping) return;
      const nextAt = await this.#nextTry(tx, laneId, { result, isStopping, at, notices });
      const alertIds = await markFailed(tx, leased, { ...result, nextAt });
      if (channelId !== undefined && !isStopping) await noteFailure(tx, channelId, { at, ...result });
      // The alert may have ended while the try was on its way.
      await endOutdated(tx, laneId, at);
      await mergeNeedlessAllClears(tx, alertIds, at);
    });
  }

  /** Says when a message is tried next; null: never. */
  async #nextTry(
    tx: Tx,
    laneId: string,
    {
      result,
      isStopping,
      at,
      notices,
    }: Pick<TakenMessage, 'notices'> & {
      result: Extract<SendResult, { ok: false }>;
      isStopping: boolean;
      at: Date;
    },
  ): Promise<Date | null> {
    if (isStopping) return at;
    if (result.isFinal) return null;
    const { reason, retryAfterMs = 0 } = result;
    if (OF_CHANNEL.has(reason)) {
      const lane = await waitForLane(tx, laneId);
      // Of those that were on their way together one counts.
      const isNoted = lane?.retryAt != null && lane.retryAt > at;
      if (lane && !isNoted) await keepLane(tx, laneId, failed(lane, { at, retryAfterMs }));
      return at;
    }
    const attempts = Math.max(1, ...notices.map((notice) => notice.attempts));
    return new Date(at.getTime() + Math.max(backoffMs(attempts - 1), retryAfterMs));
  }
}
