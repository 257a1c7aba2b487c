/**
 * Jobs: work that the server has for one component, which fetches it by a call of its own, does it, and posts what came
 * of it. What a job says, and what its result holds, depends on its kind.
 */
import { z } from 'zod';
import { idSchema } from './field.ts';
import { JOB_WAIT_MAX_SECONDS, JOBS_AT_ONCE } from './wire.ts';

/** A job as a component is given it. `order` may hold secrets. */
export const componentJobSchema = z.object({
  id: idSchema,
  /** What is to be done; a component says of one that it does not know that it cannot. */
  kind: z.string(),
  /** Seconds that the component has for it, from now on. */
  run_seconds: z.int(),
  order: z.record(z.string(), z.unknown()),
});
export type ComponentJob = z.infer<typeof componentJobSchema>;

/** `GET /remote-collectors/{id}/jobs`. */
export const componentJobsSchema = z.object({ items: z.array(componentJobSchema) });
export const componentJobsQuerySchema = z.strictObject({
  /** Seconds for which the answer may wait for a job. */
  wait_seconds: z.coerce.number().int().min(0).max(JOB_WAIT_MAX_SECONDS).default(0),
  /** Ids of the jobs that the component works on, with commas: they are not given again. */
  running: z
    .string()
    .regex(/^(?:[0-9a-f-]{36}(?:,|$))*$/i, 'must be ids with commas')
    .max(37 * JOBS_AT_ONCE)
    .default(''),
});

/** The states of a job that a component may report. */
export const JOB_REPORT_STATES = ['running', 'done', 'unsupported'] as const;

/** `POST /remote-collectors/{id}/jobs/{job_id}/results`. */
export const componentJobReportSchema = z.object({
  /** `running` has a part of the result, `done` the last of it; `unsupported`: this component does not know such jobs. */
  state: z.enum(JOB_REPORT_STATES),
  result: z.record(z.string(), z.unknown()).default({}),
});
export type ComponentJobReport = z.infer<typeof componentJobReportSchema>;
