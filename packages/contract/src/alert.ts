import { z } from 'zod';
import { alertScopeSchema, COMPARISONS } from './alert-definition.ts';
import { deliverySchema } from './delivery.ts';
import { idSchema, measuredValueSchema, noteSchema, timeSchema } from './field.ts';
import { listOf, listQuerySchema } from './list.ts';

/** Severities of an alert, mildest first. */
export const ALERT_SEVERITIES = ['info', 'warning', 'critical'] as const;
export const alertSeveritySchema = z.enum(ALERT_SEVERITIES);
export type AlertSeverity = z.infer<typeof alertSeveritySchema>;

export const ALERT_STATES = ['active', 'resolved'] as const;
export const alertStateSchema = z.enum(ALERT_STATES);
export type AlertState = z.infer<typeof alertStateSchema>;

/**
 * Reasons for which nobody is told of an active alert. `unreachable`: another alert says that the whole node is away;
 * `upstream`: a device before it is; `maintenance`: a window covers it; `flapping`: it comes and goes, and one notice
 * stands for all.
 */
export const HELD_REASONS = ['unreachable', 'upstream', 'maintenance', 'flapping'] as const;
export type HeldReason = (typeof HELD_REASONS)[number];
export const heldSchema = z.object({
  by: z.enum(HELD_REASONS),
  since: timeSchema,
  /** The alert that is the cause, and its node. */
  alert_id: idSchema.nullable(),
  node_id: idSchema.nullable(),
  /** The maintenance window. */
  window_id: idSchema.nullable(),
});
export type Held = z.infer<typeof heldSchema>;

export const acknowledgedSchema = z.object({
  at: timeSchema,
  by: z.string(),
  comment: z.string().nullable(),
});
export const mutedSchema = z.object({
  at: timeSchema,
  by: z.string(),
  /** Null: until the alert resolves. */
  until: timeSchema.nullable(),
});

/**
 * An alert. It outlives its node, its component and its definition, and keeps what they were called and what was judged.
 * An alert with neither a node nor a component is about the system itself.
 */
export const alertSchema = z.object({
  id: idSchema,
  state: alertStateSchema,
  severity: alertSeveritySchema,
  node_id: idSchema.nullable(),
  node_name: z.string().nullable(),
  component_id: idSchema.nullable(),
  component_name: z.string().nullable(),
  site_id: idSchema.nullable(),
  /** Null where the site is gone. */
  site_name: z.string().nullable(),
  /** The definition in force for the node, which may be one that overrides another. */
  definition_id: idSchema,
  /** The slug of the definition that is overridden by none; the alert key begins with it. */
  definition_slug: z.string(),
  definition_name: z.string(),
  /** At most one alert with the same key is active for a node: `slug` or `slug:instance`. */
  alert_key: z.string(),
  /** The disk, port, service or the like; empty where the alert is about the whole node. */
  instance: z.string(),
  labels: z.record(z.string(), z.string()),
  /** The value that was last judged; null where there was none. Written once a minute while nothing else changes. */
  value: measuredValueSchema.nullable(),
  /** The worst value since the alert began. */
  peak: measuredValueSchema.nullable(),
  value_at: timeSchema,
  threshold: z.number().nullable(),
  comparison: z.enum(COMPARISONS),
  unit: z.string().nullable(),
  summary: z.string(),
  query: z.string(),
  /** When the condition was first true. */
  started_at: timeSchema,
  triggered_at: timeSchema,
  resolved_at: timeSchema.nullable(),
  acknowledged: acknowledgedSchema.nullable(),
  muted: mutedSchema.nullable(),
  /** As in `muted`. */
  muted_until: timeSchema.nullable(),
  /** Why nobody is told of it; of a resolved alert, as it was at its end. */
  held: heldSchema.nullable(),
  /** How many active alerts this one holds, also by the outage of a node that it holds itself. */
  behind_count: z.int(),
  /** Since when it comes and goes; null while it is steady. */
  flapping_since: timeSchema.nullable(),
  /** How many times it came and went while it was flapping. */
  changes: z.int(),
});
export type Alert = z.infer<typeof alertSchema>;
export const alertListSchema = listOf(alertSchema);

const flagSchema = z.enum(['true', 'false']);
/** `GET /alerts`. Newest first by default. */
export const alertListQuerySchema = listQuerySchema.extend({
  state: alertStateSchema.optional(),
  severity: alertSeveritySchema.optional(),
  node_id: idSchema.optional(),
  component_id: idSchema.optional(),
  site_id: idSchema.optional(),
  group_id: idSchema.optional(),
  /** A definition, with all that override it. */
  definition_id: idSchema.optional(),
  acknowledged: flagSchema.optional(),
  held: flagSchema.optional(),
  muted: flagSchema.optional(),
});
export type AlertListQuery = z.infer<typeof alertListQuerySchema>;

