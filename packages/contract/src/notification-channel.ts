/**
 * Notification channels: ways by which people, and other systems, hear of alerts.
 *
 * **Secrets never come back.** Where one is set, `GET` shows `SECRET_MARK` in its place: the signing secret and the header
 * values of a webhook, and what follows the host in the address of Slack and Teams. A `PUT` or `PATCH` that holds the
 * mark keeps what is there.
 */
import { z } from 'zod';
import { idSchema, nameSchema, timeSchema } from './field.ts';
import { listOf, listQuerySchema } from './list.ts';
import { replacementOf } from './replacement.ts';

export const CHANNEL_TYPES = ['email', 'webhook', 'slack', 'teams'] as const;
export const channelTypeSchema = z.enum(CHANNEL_TYPES);
export type ChannelType = z.infer<typeof channelTypeSchema>;

export const MAIL_RECIPIENTS_MAX = 50;
export const WEBHOOK_HEADERS_MAX = 20;
/** Most characters of a channel's own text. */
export const CHANNEL_TEXT_MAX = 2000;

/** An address of mail, as `user@host`, without a name before it (RFC 5321 section 4.1.2, without quoted local parts). */
export const mailAddressSchema = z
  .string()
  .trim()
  .max(254)
  .regex(
    /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$/,
    'must be an address such as oncall@example.com',
  )
  .refine((text) => text.lastIndexOf('@') <= 64, 'has more than 64 characters before the @');

// oxlint-disable-next-line no-control-regex -- refusing control characters is the point
const WEB_ADDRESS = /^https?:\/\/[^\u0000-\u0020\u007f\\/?#]+[^\u0000-\u0020\u007f\\]*$/i;
/** An address to which is posted, used as it is given, never written anew. */
export const postAddressSchema = z
  .string()
  .max(2048)
  .refine((text) => WEB_ADDRESS.test(text) && URL.canParse(text), 'must begin with https:// or http://')
  .refine((text) => !/^https?:\/\/[^/?#]*@/i.test(text), 'must not hold a user name or password');

/** Names of headers that the sender sets itself. */
const OWN_HEADERS = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'idempotency-key',
  'keep-alive',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'x-stratora-signature',
]);
const headerNameSchema = z
  .string()
  .max(100)
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'is no name of a header')
  .refine((name) => !OWN_HEADERS.has(name.toLowerCase()), 'is set by the product itself');
const headerValueSchema = z
  .string()
  .max(2048)
  .regex(/^[\t\u0020-\u007e]*$/, 'may hold printable ASCII alone');

/** Whether no two headers have the same name, which is read apart from case. */
function hasEachOnce(headers: Record<string, string>): boolean {
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  return new Set(names).size === names.length;
}

export const emailConfigSchema = z.strictObject({
  to: z
    .array(mailAddressSchema)
    .min(1, 'needs an address')
    .max(MAIL_RECIPIENTS_MAX)
    .refine((to) => new Set(to.map((one) => one.toLowerCase())).size === to.length, 'names an address twice'),
});
export const webhookConfigSchema = z.strictObject({
  url: postAddressSchema,
  headers: z
    .record(headerNameSchema, headerValueSchema)
    .refine((headers) => Object.keys(headers).length <= WEBHOOK_HEADERS_MAX, 'has too many headers')
    .refine(hasEachOnce, 'names a header twice')
    .default({}),
  /** Key of the HMAC-SHA256 of the body, which goes out as `X-Stratora-Signature: sha256=<hex>`; null: none. */
  signing_secret: z.string().min(8, 'must have at least 8 characters').max(1024).nullable().default(null),
});
export const chatConfigSchema = z.strictObject({ url: postAddressSchema });

/** Shape of `config` by type, as people write it. */
export const CHANNEL_CONFIGS = {
  email: emailConfigSchema,
  webhook: webhookConfigSchema,
  slack: chatConfigSchema,
  teams: chatConfigSchema,
} as const;
export type EmailConfig = z.infer<typeof emailConfigSchema>;
export type WebhookConfig = z.infer<typeof webhookConfigSchema>;
export type ChatConfig = z.infer<typeof chatConfigSchema>;
export type ChannelConfig = EmailConfig | WebhookConfig | ChatConfig;

