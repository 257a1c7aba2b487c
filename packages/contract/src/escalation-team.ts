/**
 * Escalation teams: who is told of which alerts, in which order, and until when.
 *
 * A team hears of an alert that its `match` takes while it is active. An alert that no other team takes at that time goes
 * to the default team, which has neither a match nor hours. The steps run from the moment at which the alert tells somebody
 * (a held one tells nobody), each `after_seconds` after that. An acknowledgement stops them; a severity that rises begins
 * anew.
 */
import { z } from 'zod';
import { alertSeveritySchema } from './alert.ts';
import { deliveryReasonSchema } from './delivery.ts';
import { idSchema, isTimeZone, nameSchema, timeSchema } from './field.ts';
import { listOf, listQuerySchema } from './list.ts';
import { replacementOf } from './replacement.ts';

export const TEAM_STEPS_MAX = 20;
export const TEAM_MEMBERS_MAX = 100;
export const TEAM_OVERRIDES_MAX = 500;
export const TEAM_WINDOWS_MAX = 50;
const DAY_SECONDS = 86_400;

export const WEEKDAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;
export const weekdaySchema = z.enum(WEEKDAYS);
export type Weekday = z.infer<typeof weekdaySchema>;

/** A time of day, `HH:MM`; `24:00` ends a day. */
const clockTimeSchema = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time of day such as 08:00');
const handoffTimeSchema = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 08:00');

const LATEST_YEAR = 9998;
/** An instant that people give, in the form in which it is kept: in UTC. */
const givenTimeSchema = z.iso
  .datetime({ offset: true })
  .refine((text) => {
    const year = new Date(text).getUTCFullYear();
    return year >= 1970 && year <= LATEST_YEAR;
  }, `must be in the years 1970 to ${LATEST_YEAR}`)
  .overwrite((text) => {
    const time = new Date(text);
    return Number.isNaN(time.getTime()) ? text : time.toISOString();
  });

/** A time zone by its IANA name, as `Europe/Berlin`. */
const timeZoneSchema = z.string().max(64).refine(isTimeZone, 'is no time zone such as Europe/Berlin');

export const teamMatchSchema = z.strictObject({
  /** Each absent or empty list takes all. */
  severities: z.array(alertSeveritySchema).max(3).default([]),
  site_ids: z.array(idSchema).max(500).default([]),
  group_ids: z.array(idSchema).max(500).default([]),
  /** Definitions, each with those that override it. */
  definition_ids: z.array(idSchema).max(500).default([]),
});
export type TeamMatch = z.infer<typeof teamMatchSchema>;

const hoursWindowSchema = z.strictObject({
  /** Days on which it begins. */
  days: z.array(weekdaySchema).min(1, 'needs a day').max(7),
  from: handoffTimeSchema,
  /** Not after `from`: it ends on the next day. */
  to: clockTimeSchema,
});
export type HoursWindow = z.infer<typeof hoursWindowSchema>;
export const teamActiveSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('always') }),
  z.strictObject({
    type: z.literal('hours'),
    timezone: timeZoneSchema,
    windows: z.array(hoursWindowSchema).min(1, 'needs a window').max(TEAM_WINDOWS_MAX),
  }),
]);
export type TeamActive = z.infer<typeof teamActiveSchema>;

export const ON_CALL_PLACES = ['current', 'next'] as const;
export const teamStepSchema = z.strictObject({
  /** Seconds from the begin of the escalation. */
  after_seconds: z
    .int()
    .min(0)
    .max(7 * DAY_SECONDS),
  /** Channels that are told; absent without `on_call`: all that are enabled. */
  channel_ids: z.array(idSchema).max(50).optional(),
  /** Person of the rotation who is told by mail. */
  on_call: z.enum(ON_CALL_PLACES).optional(),
});
export type TeamStep = z.infer<typeof teamStepSchema>;

export const teamRepeatSchema = z.strictObject({
  /** Seconds after the last step, and between repeats. */
  every_seconds: z
    .int()
    .min(60)
    .max(7 * DAY_SECONDS),
  /** How many times the last step is repeated. */
  times: z.int().min(1).max(100),
});
export type TeamRepeat = z.infer<typeof teamRepeatSchema>;

/** Somebody who is on call in the place of whoever's turn it is; they need not be a member. */
export const teamOverrideSchema = z
  .strictObject({ member_id: idSchema, from: givenTimeSchema, to: givenTimeSchema })
  .refine(({ from, to }) => Date.parse(to) > Date.parse(from), {
    path: ['to'],
    message: 'must be after its begin',
  });
export type TeamOverride = z.infer<typeof teamOverrideSchema>;
export const teamRotationSchema = z.strictObject({
  timezone: timeZoneSchema,
  /** When the next member takes over, once a week. */
  handoff: z.strictObject({ day: weekdaySchema, time: handoffTimeSchema }),
  /** Ids of users, in their order. */
  member_ids: z.array(idSchema).min(1, 'needs a member').max(TEAM_MEMBERS_MAX),
  /**
   * Day of the first member's first turn, `YYYY-MM-DD` in the zone: that turn begins with the last handoff that is not
   * after it. Absent: it stays; of a new rotation the turn that runs when it is made.
   */
  starts_on: z.iso
    .date()
    .refine((day) => day >= '1970', 'must be in the years from 1970')
    .optional(),
  /** Of two that overlap the later one in the list counts. */
  overrides: z.array(teamOverrideSchema).max(TEAM_OVERRIDES_MAX).default([]),
});
export type TeamRotation = z.infer<typeof teamRotationSchema>;

