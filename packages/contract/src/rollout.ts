import { z } from 'zod';
import { componentTypeSchema } from './enrollment.ts';
import { idSchema, timeSchema } from './field.ts';
import { listOf } from './list.ts';

/** Stages of a rollout of changed device templates: one component first, then a tenth, then the rest. */
export const ROLLOUT_STAGES = ['first', 'tenth', 'rest'] as const;
export const ROLLOUT_STATES = ['running', 'stopped', 'done', 'superseded'] as const;

export const rolloutComponentSchema = z.object({
  component_id: idSchema,
  name: z.string(),
  stage: z.enum(ROLLOUT_STAGES),
  /**
   * State of the component. `held`: keeps the config from before; `released`: is given the new one; the others are what
   * it reported of it.
   */
  state: z.enum(['held', 'released', 'applied', 'failed', 'offline']),
});

export const rolloutSchema = z.object({
  id: idSchema,
  /**
   * Type of the components that it reaches: a template is gathered by collectors or by agents, and a rollout is for one
   * of the two.
   */
  component_type: componentTypeSchema,
  cause: z.string(),
  actor: z.string().nullable(),
  /** Slugs of the device templates that changed. */
  templates: z.array(z.string()),
  state: z.enum(ROLLOUT_STATES),
  stage: z.enum(ROLLOUT_STAGES),
  /** Seconds that a stage must run well before the next one begins. */
  soak_seconds: z.int(),
  stage_since: timeSchema,
  created_at: timeSchema,
  ended_at: timeSchema.nullable(),
  /** The reason why it stopped, with the component that failed. */
  message: z.string().nullable(),
  counts: z.object({
    held: z.int(),
    released: z.int(),
    applied: z.int(),
    failed: z.int(),
    offline: z.int(),
  }),
});
export type Rollout = z.infer<typeof rolloutSchema>;
/** `GET /rollouts?state=`, newest first. */
export const rolloutListSchema = listOf(rolloutSchema);
/**
 * `GET /rollouts/{id}`. `POST /rollouts/{id}/resume` goes on with a stopped one, `POST /rollouts/{id}/finish` gives
 * everybody the new config at once; both answer this.
 */
export const rolloutDetailSchema = rolloutSchema.extend({ components: z.array(rolloutComponentSchema) });
export type RolloutDetail = z.infer<typeof rolloutDetailSchema>;
