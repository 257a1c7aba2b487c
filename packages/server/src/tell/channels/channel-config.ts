import {
  CHANNEL_CONFIGS,
  type ChannelConfig,
  type ChannelType,
  type ChatConfig,
  type EmailConfig,
  SECRET_MARK,
  type WebhookConfig,
} from '@stratora/contract';
import { type FieldFault, fieldFaults, plainWords } from '../../platform/http/index.ts';

/** Returns a config with a mark in the place of each secret, as it is shown. */
export function shownConfig(type: ChannelType, config: ChannelConfig): Record<string, unknown> {
  switch (type) {
    case 'email':
      return { ...config };
    case 'webhook': {
      const { url, headers, signing_secret } = config as WebhookConfig;
      return {
        url,
        headers: Object.fromEntries(Object.keys(headers).map((name) => [name, SECRET_MARK])),
        signing_secret: signing_secret === null ? null : SECRET_MARK,
      };
    }
    case 'slack':
    case 'teams':
      return { url: shownUrl((config as ChatConfig).url) };
  }
}

/** Lists whom a channel of this config writes to: addresses of mail, or the host that is posted to. */
export function recipientsOf(type: ChannelType, config: ChannelConfig): string[] {
  return type === 'email' ? (config as EmailConfig).to : [new URL((config as ChatConfig).url).host];
}

/** Returns scheme and host of an address whose rest is secret. */
function shownUrl(url: string): string {
  return `${new URL(url).origin}/${SECRET_MARK}`;
}

export type ReadConfig = { ok: true; config: ChannelConfig } | { ok: false; faults: FieldFault[] };

/**
 * Reads a config as a person gave it: a mark keeps the secret that is stored in its place. Secrets are kept for the host
 * alone for which they were given: whoever may write a channel shall not get to read them so.
 *
 * @param stored the config before; undefined for a new channel, and where it cannot be opened any more
 */
export function readConfig(
  type: ChannelType,
  given: Record<string, unknown>,
  stored: ChannelConfig | undefined,
): ReadConfig {
  const faults: FieldFault[] = [];
  const filled = type === 'email' ? given : withSecrets(type, given, stored, faults);
  const parsed = CHANNEL_CONFIGS[type].safeParse(filled, { error: plainWords });
  if (!parsed.success) faults.push(...fieldFaults(parsed.error, ['config']));
  return parsed.success && faults.length === 0 ? { ok: true, config: parsed.data } : { ok: false, faults };
}

function withSecrets(
  type: ChannelType,
  given: Record<string, unknown>,
  stored: ChannelConfig | undefined,
  faults: FieldFault[],
): Record<string, unknown> {
  if (type !== 'webhook') return withUrl(given, stored as ChatConfig | undefined, faults);
  return new WebhookSecrets(given, stored as WebhookConfig | undefined, faults).filled();
}

function withUrl(
  given: Record<string, unknown>,
  stored: ChatConfig | undefined,
  faults: FieldFault[],
): Record<string, unknown> {
  const { url } = given;
  if (typeof url !== 'string' || !url.includes(SECRET_MARK)) return given;
  if (stored !== undefined && url === shownUrl(stored.url)) return { ...given, url: stored.url };
  faults.push({ path: 'config.url', message: 'must be given whole, since it is not the one that is set' });
  return given;
}

/** The secrets of a webhook as they are filled in. */
class WebhookSecrets {
  readonly #given: Record<string, unknown>;
  readonly #stored: WebhookConfig | undefined;
  readonly #faults: FieldFault[];
  readonly #isSameHost: boolean;

  constructor(given: Record<string, unknown>, stored: WebhookConfig | undefined, faults: FieldFault[]) {
    this.#given = given;
    this.#stored = stored;
    this.#faults = faults;
    this.#isSameHost = stored === undefined || originOf(given['url']) === originOf(stored.url);
  }

  filled(): Record<string, unknown> {
    const { headers, signing_secret: secret } = this.#given;
    return {
      ...this.#given,
      ...(isRecord(headers) ? { headers: this.#filledHeaders(headers) } : {}),
      ...(secret === SECRET_MARK
        ? { signing_secret: this.#kept('config.signing_secret', this.#stored?.signing_secret) }
        : {}),
    };
  }

  #filledHeaders(headers: Record<string, unknown>): Record<string, unknown> {
    const known = new Map(
      Object.entries(this.#stored?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    );
    return Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        value === SECRET_MARK ? this.#kept(`config.headers.${name}`, known.get(name.toLowerCase())) : value,
      ]),
    );
  }

  #kept(path: string, secret: string | null | undefined): string {
    if (secret == null) this.#faults.push({ path, message: 'is not set, so that it cannot stay' });
    else if (!this.#isSameHost) this.#faults.push({ path, message: 'must be given anew for another host' });
    return secret ?? SECRET_MARK;
  }
}

function originOf(url: unknown): string | undefined {
  return typeof url === 'string' ? URL.parse(url)?.origin : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
