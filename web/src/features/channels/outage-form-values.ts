import type { ChannelType, NotificationChannel, OutageNoticeSetting } from '@stratora/contract';

export interface OutageFormValues {
  /** Whether collectors tell at all. */
  readonly is_set: boolean;
  /** Minutes as people type them. */
  readonly minutes: string;
  readonly channel_ids: readonly string[];
  /** Empty: all collectors tell. */
  readonly collector_ids: readonly string[];
}

const USUAL_SECONDS = 300;

/** The values of the form; channels and collectors that are gone are left out. */
export function toOutageForm(
  setting: OutageNoticeSetting | null,
  known: { channels: readonly { id: string }[]; collectors: readonly { id: string }[] },
): OutageFormValues {
  const among = (ids: readonly string[], list: readonly { id: string }[]) =>
    ids.filter((id) => list.some((one) => one.id === id));
  return {
    is_set: setting !== null,
    minutes: String((setting?.after_seconds ?? USUAL_SECONDS) / 60),
    channel_ids: among(setting?.channel_ids ?? [], known.channels),
    collector_ids: among(setting?.collector_ids ?? [], known.collectors),
  };
}

export function toOutageBody(values: OutageFormValues): OutageNoticeSetting | null {
  if (!values.is_set) return null;
  return {
    after_seconds: secondsOf(values.minutes),
    channel_ids: [...values.channel_ids],
    collector_ids: values.collector_ids.length === 0 ? null : [...values.collector_ids],
  };
}

/** Seconds of minutes as people type them: "5", "0.5", "1,5"; not a number where they are none. */
export function secondsOf(minutes: string): number {
  const text = minutes.trim().replace(',', '.');
  return /^\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * 60) : Number.NaN;
}

/** What is wrong with the minutes; undefined where nothing is. */
export function minutesFault(minutes: string): string | undefined {
  const seconds = secondsOf(minutes);
  if (Number.isNaN(seconds)) return 'Enter minutes, such as 5';
  return seconds >= 10 && seconds <= 86_400 ? undefined : 'Between 10 seconds and a day';
}

const TYPES: ReadonlySet<ChannelType> = new Set(['email', 'webhook']);

/** The channels by which a collector can tell: a collector has no chats. */
export function outageChannels(channels: readonly NotificationChannel[]): readonly NotificationChannel[] {
  return channels.filter(({ type }) => TYPES.has(type));
}