export const ALERT_EVENTS = [
  'triggered',
  'severity_changed',
  'acknowledged',
  'unacknowledged',
  'muted',
  'unmuted',
  'held',
  'released',
  'flapping',
  'calm',
  'text_failed',
  'definition_changed',
  'resolved',
] as const;
export type AlertEventName = (typeof ALERT_EVENTS)[number];
export const alertTimelineEntrySchema = z.object({
  at: timeSchema,
  event: z.enum(ALERT_EVENTS),
  /** The user who did it; null where the server did. */
  actor: z.string().nullable(),
  /** Facts of the event: values, severities before and after, a comment. */
  detail: z.record(z.string(), z.unknown()),
});
export type AlertTimelineEntry = z.infer<typeof alertTimelineEntrySchema>;

/** An alert as others refer to it. */
export const alertReferenceSchema = alertSchema.pick({
  id: true,
  state: true,
  severity: true,
  node_id: true,
  node_name: true,
  summary: true,
});
export type AlertReference = z.infer<typeof alertReferenceSchema>;

/** `GET /alerts/{id}`. */
export const alertDetailSchema = alertSchema.extend({
  /** The scope that the definition had. */
  scope: alertScopeSchema,
  /** Seconds for which the condition had to hold before the alert was triggered. */
  duration_seconds: z.int(),
  runbook_url: z.string().nullable(),
  /** The first and the newest events, at most 500, oldest first. */
  timeline: z.array(alertTimelineEntrySchema),
  timeline_total: z.int(),
  /** Who was told, and who was not for which reason: the newest 200, newest first. */
  deliveries: z.array(deliverySchema),
  deliveries_total: z.int(),
  /** The alert by which this one is held. */
  cause: alertReferenceSchema.nullable(),
  /** The alerts that are held by this one: how many, and the worst 100 of them. */
  behind: z.object({ total: z.int(), items: z.array(alertReferenceSchema) }),
  links: z.object({
    /** Path of the node, and of the definition, in this API; null where it is gone. */
    node: z.string().nullable(),
    definition: z.string().nullable(),
    /** Range query that shows the value around the event; null where the condition is no expression. */
    chart: z
      .object({
        query: z.string(),
        from: timeSchema,
        /** Null: now. */
        to: timeSchema.nullable(),
      })
      .nullable(),
  }),
});
export type AlertDetail = z.infer<typeof alertDetailSchema>;

/** `GET /alerts/counts`: how many alerts are active. */
export const alertCountsSchema = z.object({
  active: z.int(),
  by_severity: z.object({ info: z.int(), warning: z.int(), critical: z.int() }),
  acknowledged: z.int(),
  muted: z.int(),
  held: z.int(),
  /** Those that nobody has taken on yet: neither acknowledged, nor muted, nor held. */
  open: z.int(),
});
export type AlertCounts = z.infer<typeof alertCountsSchema>;

/** A time to come, RFC 3339 with an offset. */
const untilSchema = z.iso.datetime({ offset: true });
export const acknowledgeAlertSchema = z.strictObject({ comment: noteSchema.nullable().optional() });
/** Absent or null: until the alert resolves. */
export const muteAlertSchema = z.strictObject({ until: untilSchema.nullable().optional() });

export const ALERT_ACTIONS = ['acknowledge', 'unacknowledge', 'mute', 'unmute'] as const;
export type AlertAction = (typeof ALERT_ACTIONS)[number];
/** `POST /alerts/bulk`: `comment` goes with `acknowledge`, `until` with `mute`. */
export const bulkAlertsSchema = z
  .strictObject({
    alert_ids: z.array(idSchema).min(1).max(500),
    action: z.enum(ALERT_ACTIONS),
    comment: noteSchema.nullable().optional(),
    until: untilSchema.nullable().optional(),
  })
  .superRefine(({ action, comment, until }, context) => {
    const refuse = (path: string, of: AlertAction) =>
      context.addIssue({ code: 'custom', path: [path], message: `goes with the action "${of}" alone` });
    if ((comment ?? null) !== null && action !== 'acknowledge') refuse('comment', 'acknowledge');
    if ((until ?? null) !== null && action !== 'mute') refuse('until', 'mute');
  });
export type BulkAlerts = z.infer<typeof bulkAlertsSchema>;
export const bulkAlertsAnswerSchema = z.object({
  /** Number of alerts that are now as was asked. */
  affected: z.int(),
  /** One for each id, in the order of the call. */
  results: z.array(
    z.object({
      alert_id: idSchema,
      /** `unchanged`: it was so already; `resolved`: it is over, and nothing was done. */
      result: z.enum(['changed', 'unchanged', 'not_found', 'resolved']),
    }),
  ),
});
export type BulkAlertsAnswer = z.infer<typeof bulkAlertsAnswerSchema>;

/** Data of the event `alerts_changed`: what became of alerts within one cycle, or by one call. */
export const alertsChangedEventSchema = z.object({
  triggered: z.int(),
  changed: z.int(),
  resolved: z.int(),
  /** The worst of them; not all where there are many. */
  alerts: z.array(alertReferenceSchema.extend({ change: z.enum(['triggered', 'changed', 'resolved']) })),
});
export type AlertsChangedEvent = z.infer<typeof alertsChangedEventSchema>;
