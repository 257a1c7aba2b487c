/**
 * Outage notices: what a collector tells people by itself while it cannot reach the server. What it needs for that it
 * fetches while it can (the *orders*), and what it told it reports afterwards.
 */
import { z } from 'zod';
import { idSchema, timeSchema } from './field.ts';
import { type MailServer, mailServerSchema } from './mail-server.ts';
import { emailConfigSchema, webhookConfigSchema } from './notification-channel.ts';

/** Most channels, and most collectors, that the setting names. */
export const OUTAGE_CHANNELS_MAX = 20;
export const OUTAGE_COLLECTORS_MAX = 1000;

/** The types of channels that collectors tell by. */
export const OUTAGE_CHANNEL_TYPES = ['email', 'webhook'] as const;
export type OutageChannelType = (typeof OUTAGE_CHANNEL_TYPES)[number];

const distinctIds = (max: number) =>
  z
    .array(idSchema)
    .max(max)
    .refine((ids) => new Set(ids).size === ids.length, 'names one twice');

/** The setting of outage notices, as people write it. */
export const outageNoticeSettingSchema = z.strictObject({
  /** Seconds without an answer of the server after which a collector tells. */
  after_seconds: z.int().min(10).max(86_400).default(300),
  /** Channels of mail and webhooks by which it tells. */
  channel_ids: distinctIds(OUTAGE_CHANNELS_MAX).min(1, 'needs a channel'),
  /** The collectors that tell; null: all of them. */
  collector_ids: distinctIds(OUTAGE_COLLECTORS_MAX).min(1, 'needs a collector').nullable().default(null),
});
export type OutageNoticeSetting = z.infer<typeof outageNoticeSettingSchema>;

const channelCommon = { id: idSchema, name: z.string() };
/** A channel with its secrets, for the collectors that tell by it. */
export const outageChannelSchema = z.discriminatedUnion('type', [
  z.object({ ...channelCommon, type: z.literal('email'), config: emailConfigSchema }),
  z.object({ ...channelCommon, type: z.literal('webhook'), config: webhookConfigSchema }),
]);
export type OutageChannel = z.infer<typeof outageChannelSchema>;

/** What a collector needs to tell of an outage by itself. Holds secrets. */
export interface OutageOrders {
  after_seconds: number;
  /** Seconds after which it says again that the server is away. */
  repeat_seconds: number;
  /** Id and name of the collector itself. */
  collector: { id: string; name: string };
  /** The address by which people reach the server. */
  server_origin: string;
  /** At least one. */
  channels: OutageChannel[];
  /** The mail server with its password; null where no channel is of mail, or there is none. */
  mail_server: MailServer | null;
}
export const outageOrdersSchema = z.object({
  after_seconds: z.int(),
  repeat_seconds: z.int(),
  collector: z.object({ id: idSchema, name: z.string() }),
  server_origin: z.string(),
  channels: z.array(outageChannelSchema),
  mail_server: mailServerSchema.nullable(),
});

/** `GET /remote-collectors/{id}/outage-orders`: null where this collector is to tell nobody. */
export const outageOrdersAnswerSchema = z.object({ orders: outageOrdersSchema.nullable() });

/** What a message of a collector says: the server is away, still is, is back. */
export const OUTAGE_EVENTS = ['away', 'still_away', 'back'] as const;
export type OutageEvent = (typeof OUTAGE_EVENTS)[number];

/** What became of a message: `dropped` was overtaken by what came after it. */
export const OUTAGE_TELLING_STATES = ['waiting', 'accepted', 'failed', 'dropped'] as const;
export type OutageTellingState = (typeof OUTAGE_TELLING_STATES)[number];

/** A time as a collector writes it; times before 1970 are those of a clock that was never set. */
const time = z.iso.datetime().refine((text) => Date.parse(text) >= 0, 'is before 1970');
/** Most messages of one outage that are reported: the newest. */
export const OUTAGE_TELLINGS_MAX = 500;

/** A message to one recipient, as the collector reports it. */
export const outageTellingSchema = z.object({
  event: z.enum(OUTAGE_EVENTS),
  channel_id: idSchema,
  channel_name: z.string().max(400),
  recipient: z.string().max(400),
  state: z.enum(OUTAGE_TELLING_STATES),
  attempts: z.int().min(0).max(1_000_000),
  /** When it arose. */
  created_at: time,
  /** When the last try ended; null: it was not tried. */
  tried_at: time.nullable(),
  /** What the other end said, or why it did not take it; empty where it was not tried. */
  message: z.string().max(4096),
});
export type OutageTelling = z.infer<typeof outageTellingSchema>;

/** `POST /remote-collectors/{id}/outages`: 204. The same outage may be reported again, with what became of it since. */
export const outageReportSchema = z.object({
  /** Made up by the collector. */
  id: idSchema,
  /** When the server was last heard. */
  began_at: time,
  ended_at: time,
  /** Why the server was not reached, in words. */
  last_error: z.string().max(4096),
  tellings: z.array(outageTellingSchema).max(OUTAGE_TELLINGS_MAX),
});
export type OutageReport = z.infer<typeof outageReportSchema>;

/**
 * Whether a collector tells of an outage: `off` nobody asked it to; `no_channel` it was asked, and none of the channels
 * can be used; `pending` it has not fetched the newest orders yet; `armed` it has them.
 */
export const OUTAGE_STANDINGS = ['off', 'no_channel', 'pending', 'armed'] as const;
export type OutageStanding = (typeof OUTAGE_STANDINGS)[number];

/** `GET /components/{id}/outage-notices`. */
export const outageNoticesSchema = z.object({
  standing: z.enum(OUTAGE_STANDINGS),
  /** Null where it is off. */
  after_seconds: z.int().nullable(),
  /** The channels by which it tells, without their secrets. */
  channels: z.array(
    z.object({
      id: idSchema,
      name: z.string(),
      type: z.enum(OUTAGE_CHANNEL_TYPES),
      /** Why nothing would go out by it; null where it would. */
      fault: z.string().nullable(),
    }),
  ),
  /** Since when it has the orders that it has; null where it never fetched any. */
  fetched_at: timeSchema.nullable(),
  /** The outages of which it told, newest first, 50 at most. */
  outages: z.array(
    z.object({
      id: idSchema,
      began_at: timeSchema,
      ended_at: timeSchema,
      last_error: z.string(),
      tellings: z.array(outageTellingSchema),
      reported_at: timeSchema,
    }),
  ),
});
export type OutageNotices = z.infer<typeof outageNoticesSchema>;
