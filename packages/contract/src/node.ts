import { z } from 'zod';
import { TARGET_STATUSES } from './component.ts';
import { approvalSchema } from './enrollment.ts';
import {
  hostAddressSchema,
  idSchema,
  nameSchema,
  noteSchema,
  timeSchema,
  webAddressSchema,
} from './field.ts';
import { listOf, listQuerySchema } from './list.ts';
import { replacementOf } from './replacement.ts';
import { snmpPaceSchema } from './snmp-pace.ts';

export const NODE_STATUSES = [
  'discovering',
  'healthy',
  'warning',
  'critical',
  'offline',
  'unknown',
  'maintenance',
] as const;
export const nodeStatusSchema = z.enum(NODE_STATUSES);
export type NodeStatus = z.infer<typeof nodeStatusSchema>;

export const NODE_TYPES = [
  'server',
  'workstation',
  'virtual_machine',
  'hypervisor',
  'switch',
  'router',
  'firewall',
  'wireless_controller',
  'access_point',
  'load_balancer',
  'storage',
  'ups',
  'pdu',
  'printer',
  'camera',
  'plc',
  'hmi',
  'iot',
  'sensor',
  'website',
  'other',
] as const;
export const nodeTypeSchema = z.enum(NODE_TYPES);

export const templateSlugSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be the slug of a template');

const nodeFields = {
  name: nameSchema(),
  ip_address: hostAddressSchema,
  node_type: nodeTypeSchema,
  site_id: idSchema,
  template: templateSlugSchema,
  collector_id: idSchema.nullable(),
  environment: nameSchema(64).nullable(),
  group_ids: z.array(idSchema).max(100),
  snmp_port: z.int().min(1).max(65_535),
  url: webAddressSchema.nullable(),
  snmp_pace: snmpPaceSchema.nullable(),
};

/** Whether a node may be polled at an address, port and site where another is already. */
const allowDuplicateSchema = z.boolean().optional();

/**
 * `POST /nodes`. Without a site it goes to the default one, without a template to `ping`. Without a collector it follows
 * its site: it is polled by the one that the site names, else by the server's own, and goes with the site when that
 * changes. One that is named stays until another is; null lets a node follow its site again.
 */
export const createNodeSchema = z.strictObject({
  name: nodeFields.name,
  ip_address: nodeFields.ip_address,
  node_type: nodeFields.node_type.default('other'),
  site_id: nodeFields.site_id.optional(),
  template: nodeFields.template.default('ping'),
  collector_id: nodeFields.collector_id.optional(),
  environment: nodeFields.environment.optional(),
  group_ids: nodeFields.group_ids.optional(),
  snmp_port: nodeFields.snmp_port.default(161),
  url: nodeFields.url.optional(),
  snmp_pace: nodeFields.snmp_pace.optional(),
  allow_duplicate: allowDuplicateSchema,
});
export type CreateNode = z.infer<typeof createNodeSchema>;

/** `PATCH /nodes/{id}`: what is absent stays. */
export const updateNodeSchema = z
  .strictObject({ ...nodeFields, allow_duplicate: allowDuplicateSchema })
  .partial();
export type UpdateNode = z.infer<typeof updateNodeSchema>;

export const collectionStateSchema = z.object({
  input: z.string(),
  status: z.enum(TARGET_STATUSES),
  /** A sentence for people, in the same words whichever engine gathers; empty where all is well. */
  message: z.string(),
  /** What the engine said itself; null where the sentence says it all. */
  detail: z.string().nullable(),
  since: timeSchema,
});
export type CollectionState = z.infer<typeof collectionStateSchema>;

export const nodeCredentialSchema = z.object({
  purpose: z.string(),
  credential_id: idSchema,
  name: z.string(),
  type: z.string(),
});

