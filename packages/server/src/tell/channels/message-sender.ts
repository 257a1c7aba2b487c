import type { ChannelConfig, ChannelType } from '@stratora/contract';
import type { SendResult } from '@stratora/notifier';
import { errorMessage, type Logger } from '@stratora/runtime';
import type { TextTemplate } from '../../judge/summary-text/index.ts';
import type { RecordSealer } from '../../platform/secrets/index.ts';
import type { Channel, ChannelSender, OnCallMail } from './channel.ts';
import type { MailNotifier } from './mail/mail-notifier.ts';
import type { OutgoingMessage } from './notice.ts';
import type { Notifier } from './notifier.ts';
import { viewOf } from './wording/message-view.ts';
import { readNoticeText } from './wording/notice-text.ts';

/** The notifiers by the type of their channels. */
export type Notifiers = Readonly<Record<Exclude<ChannelType, 'email'>, Notifier<ChannelConfig>>> & {
  readonly email: MailNotifier;
};

export interface MessageSenderOptions {
  notifiers: Notifiers;
  sealer: RecordSealer;
  logger: Logger;
}

/** The sender of messages: words them for their channel and hands them to its notifier. */
export class MessageSender implements ChannelSender {
  readonly #notifiers: Notifiers;
  readonly #sealer: RecordSealer;
  readonly #logger: Logger;

  constructor({ notifiers, sealer, logger }: MessageSenderOptions) {
    this.#notifiers = notifiers;
    this.#sealer = sealer;
    this.#logger = logger;
  }

  async send(way: Channel | OnCallMail, message: OutgoingMessage, signal: AbortSignal): Promise<SendResult> {
    try {
      const view = viewOf(message, way.type === 'on_call' ? null : templateOf(way.text));
      const result =
        way.type === 'on_call'
          ? await this.#notifiers.email.send(undefined, message, view, signal)
          : await this.#byChannel(way, message, view, signal);
      return result.ok && view.failure !== null ? withWarning(result.detail, view.failure) : result;
    } catch (error) {
      this.#logger.error({ err: error, key: message.key, type: way.type }, 'message not sent');
      return fault('The server could not make or send the message; its log says why.');
    }
  }

  async #byChannel(
    channel: Channel,
    message: OutgoingMessage,
    view: ReturnType<typeof viewOf>,
    signal: AbortSignal,
  ): Promise<SendResult> {
    const { id, type, sealed } = channel;
    if (type === 'email') return this.#notifiers.email.send(undefined, message, view, signal);
    let config: ChannelConfig;
    try {
      config = this.#sealer.open({ id, type, ...sealed }) as ChannelConfig;
    } catch (error) {
      this.#logger.error({ channel: id, reason: errorMessage(error) }, 'channel cannot be opened');
      return fault(
        'The config of the channel cannot be opened with the credential keys of this server; give it anew.',
      );
    }
    return this.#notifiers[type].send(config, message, view, signal);
  }
}

function templateOf(text: string | null): TextTemplate | null {
  const read = text === null ? undefined : readNoticeText(text);
  return read?.ok === true ? read.template : null;
}

function withWarning(detail: string, failure: string): SendResult {
  return {
    ok: true,
    detail: `${detail} The channel's own text could not be rendered, so that the built-in one went out: ${failure}`,
  };
}

function fault(message: string): SendResult {
  return { ok: false, reason: 'internal_fault', message, isFinal: false };
}
