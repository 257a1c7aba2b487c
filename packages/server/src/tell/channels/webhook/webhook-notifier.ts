import { createHmac } from 'node:crypto';
import type { WebhookConfig } from '@stratora/contract';
import type { OutgoingMessage, SendResult } from '../notice.ts';
import type { Notifier, ShownMessage } from '../notifier.ts';
import type { Poster } from '../post/http-post.ts';
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

  async send(
    config: WebhookConfig,
    message: OutgoingMessage,
    view: MessageView,
    signal: AbortSignal,
  ): Promise<SendResult> {
    const body = JSON.stringify(webhookBody(message, view));
    const { url, headers, signing_secret: secret } = config;
    const result = await this.#poster.post(
      {
        url,
        body,
        key: message.key,
        mayWrite: message.mayWrite,
        headers: {
          ...lowerCased(headers),
          ...(secret === null ? {} : { 'x-stratora-signature': signatureOf(body, secret) }),
        },
        secrets: [...Object.values(headers), ...(secret === null ? [] : [secret])],
      },
      signal,
    );
    return result.ok ? { ok: true, detail: `Accepted with ${result.answer.status}.` } : result;
  }
}

/** Signs a body: `sha256=` and the HMAC-SHA256 of its bytes in hexadecimal digits. */
export function signatureOf(body: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
