import type { EmailConfig } from '@stratora/contract';
import { MailSender, type MailSenderOptions, type SendResult, subjectLine } from '@stratora/notifier';
import type { OutgoingMessage } from '../notice.ts';
import type { Notifier, ShownMessage } from '../notifier.ts';
import type { MessageView } from '../wording/message-view.ts';
import { plainMessage } from '../wording/plain-message.ts';
import { mailHtml } from './mail-html.ts';
import { mailOf } from './mail-message.ts';

/** The notifier that sends mail, to one recipient each. */
export class MailNotifier implements Notifier<EmailConfig> {
  readonly #sender: MailSender;

  constructor(options: MailSenderOptions) {
    this.#sender = new MailSender(options);
  }

  show(_message: OutgoingMessage, view: MessageView): ShownMessage {
    return { title: subjectLine(view.title), text: plainMessage(view), html: mailHtml(view), body: null };
  }

  /** Sends a mail to the recipient of the message, who need not be one of a channel. */
  send(
    _config: EmailConfig | undefined,
    message: OutgoingMessage,
    view: MessageView,
    signal: AbortSignal,
  ): Promise<SendResult> {
    return this.#sender.send(mailOf(message, view), signal);
  }

  /** Ends the connections that rest. */
  close(): void {
    this.#sender.close();
  }
}
