import type { DeliveryReason } from '@stratora/contract';
import type { SendResult } from '@stratora/notifier';
import type { Database, Tx } from '../../platform/db/index.ts';
import { type ChannelSender, noteFailure } from '../channels/index.ts';
import { type AcceptedMessage, endOutdated, markFailed } from './claim-queries.ts';
import { keepLane, waitForLane } from './lane-queries.ts';
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
  sender: ChannelSender;
  urls: UrlsOf;
  /** Returns the time by which all servers go. */
  time: (tx: Tx) => Promise<Date>;
  failpoint: Failpoint;
}

const OF_CHANNEL: ReadonlySet<DeliveryReason> = new Set(CHANNEL_REASONS);

/** Reasons that say nothing of what became of a message that was written: the other end may have it. */
const UNCERTAIN: ReadonlySet<DeliveryReason> = new Set(['timeout', 'connection_failed']);

type Failure = Extract<SendResult, { ok: false }>;

interface FailedTry {
  readonly result: Failure;
  readonly isStopping: boolean;
  /** Whether the message was written to the wire, and the other end did not say that it refuses it. */
  readonly mayHaveArrived: boolean;
}

/** Sends messages that this server has taken, and notes those that did not get through. */
export class MessageDelivery {
  readonly #options: MessageDeliveryOptions;

  constructor(options: MessageDeliveryOptions) {
    this.#options = options;
  }

  /**
   * Sends one message, if the lease is still good: after a freeze another server may be sending it.
   * @returns what is to be noted: that it was accepted. What cannot be noted stays as it is until the lease ends, and is sent
   * again then, under the same key
   */
  async deliver(
    laneId: string,
    message: TakenMessage,
    signal: AbortSignal,
  ): Promise<AcceptedMessage | undefined> {
    const { db, sender, urls, failpoint } = this.#options;
    const { key, lease, way } = message;
    failpoint('outbox.taken');
    const isMail = way.type === 'on_call' || way.type === 'email';
    const built = await buildMessage(db, message.notices, { laneId: isMail ? laneId : undefined, urls });
    failpoint('outbox.before-send');
    if (!lease.isGood || signal.aborted) return undefined;
    const ends = AbortSignal.any([signal, AbortSignal.timeout(Math.floor(lease.leftMs))]);
    let isWritten = false;
    const mayWrite = () => {
      const may = lease.isGood && !signal.aborted;
      isWritten ||= may;
      return may;
    };
    const result = await sender.send(way, { ...built, mayWrite }, ends);
    failpoint('outbox.after-send');
    if (result.ok) return { key, token: lease.token, detail: result.detail };
    const mayHaveArrived = isWritten && UNCERTAIN.has(result.reason);
    await this.#noteFailure(laneId, message, { result, isStopping: signal.aborted, mayHaveArrived });
    failpoint('outbox.noted');
    return undefined;
  }

  /** Hears that messages are noted which were accepted. */
  noted(): void {
    this.#options.failpoint('outbox.noted');
  }

  async #noteFailure(
    laneId: string,
    { key, lease, way, notices }: TakenMessage,
    { result, isStopping, mayHaveArrived }: FailedTry,
  ): Promise<void> {
    // Another server has it by now, or will; whether the channel is there nobody has found out.
    if (!lease.isGood && !isStopping) return;
    const { db, time } = this.#options;
    await db.transaction().execute(async (tx) => {
      const at = await time(tx);
      const nextAt = await this.#nextTry(tx, laneId, { result, isStopping, at, notices });
      const failure = { ...result, nextAt, mayHaveArrived };
      const alertIds = await markFailed(tx, { key, token: lease.token, at }, failure);
      if (way.type !== 'on_call' && !isStopping) await noteFailure(tx, way.id, { at, ...result });
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
    }: Pick<TakenMessage, 'notices'> & Pick<FailedTry, 'result' | 'isStopping'> & { at: Date },
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
