import { z } from 'zod';
import { idSchema, timeSchema } from './field.ts';
import { listOf, listQuerySchema } from './list.ts';

/**
 * Why a notice goes out. `changed`: the severity rose; `reminder`: a maintenance window is about to end.
 */
export const DELIVERY_EVENTS = [
  'triggered',
  'changed',
  'escalated',
  'repeated',
  'resolved',
  'reminder',
  'test',
] as const;
export const deliveryEventSchema = z.enum(DELIVERY_EVENTS);
export type DeliveryEvent = z.infer<typeof deliveryEventSchema>;

/**
 * States of a delivery. `sent`: the other end accepted it, which does not say that anybody saw it; `skipped`: there was
 * nobody to send to; `merged`: it was overtaken before it could go out, or stands within another message.
 */
export const DELIVERY_STATES = ['queued', 'sent', 'failed', 'skipped', 'merged'] as const;
export const deliveryStateSchema = z.enum(DELIVERY_STATES);
export type DeliveryState = z.infer<typeof deliveryStateSchema>;

/** Reasons of a delivery that did not go out (yet): a closed set. */
export const DELIVERY_REASONS = [
  'timeout',
  'connection_failed',
  'name_not_found',
  'tls_failed',
  'address_refused',
  'login_failed',
  'rate_limited',
  'server_busy',
  'rejected',
  'recipient_rejected',
  'too_large',
  'no_mail_server',
  'channel_disabled',
  'channel_deleted',
  'no_address',
  'nobody_on_call',
  'member_disabled',
  'no_channel',
  'resolved_before',
  'grouped',
  'no_longer_relevant',
  'tried_too_often',
  'internal_fault',
] as const;
export const deliveryReasonSchema = z.enum(DELIVERY_REASONS);
export type DeliveryReason = z.infer<typeof deliveryReasonSchema>;

export const deliverySchema = z.object({
  id: idSchema,
  /** Null for a test, and for a reminder. */
  alert_id: idSchema.nullable(),
  alert_summary: z.string().nullable(),
  node_id: idSchema.nullable(),
  node_name: z.string().nullable(),
  event: deliveryEventSchema,
  /** Number of the team's step, from 0; 0 also where there is no team. */
  step: z.int(),
  team_id: idSchema.nullable(),
  team_name: z.string().nullable(),
  /** Null for a person who is on call, who is told by mail. */
  channel_id: idSchema.nullable(),
  channel_name: z.string(),
  /** An address of mail; for other types the host that is posted to. */
  recipient: z.string(),
  state: deliveryStateSchema,
  attempts: z.int(),
  /** Why it has not gone out, or was not sent at all; null once it was sent. */
  reason: deliveryReasonSchema.nullable(),
  /** The reason in words, with what the other end said. */
  message: z.string().nullable(),
  created_at: timeSchema,
  /** When it is tried next; null where it is over. */
  next_attempt_at: timeSchema.nullable(),
  sent_at: timeSchema.nullable(),
  /** Goes out as `Idempotency-Key`, in mail as `Message-ID`; the same for each try, and for all of one message. */
  idempotency_key: z.string(),
});
export type Delivery = z.infer<typeof deliverySchema>;
export const deliveryListSchema = listOf(deliverySchema);
/** `GET /deliveries`. Newest first by default. */
export const deliveryListQuerySchema = listQuerySchema.extend({
  alert_id: idSchema.optional(),
  channel_id: idSchema.optional(),
  team_id: idSchema.optional(),
  event: deliveryEventSchema.optional(),
  state: deliveryStateSchema.optional(),
});
export type DeliveryListQuery = z.infer<typeof deliveryListQuerySchema>;
