import { z } from 'zod';
import { alertReferenceSchema, alertSeveritySchema, heldSchema } from './alert.ts';
import { alertKindSchema, alertScopeSchema } from './alert-definition.ts';
import { idSchema, measuredValueSchema, timeSchema } from './field.ts';
import { nodeStatusSchema } from './node.ts';

/** `GET /alerts/why`: why nobody was told of a node by a definition at a moment; now where none is given. */
export const alertWhyQuerySchema = z.strictObject({
  node_id: idSchema,
  /** Any definition of the family: the one that judges the node is found. */
  definition_id: idSchema,
  at: z.iso.datetime({ offset: true }).optional(),
});
export type AlertWhyQuery = z.infer<typeof alertWhyQuerySchema>;

/** What it came to, and so what the first sentence says. */
export const WHY_VERDICTS = [
  /** An alert was active, and nothing held it back. */
  'active',
  'acknowledged',
  'muted',
  'held',
  /** An alert was active, and a maintenance window held it. */
  'in_maintenance',
  /** No definition of the family judges the node. */
  'not_judged',
  /** No rule was evaluated then, or not this one: the metric store did not answer in time, or refused its expression. */
  'not_evaluated',
  /** The definition has no expression; the server judges by what it hears. */
  'by_hearing',
  /** The metric store does not answer, or refuses the expression. */
  'unknown',
  'no_data',
  'good',
  /** It was bad, but not for as long as the definition asks. */
  'pending',
  /** It was bad for long enough, and there was no alert. */
  'unexplained',
] as const;
export type WhyVerdict = (typeof WHY_VERDICTS)[number];

/** A series of the expression, as it was. */
export const whyValueSchema = z.object({
  instance: z.string(),
  labels: z.record(z.string(), z.string()),
  /** Null where there was no sample. */
  value: measuredValueSchema.nullable(),
  /** The severity whose threshold the value was beyond. */
  severity: alertSeveritySchema.nullable(),
  threshold: z.number().nullable(),
  /** Since when it had been beyond the threshold without a break, as far back as was looked. */
  bad_since: timeSchema.nullable(),
});
export type WhyValue = z.infer<typeof whyValueSchema>;

/** An alert of the node and the family that was active at the moment, with its marks of then. */
export const whyAlertSchema = alertReferenceSchema.extend({
  alert_key: z.string(),
  instance: z.string(),
  definition_name: z.string(),
  started_at: timeSchema,
  triggered_at: timeSchema,
  resolved_at: timeSchema.nullable(),
  acknowledged_by: z.string().nullable(),
  muted_by: z.string().nullable(),
  held: heldSchema.omit({ since: true }).nullable(),
});
export type WhyAlert = z.infer<typeof whyAlertSchema>;

export const alertWhySchema = z.object({
  at: timeSchema,
  verdict: z.enum(WHY_VERDICTS),
  /** The answer in words, the verdict first. */
  sentences: z.array(z.string()),
  node: z.object({
    id: idSchema,
    name: z.string(),
    /** Its status then; null where that is not known any more. */
    status: nodeStatusSchema.nullable(),
    status_since: timeSchema.nullable(),
    status_reason: z.string().nullable(),
  }),
  /** The definition that judges the node today; null where none does. */
  definition: z
    .object({
      id: idSchema,
      slug: z.string(),
      name: z.string(),
      kind: alertKindSchema,
      scope: alertScopeSchema,
      warning: z.number().nullable(),
      critical: z.number().nullable(),
      comparison: z.string(),
      unit: z.string().nullable(),
      duration_seconds: z.int(),
      updated_at: timeSchema,
    })
    .nullable(),
  /** The query that gave the values; null where there is none. */
  query: z.string().nullable(),
  values: z.array(whyValueSchema),
  alerts: z.array(whyAlertSchema),
});
export type AlertWhy = z.infer<typeof alertWhySchema>;
