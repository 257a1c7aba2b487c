/**
 * Maintenance windows: times in which a node, a group, a site or everything is worked on. Alerts go on and are kept, nobody is told of
 * them.
 *
 * **Times.** `starts_at` and `ends_at` are the first window. One without `rrule` is exactly that. With it both are read as
 * wall-clock times in `timezone`, and each window is that date's own: a time that a clock skips begins at the first one that there
 * is, one that comes twice counts as its first, and no window lasts longer than the first one does on the clock.
 *
 * **Rule.** A recurrence rule of RFC 5545, section 3.3.10, without `DTSTART`. The first window always counts, also where the rule would not
 * have made it. `UNTIL` is the last begin: a date means that whole day, a time without `Z` is one of `timezone`.
 */
import { z } from 'zod';
import { alertSeveritySchema, alertStateSchema } from './alert.ts';
import { alertScopeSchema, scopeInputSchema } from './alert-definition.ts';
import { idSchema, isTimeZone, nameSchema, noteSchema, timeSchema } from './field.ts';
import { listOf, listQuerySchema } from './list.ts';
import { replacementOf } from './replacement.ts';

/** Longest window in seconds: 30 days. */
export const MAINTENANCE_SECONDS_MAX = 30 * 86_400;
/** Years between which a window may begin and end. */
export const MAINTENANCE_YEARS = { from: 2000, to: 2199 } as const;
/** Most occurrences that a preview shows. */
export const MAINTENANCE_PREVIEW_MAX = 10;

/** Returns a time in UTC and whole seconds; a text that is no time as it is. */
function wholeSecond(text: string): string {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? text : new Date(Math.floor(ms / 1000) * 1000).toISOString();
}

function hasGoodYear(text: string): boolean {
  const year = new Date(text).getUTCFullYear();
  return year >= MAINTENANCE_YEARS.from && year <= MAINTENANCE_YEARS.to;
}

/** RFC 3339 with an offset; fractions of a second are cut off. */
const edgeSchema = z.iso
  .datetime({ offset: true })
  .refine(hasGoodYear, `must be in the years ${MAINTENANCE_YEARS.from} to ${MAINTENANCE_YEARS.to}`)
  .overwrite(wholeSecond);

const timezoneSchema = z
  .string()
  .trim()
  .max(64)
  .refine(isTimeZone, 'must be the name of a time zone, such as Europe/Berlin');

/** Most characters of a rule. */
export const RRULE_MAX = 500;
const rruleSchema = z.string().trim().min(1, 'is required').max(RRULE_MAX);

/** A day on which no window begins, or the very time at which one would. */
const exceptionSchema = z.union([z.iso.date(), z.iso.datetime({ offset: true }).overwrite(wholeSecond)]);
/** Most exceptions of a rule. */
export const EXCEPTIONS_MAX = 500;

const fields = {
  name: nameSchema(),
  scope: scopeInputSchema,
  starts_at: edgeSchema,
  ends_at: edgeSchema,
  /** RRULE of RFC 5545; null for a single window. */
  rrule: rruleSchema.nullable(),
  /** Dates of the zone (`2026-12-24`) or begins that are left out; empty where there is no rule. */
  exdates: z.array(exceptionSchema).max(EXCEPTIONS_MAX),
  timezone: timezoneSchema,
  reason: noteSchema.nullable(),
};

const writtenFields = {
  ...fields,
  rrule: fields.rrule.default(null),
  exdates: fields.exdates.default([]),
  timezone: fields.timezone.default('UTC'),
  reason: fields.reason.default(null),
};

/** `POST /maintenance-windows`. */
export const createMaintenanceWindowSchema = z.strictObject(writtenFields);
/** The part of a window that people write. */
export type WrittenWindow = z.infer<typeof createMaintenanceWindowSchema>;

/** `PATCH /maintenance-windows/{id}`: what is absent stays. */
export const updateMaintenanceWindowSchema = z.strictObject(fields).partial();
export type UpdateMaintenanceWindow = z.infer<typeof updateMaintenanceWindowSchema>;

/** `active`: one is running; `scheduled`: one is to come, and none is running; `over`: none will come. */
export const MAINTENANCE_STATES = ['active', 'scheduled', 'over'] as const;
export type MaintenanceState = (typeof MAINTENANCE_STATES)[number];

