import type { ChannelType } from '@stratora/contract';
import type { SendResult } from '@stratora/notifier';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { Sealed } from '../../platform/secrets/index.ts';
import type { OutgoingMessage } from './notice.ts';

/** A channel as it is used. Its config stays sealed until a message is sent. */
export interface Channel {
  id: string;
  name: string;
  type: ChannelType;
  enabled: boolean;
  /** Template of the text of a notice; null: the built-in one. */
  text: string | null;
  /** Most messages a minute, over all servers. */
  maxPerMinute: number;
  /** Addresses of mail, each of which gets messages of its own; for other types one: the host that is posted to. */
  recipients: readonly string[];
  sealed: Sealed;
}

/** The mail to a person who is on call: no channel, but the mail server of the settings and the built-in text. */
export interface OnCallMail {
  type: 'on_call';
}

/** Sends one message to one recipient, once. Whoever calls keeps what is to be sent, and tries again. */
export interface ChannelSender {
  /**
   * Tries to send a message. It ends within 30 seconds, also where the other end stalls, and as soon as the signal is
   * aborted. It never throws: what went wrong is in the result, `internal_fault` where it was our own.
   */
  send(way: Channel | OnCallMail, message: OutgoingMessage, signal: AbortSignal): Promise<SendResult>;
}

/** What channels ask of the queue of messages, which stands above them. */
export interface QueueCalls {
  /** Puts a test message to each recipient of a channel into the queue. @returns the id of the first delivery */
  enqueueTest(tx: Tx, channelId: string): Promise<string>;
  /** Counts what waits for each of these channels; those for which nothing waits may be absent. */
  countQueued(db: Database | Tx, channelIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}
