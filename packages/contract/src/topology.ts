import { z } from 'zod';
import { idSchema, nameSchema, timeSchema } from './field.ts';
import { NEIGHBOUR_TABLES, TABLE_READ_STATES } from './neighbour-report.ts';
import { nodeStatusSchema } from './node.ts';
import { replacementOf } from './replacement.ts';

/** Number of parents that somebody may set for a node. */
export const NODE_PARENTS_MAX = 16;

/** Where a link is known from: LLDP, CDP, forwarding tables, LACP partners, spanning tree, or people. */
export const LINK_SOURCES = ['lldp', 'cdp', 'fdb', 'lacp', 'stp', 'manual'] as const;
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
  /** The device of `devices` that stands at this end, where it is no node; null otherwise. */
  device_id: idSchema.nullable(),
  interface: z.string().nullable(),
  name: z.string().nullable(),
  address: z.string().nullable(),
});
export type TopologyLinkEnd = z.infer<typeof linkEndSchema>;

/** One thing that says that a link is there: a row of a table that one of its ends holds. */
export const linkWitnessSchema = z.object({
  /** The end that says so; null for people, as the table and the time. */
  end: z.enum(['a', 'b']).nullable(),
  source: z.enum(LINK_SOURCES),
  table: z.enum(NEIGHBOUR_TABLES).nullable(),
  /** What the row says, in words. */
  detail: z.string(),
  /** When the row was last read. */
  seen_at: timeSchema.nullable(),
});
export type LinkWitness = z.infer<typeof linkWitnessSchema>;

/** One cable of an aggregate. */
export const linkMemberSchema = z.object({
  a_interface: z.string().nullable(),
  b_interface: z.string().nullable(),
  speed_bps: z.number().nullable(),
  state: z.enum(LINK_STATES).nullable(),
});
export type LinkMember = z.infer<typeof linkMemberSchema>;

/** How a link stands to the wiring that somebody approved at its site: `new` is in none, null: nothing was approved. */
export const LINK_APPROVALS = ['approved', 'new'] as const;
export type LinkApproval = (typeof LINK_APPROVALS)[number];

export const topologyLinkSchema = z.object({
  id: idSchema,
  a: linkEndSchema,
  b: linkEndSchema,
  /** Who says so: protocols by which devices know their neighbours, or people. */
  sources: z.array(z.enum(LINK_SOURCES)),
  /** Percent; null for a link that somebody drew and nothing confirms. */
  confidence: z.int().min(0).max(100).nullable(),
  /** Whether both ends say so; null for a link that somebody drew and nothing confirms. */
  two_sided: z.boolean().nullable(),
  /** The end that alone says so; null where both do, or nobody. */
  seen_from: z.enum(['a', 'b']).nullable(),
  /** The cables of an aggregate, which is one link; empty for a single cable. */
  members: z.array(linkMemberSchema),
  /** Whether an end's aggregate leads to other devices too (MC-LAG). */
  is_split_aggregate: z.boolean(),
  witnesses: z.array(linkWitnessSchema),
  /** What weakens it, in words: "seen from core-1 only". */
  reasons: z.array(z.string()),
  /** Null where nothing measures it. */
  speed_bps: z.number().nullable(),
  /** `down`: a port of it is down; `stale`: nobody has seen it for a while. Null where nothing measures it. */
  state: z.enum(LINK_STATES).nullable(),
  approval: z.enum(LINK_APPROVALS).nullable(),
  /** Null for a link that somebody drew and nothing confirms, as the next one. */
  first_seen_at: timeSchema.nullable(),
  last_seen_at: timeSchema.nullable(),
});
export type TopologyLink = z.infer<typeof topologyLinkSchema>;

/** How far into the network of its site a node is, by its links. */
export const TOPOLOGY_TIERS = ['core', 'distribution', 'access', 'end'] as const;
export const topologyTierSchema = z.enum(TOPOLOGY_TIERS);
export type TopologyTier = z.infer<typeof topologyTierSchema>;

/** A place on the map, in pixels at a scale of one, of the middle of what stands there; null while it has none. */
const placeShape = {
  x: z.number().nullable(),
  y: z.number().nullable(),
  /** Whether somebody put it there: it then stays. */
  is_placed_by_hand: z.boolean(),
};

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
  /** Null for a node without links, as for a device. */
  tier: topologyTierSchema.nullable(),
  /** Why links of it may be missing, in words: "LLDP is off", "the forwarding table was read in part". */
  reasons: z.array(z.string()),
  /** When its neighbours were last read; null: never. */
  neighbours_read_at: timeSchema.nullable(),
  /** Number of guests that are seen behind the node's port: it is a host of virtual machines. */
  guests: z.int(),
  ...placeShape,
});
export type TopologyNode = z.infer<typeof topologyNodeSchema>;

/**
 * Kinds of device that are seen beside nodes and are none: `neighbour` tells of itself by LLDP or CDP; `unmanaged_switch` is
 * inferred from several addresses, or neighbours, behind one port.
 */
export const TOPOLOGY_DEVICE_KINDS = ['neighbour', 'unmanaged_switch'] as const;

