import { z } from 'zod';

/** RFC 9457 problem document, the body of every error. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  /** With `node_exists`: the other one. */
  node: z.object({ id: z.string(), name: z.string() }).optional(),
  /** With `link_exists`: the first one. */
  link: z.object({ id: z.string() }).optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problemSchema>;
