import type { MailServer, OutageChannel, OutageOrders } from '@stratora/contract';
import { type Clock, errorMessage, OutboundGuard } from '@stratora/runtime';
import type { Telling } from './outage-record.ts';
import type { OutageMessage } from './outage-words.ts';

export interface MessengerOptions {
  /** Networks that may be reached although they are refused otherwise. */
  allow: readonly string[];
  version: string;
  clock: Clock;
}

/** What became of a try. */
export interface TryResult {
  isAccepted: boolean;
  /** Whether another try is of no use. */
  isFinal: boolean;
  message: string;
  /** Milliseconds for which the other end wants to be left alone. */
  retryAfterMs: number;
}

/** A try to send a message to one recipient. */
export interface Sending {
  telling: Telling;
  message: OutageMessage;
  /** Keys of the earlier messages to this recipient. */
  threadKeys: readonly string[];
  /** Says right before the message is written whether it still is true. */
  mayWrite: () => boolean;
}

/** The sender of a collector's own messages. What sends is loaded when there is something to send: it seldom is. */
export class OutageMessenger {
  readonly #options: MessengerOptions;
  readonly #guard: OutboundGuard;

  constructor(options: MessengerOptions) {
    this.#options = options;
    this.#guard = new OutboundGuard({ allow: options.allow, refusal });
  }

  /** Tries to send, once; it ends within 30 s, or with the signal. It never throws. */
  async send(orders: OutageOrders, sending: Sending, signal: AbortSignal): Promise<TryResult> {
    const channel = orders.channels.find(({ id }) => id === sending.telling.channel_id);
    if (channel === undefined) return given('The channel is not one of the orders any more.');
    try {
      const result =
        channel.type === 'email'
          ? await this.#mail(orders, sending, signal)
          : await this.#post(channel, sending, signal);
      if (result.ok) return { isAccepted: true, isFinal: true, message: result.detail, retryAfterMs: 0 };
      const { message, isFinal, retryAfterMs = 0 } = result;
      return { isAccepted: false, isFinal, message, retryAfterMs };
    } catch (error) {
      return given(`The collector could not make or send the message: ${errorMessage(error)}`);
    }
  }

  async #mail(orders: OutageOrders, sending: Sending, signal: AbortSignal) {
    const { MailSender } = await import('@stratora/notifier');
    const { telling, message, threadKeys, mayWrite } = sending;
    const sender = new MailSender({
      guard: this.#guard,
      mailServer: (): MailServer | undefined => orders.mail_server ?? undefined,
      publicOrigin: () => orders.server_origin,
      now: () => new Date(this.#options.clock.now()),
    });
    try {
      const mail = {
        key: telling.key,
        recipient: telling.recipient,
        threadKeys,
        subject: message.title,
        text: message.text,
        headers: { 'X-Stratora-Event': `server_${telling.event}` },
        mayWrite,
      };
      return await sender.send(mail, signal);
    } finally {
      sender.close();
    }
  }

  async #post(
    { config }: Extract<OutageChannel, { type: 'webhook' }>,
    { telling: { key }, message, mayWrite }: Sending,
    signal: AbortSignal,
  ) {
    const { Poster, postWebhook } = await import('@stratora/notifier');
    const { version, clock } = this.#options;
    const poster = new Poster({ guard: this.#guard, version, now: () => new Date(clock.now()) });
    return postWebhook(poster, config, { key, body: message.body, mayWrite }, signal);
  }
}

function given(message: string): TryResult {
  return { isAccepted: false, isFinal: true, message, retryAfterMs: 0 };
}

function refusal(address: string): string {
  return `Calls from this collector to ${address} are refused, as to all loopback, link-local and multicast addresses. STRATORA_OUTBOUND_ALLOW of the collector names networks that may be reached all the same.`;
}