const fields = {
  name: nameSchema(100),
  enabled: z.boolean(),
  is_default: z.boolean(),
  match: teamMatchSchema,
  active: teamActiveSchema,
  steps: z.array(teamStepSchema).min(1, 'needs a step').max(TEAM_STEPS_MAX),
  repeat: teamRepeatSchema.nullable(),
  rotation: teamRotationSchema.nullable(),
};
const writtenFields = {
  name: fields.name,
  enabled: fields.enabled.default(true),
  is_default: fields.is_default.default(false),
  match: fields.match.default({ severities: [], site_ids: [], group_ids: [], definition_ids: [] }),
  active: fields.active.default({ type: 'always' }),
  steps: fields.steps,
  repeat: fields.repeat.default(null),
  rotation: fields.rotation.default(null),
};
/** `POST /escalation-teams`. A team that becomes the default one takes that from the one before. */
export const createTeamSchema = z.strictObject(writtenFields);
export type WrittenTeam = z.infer<typeof createTeamSchema>;
export const updateTeamSchema = z.strictObject(fields).partial();
export type UpdateTeam = z.infer<typeof updateTeamSchema>;

/** What is wrong with a team today, or within the next 90 days. */
export const TEAM_WARNING_KINDS = [
  'hole',
  'leaver',
  'unreachable_member',
  'no_channel',
  'channel_disabled',
  'channel_unproven',
] as const;
export const teamWarningSchema = z.object({
  kind: z.enum(TEAM_WARNING_KINDS),
  /** In words. */
  message: z.string(),
  /** Begin and end of what it is about, where it has any. */
  from: timeSchema.nullable(),
  to: timeSchema.nullable(),
  member_id: idSchema.nullable(),
  channel_id: idSchema.nullable(),
});
export type TeamWarning = z.infer<typeof teamWarningSchema>;

export const onCallPersonSchema = z.object({
  member_id: idSchema,
  name: z.string(),
  /** Null: cannot be told by mail. */
  email: z.string().nullable(),
  from: timeSchema,
  to: timeSchema,
  /** Whether an override put them there. */
  is_override: z.boolean(),
});
export type OnCallPerson = z.infer<typeof onCallPersonSchema>;

export const teamSchema = z.object({
  id: idSchema,
  name: z.string(),
  enabled: z.boolean(),
  is_default: z.boolean(),
  match: teamMatchSchema,
  active: teamActiveSchema,
  steps: z.array(teamStepSchema),
  repeat: teamRepeatSchema.nullable(),
  rotation: teamRotationSchema.nullable(),
  /** Who is on call now; null without a rotation, or where nobody can be. */
  on_call: onCallPersonSchema.nullable(),
  warnings: z.array(teamWarningSchema),
  created_at: timeSchema,
  updated_at: timeSchema,
});
export type EscalationTeam = z.infer<typeof teamSchema>;
export const teamListSchema = listOf(teamSchema);
export const teamListQuerySchema = listQuerySchema.extend({
  /** Those of which a member is this user. */
  member_id: idSchema.optional(),
});
export type TeamListQuery = z.infer<typeof teamListQuerySchema>;
export const replaceTeamSchema = replacementOf(writtenFields, teamSchema);

/** `GET /escalation-teams/{id}/on-call?at=`. */
export const onCallQuerySchema = z.strictObject({ at: givenTimeSchema.optional() });
export const onCallAnswerSchema = z.object({
  at: timeSchema,
  current: onCallPersonSchema.nullable(),
  next: onCallPersonSchema.nullable(),
});
export type OnCallAnswer = z.infer<typeof onCallAnswerSchema>;

/** `GET /escalation-teams/{id}/rota?from=&days=`: the shifts of up to 90 days, with holes. */
export const rotaQuerySchema = z.strictObject({
  from: givenTimeSchema.optional(),
  days: z.coerce.number().int().min(1).max(90).default(90),
});
export const rotaSchema = z.object({
  timezone: z.string(),
  /** One after the other, without a gap between; `person` null is a hole. */
  shifts: z.array(z.object({ from: timeSchema, to: timeSchema, person: onCallPersonSchema.nullable() })),
  warnings: z.array(teamWarningSchema),
});
export type Rota = z.infer<typeof rotaSchema>;

/** `POST /escalation-teams/preview { alert }`: who would hear what and when, of an alert that begins now or at `at`. */
export const previewEscalationSchema = z.strictObject({
  severity: alertSeveritySchema.default('critical'),
  node_id: idSchema.nullable().default(null),
  site_id: idSchema.nullable().default(null),
  definition_id: idSchema.nullable().default(null),
  at: givenTimeSchema.optional(),
});
/** `GET /escalation-teams/stand-ins`: everybody whom an override may name, by name alone, in the order of the names. */
export const standInsSchema = z.object({ items: z.array(z.object({ id: idSchema, name: z.string() })) });
export type StandIns = z.infer<typeof standInsSchema>;

export type PreviewEscalation = z.infer<typeof previewEscalationSchema>;
export const escalationPreviewSchema = z.object({
  items: z.array(
    z.object({
      at: timeSchema,
      team_id: idSchema,
      team_name: z.string(),
      event: z.enum(['triggered', 'escalated', 'repeated']),
      /** Number of the step, from 0. */
      step: z.int(),
      /** Number of the repeat, from 1; 0 for a step itself. */
      repeat: z.int(),
      recipients: z.array(
        z.object({
          channel_id: idSchema.nullable(),
          channel_name: z.string(),
          recipient: z.string(),
          /** Why they would not be told; null: they would. */
          skipped: deliveryReasonSchema.nullable(),
        }),
      ),
    }),
  ),
});
export type EscalationPreview = z.infer<typeof escalationPreviewSchema>;
