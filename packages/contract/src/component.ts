import { z } from 'zod';
import { componentFlagSchema, engineChoiceSchema } from './component-config.ts';
import { approvalSchema, componentTypeSchema } from './enrollment.ts';
import { hostnameForm, idSchema, nameSchema, timeSchema } from './field.ts';
import { listOf } from './list.ts';
import { replacementOf } from './replacement.ts';
import { ENGINE_KINDS } from './wire.ts';

export const engineStateSchema = z.object({
  kind: z.enum(ENGINE_KINDS),
  version: z.string().max(64),
  running: z.boolean(),
  pid: z.int().optional(),
  /** True while it does not run because the config has nothing to gather. */
  idle: z.boolean().optional(),
});
export type EngineState = z.infer<typeof engineStateSchema>;

/** Samples that the spool dropped at its bound: arrival of the first and the last line, and how many. */
export const queueGapSchema = z.object({ from: timeSchema, to: timeSchema, count: z.int().min(0) });
export type QueueGap = z.infer<typeof queueGapSchema>;

/**
 * The spool: bytes waiting, the time of the oldest waiting sample, lines dropped at the bound, and the newest of the
 * gaps that this left.
 */
export const queueStateSchema = z.object({
  bytes: z.int().min(0),
  oldest: timeSchema.nullable().optional(),
  dropped: z.int().min(0).default(0),
  gaps: z.array(queueGapSchema).max(100).optional(),
});
export type QueueState = z.infer<typeof queueStateSchema>;

export const TARGET_STATUSES = ['ok', 'timeout', 'auth', 'refused', 'bad_answer', 'limit'] as const;
export const targetStatusSchema = z.object({
  node_id: idSchema,
  input: z.string().max(64),
  status: z.enum(TARGET_STATUSES),
  /** A sentence for people; empty where all is well. */
  message: z.string().max(1024).default(''),
  /** What the engine, or a library or program behind it, said itself. */
  detail: z.string().max(2048).default(''),
});
export type TargetStatus = z.input<typeof targetStatusSchema> & { message: string };

export const CONFIG_STATUSES = ['applied', 'validation_error', 'rolled_back', 'engine_down'] as const;
/** `POST /api/v1/remote-collectors/{id}/report`, sent on a change. */
export const reportRequestSchema = z.object({
  /** The config that `status` is about: the one that runs, or the one that was refused or rolled back. */
  config_hash: z.string().max(128),
  status: z.enum(CONFIG_STATUSES),
  /** The config that runs, reported with every status: after a rollback it is another one than `config_hash`. */
  running_hash: z.string().max(128).optional(),
  message: z.string().max(4096).optional(),
  engine: engineStateSchema,
  queue: queueStateSchema.optional(),
  /** The addresses of the host itself, by which devices around it tell where it is plugged in. */
  ip_addresses: z.array(z.string().max(64)).max(256).optional(),
  /** The component's own clock, so that the server can see its skew. */
  component_time: timeSchema.optional(),
  targets: z.array(targetStatusSchema).max(50_000).optional(),
});
export type ReportRequest = z.infer<typeof reportRequestSchema>;

/** `POST /api/v1/agents/heartbeat/{node_id}`, every 10 s. */
export const heartbeatRequestSchema = z.object({
  version: z.string().max(64),
  hostname: z.string().max(253).overwrite(hostnameForm),
  fqdn: z.string().max(253).optional(),
  os: z.string().max(64),
  os_version: z.string().max(256),
  arch: z.string().max(32),
  uptime_seconds: z.number().min(0),
  /** The addresses of the host itself, the one that it calls from first. */
  ip_addresses: z.array(z.string().max(64)).max(256),
  roles: z.array(z.string().max(64)).max(64).optional(),
  engine: engineStateSchema,
  queue: queueStateSchema.optional(),
  config_hash: z.string().max(128).optional(),
  config_status: z.enum(CONFIG_STATUSES).optional(),
  /** The config that runs; see `ReportRequest`. */
  running_hash: z.string().max(128).optional(),
  config_message: z.string().max(4096).optional(),
  /** The component's own clock, so that the server can see its skew. */
  component_time: timeSchema.optional(),
  /** States of inputs that have changed, as in `ReportRequest`. */
  targets: z.array(targetStatusSchema).max(1000).optional(),
});
export type HeartbeatRequest = z.input<typeof heartbeatRequestSchema>;
export const heartbeatResponseSchema = z.object({
  config_hash: z.string().nullable(),
  server_time: timeSchema,
});
export type HeartbeatResponse = z.infer<typeof heartbeatResponseSchema>;

