import { createHmac } from 'node:crypto';
import type { WebhookConfig } from '@stratora/contract';
import type { SendResult } from '../send-result.ts';
import type { Poster } from './http-post.ts';

/** A message to a program of other people. */
export interface WebhookPost {
  /** Idempotency key of the message. */
  key: string;
  body: Record<string, unknown>;
  mayWrite?: (() => boolean) | undefined;
}

/** Posts a message to a webhook, signed where it has a secret, once. */
export async function postWebhook(
  poster: Poster,
  { url, headers, signing_secret: secret }: WebhookConfig,
  post: WebhookPost,
  signal: AbortSignal,
): Promise<SendResult> {
  const body = JSON.stringify(post.body);
  const result = await poster.post(
    {
      url,
      body,
      key: post.key,
      mayWrite: post.mayWrite,
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

/** Signs a body: `sha256=` and the HMAC-SHA256 of its bytes in hexadecimal digits. */
export function signatureOf(body: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
