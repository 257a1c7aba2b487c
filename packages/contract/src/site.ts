import { z } from 'zod';
import { idSchema, nameSchema, noteSchema, timeSchema } from './field.ts';
import { listOf } from './list.ts';
import { NODE_STATUSES } from './node.ts';
import { replacementOf } from './replacement.ts';

export const createSiteSchema = z.strictObject({
  name: nameSchema(),
  description: noteSchema.nullable().optional(),
  /** The collector of the site's nodes, but for those that somebody gave to another; null means the server's own. */
  default_collector_id: idSchema.nullable().optional(),
});
export const updateSiteSchema = createSiteSchema.partial();
export const statusCountsSchema = z.object(
  Object.fromEntries(NODE_STATUSES.map((status) => [status, z.int()])) as Record<
    (typeof NODE_STATUSES)[number],
    z.ZodInt
  >,
);
export type StatusCounts = z.infer<typeof statusCountsSchema>;
export const siteSchema = z.object({
  id: idSchema,
  name: z.string(),
  description: z.string().nullable(),
  default_collector_id: idSchema.nullable(),
  is_default: z.boolean(),
  node_count: z.int(),
  created_at: timeSchema,
  updated_at: timeSchema,
});
export type Site = z.infer<typeof siteSchema>;
export const replaceSiteSchema = replacementOf(
  {
    name: nameSchema(),
    description: noteSchema.nullable().default(null),
    default_collector_id: idSchema.nullable().default(null),
  },
  siteSchema,
);
export const siteListSchema = listOf(siteSchema);

export const createNodeGroupSchema = z.strictObject({
  name: nameSchema(),
  description: noteSchema.nullable().optional(),
});
export const updateNodeGroupSchema = createNodeGroupSchema.partial();
export const nodeGroupSchema = z.object({
  id: idSchema,
  name: z.string(),
  description: z.string().nullable(),
  node_count: z.int(),
  created_at: timeSchema,
  updated_at: timeSchema,
});
export type NodeGroup = z.infer<typeof nodeGroupSchema>;
export const replaceNodeGroupSchema = replacementOf(
  { name: nameSchema(), description: noteSchema.nullable().default(null) },
  nodeGroupSchema,
);
export const nodeGroupListSchema = listOf(nodeGroupSchema);