/** Counts of the lines that a component sent since the server knows it, by what became of them. */
export const ingestDiagnosticsSchema = z.object({
  lines_accepted: z.int(),
  lines_rejected: z.int(),
  rejected_by_reason: z.record(z.string(), z.int()),
  last_ingest_at: timeSchema.nullable(),
  last_rejection: z.string().nullable(),
});
export type IngestDiagnostics = z.infer<typeof ingestDiagnosticsSchema>;

/** A component as users see it. */
export const componentSchema = z.object({
  id: idSchema,
  component_type: componentTypeSchema,
  name: z.string(),
  hostname: z.string(),
  version: z.string(),
  os: z.string(),
  os_version: z.string().nullable(),
  arch: z.string(),
  approval: approvalSchema,
  /** State of the connection, by its config pull (collector) or heartbeat (agent). */
  connection: z.enum(['online', 'offline', 'never_seen']),
  site_id: idSchema.nullable(),
  site_name: z.string().nullable(),
  /** The node of an agent; null for collectors. */
  node_id: idSchema.nullable(),
  /** Number of nodes that a collector polls. */
  node_count: z.int(),
  /**
   * Number of nodes at which something that it gathers fails, or that its config leaves out; a node that is offline and
   * merely silent is not among them.
   */
  failing_node_count: z.int(),
  last_seen_at: timeSchema.nullable(),
  registered_at: timeSchema,
  approved_at: timeSchema.nullable(),
  engine: engineStateSchema.nullable(),
  queue: queueStateSchema.nullable(),
  /** The hash that the component runs, and the one that it should run. */
  running_config_hash: z.string().nullable(),
  desired_config_hash: z.string().nullable(),
  /** Their generations, while those are kept. */
  desired_generation: z.int().nullable(),
  running_generation: z.int().nullable(),
  /** The generation that it is held at; null: it gets the newest. */
  pinned_generation: z.int().nullable(),
  /** The rollout that has not reached this component yet. */
  held_by_rollout_id: idSchema.nullable(),
  engine_choice: engineChoiceSchema,
  config_status: z.enum(CONFIG_STATUSES).nullable(),
  config_message: z.string().nullable(),
  /** The component's clock minus the server's, in seconds; null until it reported it. */
  clock_skew_seconds: z.number().nullable(),
  ip_addresses: z.array(z.string()),
  fqdn: z.string().nullable(),
  /** Roles of the host, as its agent found out: `docker`, `postgresql` and the like. */
  roles: z.array(z.string()),
  flags: z.array(componentFlagSchema),
  /** End of the time in which the key before the last rotation still works. */
  previous_key_valid_until: timeSchema.nullable(),
  ingest: ingestDiagnosticsSchema,
});
export type Component = z.infer<typeof componentSchema>;
/** `PUT /components/{id}`. */
export const replaceComponentSchema = replacementOf(
  {
    name: nameSchema(),
    site_id: idSchema.nullable().default(null),
    engine_choice: engineChoiceSchema.default('auto'),
  },
  componentSchema,
);
export const componentListSchema = listOf(componentSchema);

/** `POST /components/{id}/rotate-key`: the new key is shown in this answer and never again. */
export const rotatedKeySchema = z.object({ component_id: idSchema, api_key: z.string() });
