import type { ChannelConfig } from '@stratora/contract';
import type { SendResult } from '@stratora/notifier';
import type { OutgoingMessage } from './notice.ts';
import type { MessageView } from './wording/message-view.ts';

/** What a message looks like, for people who write the text of a channel. */
export interface ShownMessage {
  /** Subject of a mail, title of a card; null where there is none. */
  title: string | null;
  /** Plain text as a reader sees it. */
  text: string;
  html: string | null;
  /** Body that would be posted; null for mail. */
  body: Record<string, unknown> | null;
}

/** What knows one way to reach people: how a message looks there, and how it gets there. */
export interface Notifier<C extends ChannelConfig> {
  /** Shows a message as it would go out. */
  show(message: OutgoingMessage, view: MessageView): ShownMessage;
  /**
   * Tries to send a message, once. Faults of the other end and of the way to it are results.
   * @throws what is a fault of our own
   */
  send(config: C, message: OutgoingMessage, view: MessageView, signal: AbortSignal): Promise<SendResult>;
}