export const nodeSchema = z.object({
  id: idSchema,
  name: z.string(),
  ip_address: z.string(),
  fqdn: z.string().nullable(),
  node_type: z.string(),
  site_id: idSchema,
  site_name: z.string(),
  template: z.string(),
  /** The collector that polls it; null for a node that its own agent reports. */
  collector_id: idSchema.nullable(),
  /** True when somebody chose the collector; else the node goes with its site. */
  collector_chosen: z.boolean(),
  /** The agent that reports this node. */
  agent_id: idSchema.nullable(),
  environment: z.string().nullable(),
  group_ids: z.array(idSchema),
  snmp_port: z.int(),
  url: z.string().nullable(),
  /** The node's own pace of SNMP; null for that of its template. */
  snmp_pace: snmpPaceSchema.nullable(),
  status: nodeStatusSchema,
  status_since: timeSchema,
  /** The reason of this status, in words. */
  status_reason: z.string().nullable(),
  last_seen_at: timeSchema.nullable(),
  approval: approvalSchema,
  os: z.string().nullable(),
  created_at: timeSchema,
  updated_at: timeSchema,
});
export type Node = z.infer<typeof nodeSchema>;
export const nodeListSchema = listOf(nodeSchema);

/** `GET /nodes/{id}`. */
export const nodeDetailSchema = nodeSchema.extend({
  collection: z.array(collectionStateSchema),
  credentials: z.array(nodeCredentialSchema),
});
export type NodeDetail = z.infer<typeof nodeDetailSchema>;

/**
 * `PUT /nodes/{id}`. A collector is chosen by naming another one than `GET` gave; the one that it gave with
 * `collector_chosen` false goes on to be that of the site.
 */
export const replaceNodeSchema = replacementOf(
  {
    ...nodeFields,
    node_type: nodeFields.node_type.default('other'),
    site_id: nodeFields.site_id.optional(),
    template: nodeFields.template.default('ping'),
    collector_id: nodeFields.collector_id.default(null),
    collector_chosen: z.boolean().default(true),
    environment: nodeFields.environment.default(null),
    group_ids: nodeFields.group_ids.default([]),
    snmp_port: nodeFields.snmp_port.default(161),
    url: nodeFields.url.default(null),
    snmp_pace: nodeFields.snmp_pace.default(null),
    allow_duplicate: allowDuplicateSchema,
  },
  nodeDetailSchema,
);
export type ReplaceNode = z.infer<typeof replaceNodeSchema>;

export const nodeListQuerySchema = listQuerySchema.extend({
  status: nodeStatusSchema.optional(),
  site_id: idSchema.optional(),
  group_id: idSchema.optional(),
  node_type: nodeTypeSchema.optional(),
  collector_id: idSchema.optional(),
  /** Nodes to which this credential is attached. */
  credential_id: idSchema.optional(),
});

export const bulkNodesSchema = z.discriminatedUnion('action', [
  z.strictObject({
    node_ids: z.array(idSchema).min(1).max(10_000),
    action: z.literal('move_to_site'),
    site_id: idSchema,
    allow_duplicate: allowDuplicateSchema,
  }),
  z.strictObject({
    node_ids: z.array(idSchema).min(1).max(10_000),
    action: z.literal('assign_collector'),
    collector_id: idSchema.nullable(),
  }),
  z.strictObject({ node_ids: z.array(idSchema).min(1).max(10_000), action: z.literal('delete') }),
  /** A maintenance window for each node, from now until `ends_at` or for `for_seconds`; one of the two is given. */
  z.strictObject({
    node_ids: z.array(idSchema).min(1).max(10_000),
    action: z.literal('maintenance'),
    ends_at: z.iso.datetime({ offset: true }).optional(),
    for_seconds: z
      .int()
      .min(1)
      .max(30 * 86_400)
      .optional(),
    reason: noteSchema.nullable().optional(),
  }),
]);
export type BulkNodes = z.infer<typeof bulkNodesSchema>;
export const bulkAnswerSchema = z.object({ affected: z.int() });

/** `PUT /nodes/{id}/credentials/{purpose}`. */
export const attachCredentialSchema = z.strictObject({ credential_id: idSchema });
