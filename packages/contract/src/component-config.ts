import { z } from 'zod';
import { idSchema, nameSchema, timeSchema } from './field.ts';
import { listOf } from './list.ts';
import { ENGINE_CHOICES } from './wire.ts';

/**
 * The engine that a component should gather with. `auto` takes Telegraf where its binary is present and can run the
 * config, else the embedded engine.
 */
export const engineChoiceSchema = z.enum(ENGINE_CHOICES);

/** Body of `PATCH /components/{id}`. */
export const updateComponentSchema = z.strictObject({
  name: nameSchema().optional(),
  site_id: idSchema.nullable().optional(),
  engine_choice: engineChoiceSchema.optional(),
});
export type UpdateComponent = z.infer<typeof updateComponentSchema>;

export const leftOutNodeSchema = z.object({ node_id: idSchema, name: z.string(), reason: z.string() });

/** A rendered config of a component, without its text. */
export const configGenerationSchema = z.object({
  generation: z.int().min(1),
  hash: z.string(),
  created_at: timeSchema,
  /** The event that led to it, in words. */
  cause: z.string(),
  /** The person who caused it; null for the server itself. */
  actor: z.string().nullable(),
  node_count: z.int(),
  /** Nodes that the config does without, with the reasons. */
  left_out: z.array(leftOutNodeSchema),
  bytes: z.int(),
  /** True for the config that the component is given now. */
  is_desired: z.boolean(),
  /** True for the config that it reported to run. */
  is_running: z.boolean(),
  is_pinned: z.boolean(),
  /** The last outcome that the component reported for it; null when it reported none. */
  outcome: z.enum(['applied', 'validation_error', 'rolled_back', 'engine_down']).nullable(),
  outcome_message: z.string().nullable(),
  /** The rollout that has not reached this component yet; null: not held back. */
  held_by_rollout_id: idSchema.nullable(),
});
export type ConfigGeneration = z.infer<typeof configGenerationSchema>;
/** `GET /components/{id}/configs`, newest first. */
export const configGenerationListSchema = listOf(configGenerationSchema);

/** `GET /components/{id}/configs/{generation}`: secrets are masked, and a changed secret has another mask. */
export const configTextSchema = configGenerationSchema.extend({
  text: z.string(),
  /** True when only the first lines of a very large config are given; `bytes` is that of the whole. */
  truncated: z.boolean(),
});
export type ConfigText = z.infer<typeof configTextSchema>;

/** A run of changed lines with the lines around it. Line numbers count from 1. */
export const diffHunkSchema = z.object({
  from_line: z.int(),
  to_line: z.int(),
  lines: z.array(z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })),
});
/** `GET /components/{id}/configs/{generation}/diff?against=N` (default: the generation before it). */
export const configDiffSchema = z.object({
  /** The generation that it is compared with; null when there is none before it: everything is added. */
  from_generation: z.int().nullable(),
  to_generation: z.int(),
  added: z.int(),
  removed: z.int(),
  hunks: z.array(diffHunkSchema),
  /** True when only the first lines of a very large change are given; the counts are whole. */
  truncated: z.boolean(),
});
export type ConfigDiff = z.infer<typeof configDiffSchema>;

/**
 * `PUT /components/{id}/config-pin`: the component gets this generation, and no newer one, until `DELETE` of the same
 * path. Both answer the component.
 */
export const configPinSchema = z.strictObject({ generation: z.int32().min(1) });

/** A report of a component on its config or engine, when it changed; the newest 200 are kept. */
export const componentReportSchema = z.object({
  at: timeSchema,
  status: z.enum(['applied', 'validation_error', 'rolled_back', 'engine_down']),
  config_hash: z.string(),
  /** The generation of that hash while it is kept. */
  generation: z.int().nullable(),
  message: z.string().nullable(),
  engine_kind: z.enum(['telegraf', 'embedded']),
  engine_version: z.string(),
  engine_running: z.boolean(),
});
export type ComponentReport = z.infer<typeof componentReportSchema>;
/** `GET /components/{id}/reports`, newest first. */
export const componentReportListSchema = listOf(componentReportSchema);

/** Samples that a component had to give up at the bound of its queue; kept for good. */
export const componentGapSchema = z.object({
  from: timeSchema,
  to: timeSchema,
  count: z.int(),
  reported_at: timeSchema,
});
export type ComponentGap = z.infer<typeof componentGapSchema>;
/** `GET /components/{id}/gaps`, newest first. */
export const componentGapListSchema = listOf(componentGapSchema);

/** Flags of a component that a person should know, beside its connection and config. */
export const COMPONENT_FLAGS = [
  'shared_identity',
  'machine_changed',
  'same_machine',
  'same_name',
  'clock_skew',
  'crash_loop',
  'hostname_changed',
] as const;
export const componentFlagSchema = z.object({
  code: z.enum(COMPONENT_FLAGS),
  /** The message in words, with the figures. */
  message: z.string(),
  since: timeSchema.nullable(),
});
export type ComponentFlag = z.infer<typeof componentFlagSchema>;