const common = {
  name: nameSchema(100),
  enabled: z.boolean(),
  /** Text of a notice, with `{{ $summary }}` and the like; null: the built-in one. */
  text: z.string().max(CHANNEL_TEXT_MAX).nullable(),
  /** Most messages a minute; what is over waits, and goes out together. */
  max_per_minute: z.int().min(1).max(60_000),
};
const writtenCommon = {
  name: common.name,
  enabled: common.enabled.default(true),
  text: common.text.default(null),
  max_per_minute: common.max_per_minute.default(60),
};
/** `POST /notification-channels`. */
export const createChannelSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...writtenCommon, type: z.literal('email'), config: emailConfigSchema }),
  z.strictObject({ ...writtenCommon, type: z.literal('webhook'), config: webhookConfigSchema }),
  z.strictObject({ ...writtenCommon, type: z.literal('slack'), config: chatConfigSchema }),
  z.strictObject({ ...writtenCommon, type: z.literal('teams'), config: chatConfigSchema }),
]);
export type CreateChannel = z.infer<typeof createChannelSchema>;

/** `PATCH /notification-channels/{id}`: what is absent stays; a `config` replaces the old one and must fit the type. */
export const updateChannelSchema = z
  .strictObject({ ...common, config: z.record(z.string(), z.unknown()) })
  .partial();
export type UpdateChannel = z.infer<typeof updateChannelSchema>;

export const channelSchema = z.object({
  id: idSchema,
  name: z.string(),
  type: channelTypeSchema,
  enabled: z.boolean(),
  text: z.string().nullable(),
  max_per_minute: z.int(),
  /** As it was written, with `SECRET_MARK` for what is secret. */
  config: z.record(z.string(), z.unknown()),
  /** When a message was last accepted at the other end; null: it never was, the channel is unproven. */
  last_accepted_at: timeSchema.nullable(),
  /** The newest failure; null where a message was accepted since. */
  last_failure: z.object({ at: timeSchema, reason: z.string(), message: z.string() }).nullable(),
  /** Deliveries that wait for it. */
  queued_count: z.int(),
  created_at: timeSchema,
  updated_at: timeSchema,
});
export type NotificationChannel = z.infer<typeof channelSchema>;
export const channelListSchema = listOf(channelSchema);
export const channelListQuerySchema = listQuerySchema.extend({
  type: channelTypeSchema.optional(),
  enabled: z.enum(['true', 'false']).optional(),
});
export type ChannelListQuery = z.infer<typeof channelListQuerySchema>;

/** `PUT /notification-channels/{id}`; the type stays always. */
export const replaceChannelSchema = replacementOf(
  {
    ...writtenCommon,
    type: channelTypeSchema.optional(),
    config: z.record(z.string(), z.unknown()),
  },
  channelSchema,
);
export type ReplaceChannel = z.infer<typeof replaceChannelSchema>;

/** `POST /notification-channels/{id}/test`: 202; what became of it is at `/deliveries`. */
export const channelTestAnswerSchema = z.object({ delivery_id: idSchema });

/** `POST /notification-channels/preview`: what sample notices would look like; nothing is sent. */
export const previewChannelSchema = z.strictObject({
  type: channelTypeSchema,
  text: common.text.default(null),
});
export const channelPreviewSchema = z.object({
  items: z.array(
    z.object({
      event: z.string(),
      /** Subject of a mail, title of a card; null where there is none. */
      title: z.string().nullable(),
      /** Plain text as a reader sees it. */
      text: z.string(),
      /** HTML of a mail; null for other types. */
      html: z.string().nullable(),
      /** Body that would be posted; null for mail. */
      body: z.record(z.string(), z.unknown()).nullable(),
      /** Why the built-in text stands here; null where it is as meant. */
      failure: z.string().nullable(),
    }),
  ),
});
export type ChannelPreview = z.infer<typeof channelPreviewSchema>;
