import { z } from 'zod';
import { idSchema, timeSchema } from './field.ts';
import { nodeStatusSchema } from './node.ts';
import { statusCountsSchema } from './site.ts';

/** `GET /health`, without login. */
export const healthSchema = z.object({
  status: z.enum(['ok', 'degraded']),
  version: z.string(),
  checks: z.object({
    database: z.enum(['ok', 'failing']),
    metrics: z.enum(['ok', 'failing']),
    /** `failing` while the metric store refuses the expression of an alert rule, which judges nothing then. */
    rules: z.enum(['ok', 'failing']),
  }),
  /** What is wrong and what to do about it, for people; empty when all is well. */
  messages: z.array(z.string()),
});
export type Health = z.infer<typeof healthSchema>;

/** An entry of the recent activity: the audit log and changes of status, newest first. */
export const activitySchema = z.object({
  id: z.string(),
  time: timeSchema,
  kind: z.string(),
  text: z.string(),
  node_id: idSchema.nullable(),
  actor: z.string().nullable(),
  /** How many things of one kind happened within a minute, of which this is the line. */
  count: z.int(),
  /** Of several: the nodes, at most 100 of them; empty for one. */
  nodes: z.array(z.object({ id: idSchema, name: z.string() })),
  /** Names of the sites of the nodes. */
  sites: z.array(z.string()),
});
export type Activity = z.infer<typeof activitySchema>;

/** `GET /summary`. */
export const summarySchema = z.object({
  nodes: z.object({
    total: z.int(),
    by_status: statusCountsSchema,
    /** Nodes that are healthy or discovering while a part of what is wanted of them cannot be read. */
    collection_failing: z.int(),
  }),
  /**
   * 0..100: the share of nodes that are well; a warning and an unknown state count half, maintenance and discovering are
   * left out. 100 only when all of them are well and can be read in full; null while no state is known.
   */
  health_score: z.number().nullable(),
  sites: z.array(z.object({ id: idSchema, name: z.string(), total: z.int(), by_status: statusCountsSchema })),
  components: z.object({
    collectors: z.int(),
    collectors_online: z.int(),
    agents: z.int(),
    agents_online: z.int(),
    pending: z.int(),
  }),
  attention: z.array(
    z.object({
      node_id: idSchema,
      name: z.string(),
      status: nodeStatusSchema,
      reason: z.string(),
      since: timeSchema,
    }),
  ),
  activity: z.array(activitySchema),
  generated_at: timeSchema,
});
export type Summary = z.infer<typeof summarySchema>;

/** Server-sent events of `GET /events`: the event's name and its data. */
export const EVENT_NAMES = [
  'node_status',
  'node_changed',
  'component_changed',
  'alerts_changed',
  'maintenance_changed',
  'topology_changed',
  'discovery_changed',
  'activity',
  'hello',
] as const;
export type EventName = (typeof EVENT_NAMES)[number];
export const nodeStatusEventSchema = z.object({
  node_id: idSchema,
  status: nodeStatusSchema,
  status_since: timeSchema,
  status_reason: z.string().nullable(),
  last_seen_at: timeSchema.nullable(),
});
export type NodeStatusEvent = z.infer<typeof nodeStatusEventSchema>;
/** Data of `node_changed` and `component_changed`: something about it is new, or it is gone. */
export const changedEventSchema = z.object({
  id: idSchema,
  change: z.enum(['created', 'updated', 'deleted']),
});
export type ChangedEvent = z.infer<typeof changedEventSchema>;

/** Data of `topology_changed`: links or devices are other ones, or places on the map are. Null: of any site. */
export const topologyChangedEventSchema = z.object({
  site_id: idSchema.nullable(),
  change: z.enum(['links', 'layout', 'approval']),
});
export type TopologyChangedEvent = z.infer<typeof topologyChangedEventSchema>;

export const auditEntrySchema = z.object({
  id: z.string(),
  time: timeSchema,
  actor: z.string(),
  action: z.string(),
  object_type: z.string().nullable(),
  object_id: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
  request_id: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
