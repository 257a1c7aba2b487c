import { z } from 'zod';
import { idSchema, nameSchema, timeSchema } from './field.ts';
import { nodeStatusSchema } from './node.ts';
import { replacementOf } from './replacement.ts';

/** Number of parents that somebody may set for a node. */
export const NODE_PARENTS_MAX = 16;

export const LINK_SOURCES = ['lldp', 'cdp', 'fdb', 'manual'] as const;
export const LINK_STATES = ['up', 'down', 'stale'] as const;

const createLinkEndSchema = z.strictObject({
  node_id: idSchema,
  interface: nameSchema(255).nullable().optional(),
});
/** `POST /topology/links`: two nodes that a cable joins, in either order. */
export const createTopologyLinkSchema = z.strictObject({ a: createLinkEndSchema, b: createLinkEndSchema });
export type CreateTopologyLink = z.infer<typeof createTopologyLinkSchema>;

const linkEndSchema = z.object({
  /** Null for a device that is no node. */
  node_id: idSchema.nullable(),
  interface: z.string().nullable(),
  name: z.string().nullable(),
  address: z.string().nullable(),
});
export const topologyLinkSchema = z.object({
  id: idSchema,
  a: linkEndSchema,
  b: linkEndSchema,
  /** Who says so: protocols by which devices know their neighbours, or people. */
  sources: z.array(z.enum(LINK_SOURCES)),
  /** Null where nothing measures it, as the next two. */
  speed_bps: z.number().nullable(),
  state: z.enum(LINK_STATES).nullable(),
  last_seen_at: timeSchema.nullable(),
});
export type TopologyLink = z.infer<typeof topologyLinkSchema>;

export const topologyNodeSchema = z.object({
  id: idSchema,
  name: z.string(),
  status: nodeStatusSchema,
  device_type: z.string(),
  site_id: idSchema,
  /** The nodes that it is reached through: those that somebody set, else what its links say. */
  parent_ids: z.array(idSchema),
  /** Whether somebody set the parents. */
  has_set_parents: z.boolean(),
  /** Its place on the map; null while it has none. */
  x: z.number().nullable(),
  y: z.number().nullable(),
});
export type TopologyNode = z.infer<typeof topologyNodeSchema>;

/** `GET /topology`: all of it, that of a site, or a node with what is next to it. */
export const topologyQuerySchema = z.strictObject({
  site_id: idSchema.optional(),
  node_id: idSchema.optional(),
});
export type TopologyQuery = z.infer<typeof topologyQuerySchema>;
export const topologySchema = z.object({
  nodes: z.array(topologyNodeSchema),
  links: z.array(topologyLinkSchema),
});
export type Topology = z.infer<typeof topologySchema>;

export const nodeParentsSchema = z.object({
  /** The parents that somebody set. */
  node_ids: z.array(idSchema),
  /** The parents as the node's links say; empty where somebody set them. */
  derived_ids: z.array(idSchema),
});
export type NodeParents = z.infer<typeof nodeParentsSchema>;
/** `PUT /nodes/{id}/parents`; none: they follow from the node's links again. */
export const replaceNodeParentsSchema = replacementOf(
  { node_ids: z.array(idSchema).max(NODE_PARENTS_MAX) },
  nodeParentsSchema,
);
