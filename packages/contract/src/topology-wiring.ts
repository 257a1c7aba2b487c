import { z } from 'zod';
import { hostAddressSchema, idSchema, nameSchema, timeSchema } from './field.ts';
import { listOf, listQuerySchema } from './list.ts';
import { nodeTypeSchema, templateSlugSchema } from './node.ts';
import { topologyGhostSchema } from './topology.ts';

/** `POST /topology/approval`: the wiring as it is now is right, of all sites, of one, or of some links alone. */
export const approveWiringSchema = z
  .strictObject({
    site_id: idSchema.optional(),
    /** New links, and ghosts, that are right as they are now: a ghost that is named is forgotten. */
    ids: z.array(idSchema).min(1).max(10_000).optional(),
  })
  .refine(({ site_id: siteId, ids }) => siteId === undefined || ids === undefined, {
    message: 'takes site_id or ids, not both',
  });
export type ApproveWiring = z.infer<typeof approveWiringSchema>;

/** A site whose wiring somebody approved. */
export const wiringApprovalSchema = z.object({
  site_id: idSchema,
  site_name: z.string(),
  approved_at: timeSchema,
  approved_by: z.string(),
  /** Number of approved links. */
  links: z.int(),
});
export type WiringApproval = z.infer<typeof wiringApprovalSchema>;

/** `GET /topology/approval`, and what `POST` answers. */
export const wiringSchema = z.object({
  approvals: z.array(wiringApprovalSchema),
  /** Approved links that are not there as approved. */
  ghosts: z.array(topologyGhostSchema),
  /** Links of approved sites that nobody approved. */
  new_link_ids: z.array(idSchema),
});
export type Wiring = z.infer<typeof wiringSchema>;
export const siteOfTopologySchema = z.strictObject({ site_id: idSchema.optional() });

/** What happens to links, as the list of events names it. */
export const TOPOLOGY_EVENT_KINDS = [
  'link_appeared',
  'link_moved',
  'link_gone',
  'link_down',
  'link_up',
  'link_stale',
  'device_appeared',
  'device_gone',
  'approved_moved',
  'approved_missing',
  'approved_back',
] as const;
export const topologyEventSchema = z.object({
  id: z.string(),
  at: timeSchema,
  kind: z.enum(TOPOLOGY_EVENT_KINDS),
  site_id: idSchema.nullable(),
  /** The nodes that it is about. */
  node_ids: z.array(idSchema),
  link_id: idSchema.nullable(),
  /** What happened, in words. */
  detail: z.string(),
});
export type TopologyEvent = z.infer<typeof topologyEventSchema>;
/** `GET /topology/events`: newest first, or sorted by `at`. */
export const topologyEventListSchema = listOf(topologyEventSchema);
export const topologyEventQuerySchema = listQuerySchema.extend({
  site_id: idSchema.optional(),
  node_id: idSchema.optional(),
  kind: z.enum(TOPOLOGY_EVENT_KINDS).optional(),
});

/** `GET /topology/impact`: one of both. */
export const impactQuerySchema = z
  .strictObject({ node_id: idSchema.optional(), link_id: idSchema.optional() })
  .refine(({ node_id: node, link_id: link }) => (node === undefined) !== (link === undefined), {
    message: 'takes node_id or link_id, one of both',
  });
export type ImpactQuery = z.infer<typeof impactQuerySchema>;

const affectedNodeSchema = z.object({
  id: idSchema,
  name: z.string(),
  site_id: idSchema,
  device_type: z.string(),
  status: z.string(),
});

/** What happens when a node is switched off, or a link is unplugged. */
export const impactSchema = z.object({
  /** What is pulled, in words. */
  subject: z.string(),
  /** Nodes that nothing leads to any more, without the one that is pulled. */
  dark: z.array(affectedNodeSchema),
  /** Devices of the map, no nodes, that go dark with them. */
  dark_device_ids: z.array(idSchema),
  /** Nodes that had a second way, and have one alone then: nothing else may fail before them. */
  at_risk: z.array(affectedNodeSchema),
  /** Cables of an aggregate that are left; null where none is concerned. */
  members_left: z.int().nullable(),
  /** Nodes that cannot be judged: no link leads from a collector to them. */
  unknown: z.int(),
  /** The nodes that a maintenance window would have to cover: what is pulled and what goes dark. */
  maintenance_node_ids: z.array(idSchema),
  /** The answer in sentences. */
  summary: z.array(z.string()),
});
export type Impact = z.infer<typeof impactSchema>;

/** A device or a link without which something cannot be reached. One of the three ids is given. */
export const singlePointSchema = z.object({
  node_id: idSchema.nullable(),
  device_id: idSchema.nullable(),
  link_id: idSchema.nullable(),
  name: z.string(),
  /** Number of nodes that go dark without it, itself not counted. */
  dark: z.int(),
});
/** `GET /topology/single-points`: those that darken most first, at most 500. */
export const singlePointsSchema = z.object({
  items: z.array(singlePointSchema),
  total: z.int(),
  unknown: z.int(),
});
export type SinglePoints = z.infer<typeof singlePointsSchema>;

/** `POST /topology/neighbours/import`: makes nodes of devices that are none. */
export const importNeighboursSchema = z.strictObject({
  devices: z
    .array(
      z.strictObject({
        id: idSchema,
        /** Each of these as the device says where it is left out. */
        name: nameSchema().optional(),
        ip_address: hostAddressSchema.optional(),
        node_type: nodeTypeSchema.optional(),
      }),
    )
    .min(1)
    .max(500),
  /** The site of the nodes that see it where it is left out. */
  site_id: idSchema.optional(),
  collector_id: idSchema.optional(),
  template: templateSlugSchema.default('generic-snmp'),
});
export type ImportNeighbours = z.infer<typeof importNeighboursSchema>;
export const importedNeighboursSchema = z.object({
  items: z.array(
    z.object({
      device_id: idSchema,
      /** The node that it is now; null where it could not become one. */
      node_id: idSchema.nullable(),
      /** Whether the node was there before. */
      is_existing: z.boolean(),
      /** Why it could not become a node, in words. */
      problem: z.string().nullable(),
    }),
  ),
});
export type ImportedNeighbours = z.infer<typeof importedNeighboursSchema>;