export const maintenanceWindowSchema = z.object({
  id: idSchema,
  name: z.string(),
  scope: alertScopeSchema,
  starts_at: timeSchema,
  ends_at: timeSchema,
  rrule: z.string().nullable(),
  exdates: z.array(z.string()),
  timezone: z.string(),
  reason: z.string().nullable(),
  /** Name of the node, group or site; null for `global`. */
  scope_name: z.string().nullable(),
  state: z.enum(MAINTENANCE_STATES),
  active: z.boolean(),
  /** The occurrence that is running; null while none is. */
  current_starts_at: timeSchema.nullable(),
  current_ends_at: timeSchema.nullable(),
  /** The first occurrence that begins after now, as far as twelve years ahead; null where there is none. */
  next_starts_at: timeSchema.nullable(),
  next_ends_at: timeSchema.nullable(),
  /** When somebody last ended an occurrence before its time. */
  ended_early_at: timeSchema.nullable(),
  /** Name of the user who made it. */
  created_by: z.string(),
  created_at: timeSchema,
  updated_at: timeSchema,
});
export type MaintenanceWindow = z.infer<typeof maintenanceWindowSchema>;
export const maintenanceWindowListSchema = listOf(maintenanceWindowSchema);

/** `PUT /maintenance-windows/{id}`. */
export const replaceMaintenanceWindowSchema = replacementOf(writtenFields, maintenanceWindowSchema);

/** `GET /maintenance-windows`. The earliest that runs or comes is first by default; what is over is last. */
export const maintenanceWindowListQuerySchema = listQuerySchema.extend({
  active: z.enum(['true', 'false']).optional(),
  state: z.enum(MAINTENANCE_STATES).optional(),
  /** Windows that cover a node: its own, those of its groups and of its site, and global ones. */
  node_id: idSchema.optional(),
  /** Windows of a site itself. */
  site_id: idSchema.optional(),
});
export type MaintenanceWindowListQuery = z.infer<typeof maintenanceWindowListQuerySchema>;

/** `POST /maintenance-windows/preview`. */
export const previewMaintenanceSchema = z.strictObject({
  starts_at: fields.starts_at,
  ends_at: fields.ends_at,
  rrule: writtenFields.rrule,
  exdates: writtenFields.exdates,
  timezone: writtenFields.timezone,
  /** Time from which on occurrences are shown; now by default. */
  from: edgeSchema.optional(),
});
export type PreviewMaintenance = z.infer<typeof previewMaintenanceSchema>;

export const maintenancePreviewSchema = z.object({
  timezone: z.string(),
  /** The next ten occurrences at most, of those that are not over. */
  items: z.array(
    z.object({
      starts_at: timeSchema,
      ends_at: timeSchema,
      /** The same in the zone, with its offset of then: `2027-03-28T03:00:00+02:00`. */
      local_starts_at: z.string(),
      local_ends_at: z.string(),
      duration_seconds: z.int(),
      /** What the clocks of the zone do to it, in words; empty on most days. */
      notes: z.array(z.string()),
    }),
  ),
});
export type MaintenancePreview = z.infer<typeof maintenancePreviewSchema>;

/** An alert that a window held back. */
export const heldAlertSchema = z.object({
  alert_id: idSchema,
  node_id: idSchema.nullable(),
  node_name: z.string(),
  definition_name: z.string(),
  instance: z.string(),
  severity: alertSeveritySchema,
  summary: z.string(),
  held_since: timeSchema,
  /** Whether it was active when the occurrence ended; while that runs, whether it is now. */
  state_at_end: alertStateSchema,
  resolved_at: timeSchema.nullable(),
});

/** Most alerts that are listed of an occurrence. */
export const HELD_ALERTS_MAX = 500;
/** `GET /maintenance-windows/{id}/held`: what was held back in the occurrence that is running, or in the last one. */
export const heldAlertsSchema = z.object({
  /** Null where none has begun yet. */
  occurrence: z
    .object({
      starts_at: timeSchema,
      ends_at: timeSchema,
      /** When it really ended; null while it is running. */
      ended_at: timeSchema.nullable(),
    })
    .nullable(),
  total: z.int(),
  items: z.array(heldAlertSchema),
});
export type HeldAlerts = z.infer<typeof heldAlertsSchema>;

/** Data of the event `maintenance_changed`: what became of a window, or of an occurrence of it. */
export const maintenanceChangedEventSchema = z.object({
  id: idSchema,
  change: z.enum(['created', 'updated', 'deleted', 'began', 'ended']),
});
export type MaintenanceChangedEvent = z.infer<typeof maintenanceChangedEventSchema>;
