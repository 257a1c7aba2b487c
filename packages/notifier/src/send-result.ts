import type { DeliveryReason } from '@stratora/contract';

/** What became of one try to send. */
export type SendResult =
  | {
      ok: true;
      /** What the other end said, and a warning where the channel's own text could not be rendered. */
      detail: string;
    }
  | {
      ok: false;
      reason: DeliveryReason;
      /** The reason in words, without secrets and without addresses that hold one. */
      message: string;
      /** Whether another try is of no use. */
      isFinal: boolean;
      /** Milliseconds for which the other end wants to be left alone. */
      retryAfterMs?: number;
    };
