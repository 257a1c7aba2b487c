import type { ChannelType, EscalationTeam, NotificationChannel } from '@stratora/contract';
import { formatAgo } from '../../ui/format/time.ts';
import type { Tone } from '../../ui/tone.tsx';

export const CHANNEL_TYPE_OPTIONS = [
  { value: 'email', label: 'Mail', note: 'To one or more addresses, by your mail server' },
  { value: 'webhook', label: 'Webhook', note: 'Posts JSON to an address of yours, signed if you want' },
  { value: 'slack', label: 'Slack', note: 'By an incoming webhook of a Slack app' },
  { value: 'teams', label: 'Microsoft Teams', note: 'By a workflow that posts to a channel or chat' },
] as const satisfies readonly { value: ChannelType; label: string; note: string }[];

export function channelTypeName(type: ChannelType): string {
  return CHANNEL_TYPE_OPTIONS.find(({ value }) => value === type)?.label ?? type;
}

/** What stands in the place of a secret that is set; the server keeps what is there where it comes back. */
export const SECRET_MARK = '********';

/** The address that is posted to, with a mark for what of it is secret; empty for mail. */
export function addressOf(config: NotificationChannel['config']): string {
  return typeof config['url'] === 'string' ? config['url'] : '';
}

/** The addresses of a mail channel; the host of another. */
export function targetsOf({ type, config }: Pick<NotificationChannel, 'type' | 'config'>): readonly string[] {
  if (type === 'email') return Array.isArray(config['to']) ? config['to'].map(String) : [];
  const url = addressOf(config);
  return [/^https?:\/\/([^/?#]+)/i.exec(url)?.[1] ?? url].filter((host) => host !== '');
}

/** "oncall@example.com and 2 more". */
export function targetWords(channel: Pick<NotificationChannel, 'type' | 'config'>): string {
  const [first = '', ...more] = targetsOf(channel);
  return more.length === 0 ? first : `${first} and ${more.length} more`;
}

/** Lists the names of the teams that have a step by a channel; those that tell by all channels name none. */
export function namesOfTellers(
  teams: readonly Pick<EscalationTeam, 'name' | 'steps'>[],
  channelId: string,
): string[] {
  return teams
    .filter(({ steps }) => steps.some(({ channel_ids: ids = [] }) => ids.includes(channelId)))
    .map(({ name }) => name);
}

export interface ChannelState {
  readonly tone: Tone;
  /** "Accepted 3 min ago". */
  readonly text: string;
  /** Why nothing is accepted, in the words of the other end. */
  readonly why: string | undefined;
  /** For sorting: what needs somebody first. */
  readonly rank: number;
}

type Facts = Pick<NotificationChannel, 'enabled' | 'last_accepted_at' | 'last_failure'>;

/** Says whether a channel works, by what the other end last said. One that never delivered is not called good. */
export function channelState(
  { enabled, last_accepted_at: accepted, last_failure: failure }: Facts,
  nowMs: number,
) {
  const ago = (time: string) => formatAgo(Date.parse(time), nowMs).replace(/^now$/, 'just now');
  if (!enabled) return state('neutral', 'Switched off', undefined, 3);
  if (failure !== null) {
    const last = accepted === null ? 'nothing was ever accepted' : `last accepted ${ago(accepted)}`;
    return state('bad', `Failed ${ago(failure.at)}, ${last}`, failure.message || failure.reason, 0);
  }
  if (accepted === null) return state('hatched', 'Never delivered yet', undefined, 1);
  return state('good', `Accepted ${ago(accepted)}`, undefined, 2);
}

function state(tone: Tone, text: string, why: string | undefined, rank: number): ChannelState {
  return { tone, text, why, rank };
}
