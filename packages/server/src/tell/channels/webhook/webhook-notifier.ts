import type { WebhookConfig } from '@stratora/contract';
import { type Poster, postWebhook, type SendResult } from '@stratora/notifier';
import type { OutgoingMessage } from '../notice.ts';
import type { Notifier, ShownMessage } from '../notifier.ts';
import type { MessageView } from '../wording/message-view.ts';
import { webhookBody } from './webhook-body.ts';

/** The notifier that posts alerts to programs of other people. */
export class WebhookNotifier implements Notifier<WebhookConfig> {
  readonly #poster: Poster;

  constructor(poster: Poster) {
    this.#poster = poster;
  }

  show(message: OutgoingMessage, view: MessageView): ShownMessage {
    const body = webhookBody(message, view);
    return { title: null, text: JSON.stringify(body, null, 2), html: null, body };
  }

  send(
    config: WebhookConfig,
    message: OutgoingMessage,
    view: MessageView,
    signal: AbortSignal,
  ): Promise<SendResult> {
    const { key, mayWrite } = message;
    return postWebhook(this.#poster, config, { key, mayWrite, body: webhookBody(message, view) }, signal);
  }
}
