import type { ChannelType, CreateChannel, NotificationChannel, UpdateChannel } from '@stratora/contract';
import { SECRET_MARK } from './channel-words.ts';

/** A header of a webhook; the value of one that is kept is not known here. */
export interface HeaderValues {
  readonly name: string;
  readonly value: string;
  readonly is_kept: boolean;
}

/** The fields of the form. Numbers are text, as people type them. */
export interface ChannelFormValues {
  readonly name: string;
  readonly type: ChannelType;
  readonly enabled: boolean;
  /** Empty: the built-in text. */
  readonly text: string;
  readonly max_per_minute: string;
  readonly config: {
    /** One address a line; commas and semicolons part them, too. */
    readonly to: string;
    readonly url: string;
    readonly headers: readonly HeaderValues[];
    readonly signing_secret: string;
  };
  /** Whether the address of a chat stays the one that is set. */
  readonly keeps_url: boolean;
  /** Whether the signing secret stays the one that is set. */
  readonly keeps_secret: boolean;
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

/** The start of the form: a channel as it is, or a new one. */
export function toChannelForm(channel: NotificationChannel | undefined): ChannelFormValues {
  const config = channel?.config ?? {};
  const url = textOf(config['url']);
  const headers = Object.entries((config['headers'] as Record<string, unknown> | undefined) ?? {});
  return {
    name: channel?.name ?? '',
    type: channel?.type ?? 'email',
    enabled: channel?.enabled ?? true,
    text: channel?.text ?? '',
    max_per_minute: String(channel?.max_per_minute ?? 60),
    config: {
      to: Array.isArray(config['to']) ? config['to'].join('\n') : '',
      url,
      headers: headers.map(([name, value]) => ({
        name,
        value: value === SECRET_MARK ? '' : textOf(value),
        is_kept: value === SECRET_MARK,
      })),
      signing_secret: '',
    },
    keeps_url: url.includes(SECRET_MARK),
    keeps_secret: config['signing_secret'] === SECRET_MARK,
  };
}

/** The addresses in a field. */
export function readAddresses(text: string): readonly string[] {
  return text.split(/[\s,;]+/).filter((address) => address !== '');
}

/** What the form says of the way to the other end, as its type has it. */
function toConfig({ type, config, keeps_url, keeps_secret }: ChannelFormValues, kept: unknown) {
  // An address with the mark in it stays the one that is set.
  const url = keeps_url ? textOf(kept) : config.url.trim();
  switch (type) {
    case 'email':
      return { to: readAddresses(config.to) };
    case 'webhook':
      return {
        url,
        headers: Object.fromEntries(
          config.headers
            .filter(({ name }) => name.trim() !== '')
            .map(({ name, value, is_kept }) => [name.trim(), is_kept ? SECRET_MARK : value]),
        ),
        signing_secret: keeps_secret
          ? SECRET_MARK
          : config.signing_secret === ''
            ? null
            : config.signing_secret,
      };
    case 'slack':
    case 'teams':
      return { url };
  }
}

function toCommon(values: ChannelFormValues) {
  return {
    name: values.name.trim(),
    enabled: values.enabled,
    text: toChannelText(values.text),
    max_per_minute: Number(values.max_per_minute.trim()),
  };
}

/** The text to send; null: the built-in one. */
export function toChannelText(text: string): string | null {
  return text.trim() === '' ? null : text;
}

export function toNewChannel(values: ChannelFormValues): CreateChannel {
  return { ...toCommon(values), type: values.type, config: toConfig(values, undefined) } as CreateChannel;
}

export function toChannelChange(values: ChannelFormValues, channel: NotificationChannel): UpdateChannel {
  return { ...toCommon(values), config: toConfig(values, channel.config['url']) };
}
