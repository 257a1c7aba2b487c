import { z } from 'zod';
import { alertScopeSchema } from './alert-definition.ts';
import { idSchema, timeSchema } from './field.ts';

/** Most days of a calendar: a month with the whole weeks at both of its ends. */
export const MAINTENANCE_CALENDAR_DAYS_MAX = 45;
/** Most occurrences that a calendar shows. */
export const MAINTENANCE_CALENDAR_MAX = 2000;

const DAY_MS = 86_400_000;

/** `GET /maintenance-windows/calendar`. */
export const maintenanceCalendarQuerySchema = z
  .strictObject({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }) })
  .superRefine(({ from, to }, context) => {
    const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
    if (days > 0 && days <= MAINTENANCE_CALENDAR_DAYS_MAX) return;
    const message =
      days > 0 ? `must be ${MAINTENANCE_CALENDAR_DAYS_MAX} days after from at most` : 'must be after from';
    context.addIssue({ code: 'custom', path: ['to'], message });
  });
export type MaintenanceCalendarQuery = z.infer<typeof maintenanceCalendarQuerySchema>;

/** One time at which a maintenance window takes place, whole, also where it begins before what was asked for. */
export const maintenanceOccurrenceSchema = z.object({
  window_id: idSchema,
  name: z.string(),
  scope: alertScopeSchema,
  /** Name of the node, group or site; null for `global`. */
  scope_name: z.string().nullable(),
  starts_at: timeSchema,
  ends_at: timeSchema,
});
export type MaintenanceOccurrence = z.infer<typeof maintenanceOccurrenceSchema>;

/** What takes place between two times, of all windows, the earliest first. */
export const maintenanceCalendarSchema = z.object({
  items: z.array(maintenanceOccurrenceSchema),
  /** Whether that is all of it. */
  complete: z.boolean(),
});
export type MaintenanceCalendar = z.infer<typeof maintenanceCalendarSchema>;