/** A device that is no node: a neighbour that nobody monitors, or a switch that is inferred from what is behind a port. */
export const topologyDeviceSchema = z.object({
  id: idSchema,
  kind: z.enum(TOPOLOGY_DEVICE_KINDS),
  /** What it calls itself, else its address. */
  name: z.string(),
  address: z.string().nullable(),
  addresses: z.array(z.string()),
  mac_address: z.string().nullable(),
  /** Its system description or platform. */
  description: z.string().nullable(),
  /** What it says it does: `bridge`, `router`, `wlan`, `phone`, `station`. */
  capabilities: z.array(z.string()),
  /** Node type that fits what it says. */
  device_type: z.string(),
  /** The site of the nodes that see it. */
  site_id: idSchema,
  tier: topologyTierSchema.nullable(),
  /** The ports at which it is seen. */
  seen_by: z.array(z.object({ node_id: idSchema, interface: z.string().nullable() })),
  sources: z.array(z.enum(LINK_SOURCES)),
  /** Number of addresses seen behind it. */
  hosts: z.int(),
  /** Why it is drawn, or is no node, in words: "behind Gi1/0/4 of sw-1 are 6 addresses", "two nodes have its address". */
  reasons: z.array(z.string()),
  first_seen_at: timeSchema,
  last_seen_at: timeSchema,
  ...placeShape,
});
export type TopologyDevice = z.infer<typeof topologyDeviceSchema>;

/** What became of a link that was approved and is not there any more. */
export const GHOST_KINDS = ['moved', 'missing'] as const;
export type GhostKind = (typeof GHOST_KINDS)[number];

/** An approved link that is not as it was approved: drawn where it used to be. */
export const topologyGhostSchema = z.object({
  id: idSchema,
  kind: z.enum(GHOST_KINDS),
  a: linkEndSchema,
  b: linkEndSchema,
  /** The link by which one of its ports, or devices, is joined now; null where there is none. */
  moved_to: idSchema.nullable(),
  since: timeSchema,
  detail: z.string(),
});
export type TopologyGhost = z.infer<typeof topologyGhostSchema>;

/** A rectangle of the map around all that stands at a site. */
export const topologyZoneSchema = z.object({
  site_id: idSchema,
  name: z.string(),
  /** Left and upper edge; null while nothing in it has a place. */
  x: z.number().nullable(),
  y: z.number().nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  nodes: z.int(),
  devices: z.int(),
});
export type TopologyZone = z.infer<typeof topologyZoneSchema>;

/** `GET /topology`: all of it, that of a site, or a node with what is next to it. */
export const topologyQuerySchema = z.strictObject({
  site_id: idSchema.optional(),
  node_id: idSchema.optional(),
});
export type TopologyQuery = z.infer<typeof topologyQuerySchema>;
export const topologySchema = z.object({
  nodes: z.array(topologyNodeSchema),
  links: z.array(topologyLinkSchema),
  devices: z.array(topologyDeviceSchema),
  ghosts: z.array(topologyGhostSchema),
  zones: z.array(topologyZoneSchema),
  /** When the links were last worked out; null: never. */
  derived_at: timeSchema.nullable(),
  layout: z.object({
    computed_at: timeSchema.nullable(),
    /** Whether the good layout took too long, and a plain one stands instead. */
    is_plain: z.boolean(),
  }),
});
export type Topology = z.infer<typeof topologySchema>;

/** Most positions that one call sets. */
export const POSITIONS_MAX = 10_000;
const coordinate = z.number().min(-1_000_000).max(1_000_000);
const positionSchema = z.strictObject({
  /** A node or a device of the map. */
  id: idSchema,
  x: coordinate,
  y: coordinate,
});
/**
 * `PUT /topology/layout`: what is named stands there from now on, by hand; what is not named stays, and so does what stands there
 * already.
 */
export const putTopologyLayoutSchema = z.strictObject({
  positions: z
    .array(positionSchema.extend({ is_placed_by_hand: z.unknown().optional().meta({ readOnly: true }) }))
    .max(POSITIONS_MAX),
});
export type PutTopologyLayout = z.infer<typeof putTopologyLayoutSchema>;
/** `GET /topology/layout`, and what `PUT` answers. */
export const topologyLayoutSchema = z.object({
  positions: z.array(positionSchema.extend({ is_placed_by_hand: z.boolean() })),
});
export type TopologyLayout = z.infer<typeof topologyLayoutSchema>;
/** `POST /topology/layout/reset`: forgets what was placed by hand, of all or of a site, and lays it out anew. */
export const resetTopologyLayoutSchema = z.strictObject({ site_id: idSchema.optional() });
export type ResetTopologyLayout = z.infer<typeof resetTopologyLayoutSchema>;

/** How the reading of one table of a node went. */
const tableStateSchema = z.object({
  table: z.enum(NEIGHBOUR_TABLES),
  /** What came of the last reading. */
  state: z.enum(TABLE_READ_STATES),
  /** Rows of the last reading. */
  rows: z.int(),
  left_out: z.int(),
  /** Why it is not whole, in words; null when it is. */
  reason: z.string().nullable(),
  read_at: timeSchema,
  /** Rows that count: those of the last reading that was whole. */
  kept_rows: z.int(),
  /** When the rows that count were read; null while none were. */
  whole_at: timeSchema.nullable(),
});
/** `GET /topology/nodes/{id}`: what a node says of its neighbours, table by table, and why links of it may be missing. */
export const nodeNeighboursSchema = z.object({
  node_id: idSchema,
  read_at: timeSchema.nullable(),
  reasons: z.array(z.string()),
  tables: z.array(tableStateSchema),
});
export type NodeNeighbours = z.infer<typeof nodeNeighboursSchema>;

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
