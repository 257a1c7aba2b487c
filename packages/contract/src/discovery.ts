/**
 * Discovery: jobs that scan a network, from the server or from a collector, and the devices that they find.
 *
 * **Job, run.** A job is what is to be scanned, and how; each time that it is scanned is a run. A job shows its last run.
 *
 * **Device.** What a job has found stays with the job from run to run: what identifies a device is its serial number with its vendor, its
 * SNMP engine id, the MAC address of its chassis, or the set of its own addresses, never a name.
 */
import { z } from 'zod';
import { deviceIdentitySchema, deviceTypeSchema } from './device-identity.ts';
import {
  DISCOVERY_PHASES,
  foundNeighbourSchema,
  foundWebSchema,
  IDENTITY_KEY_KINDS,
} from './discovery-finding.ts';
import {
  DISCOVERY_TARGETS_MAX,
  discoveryOptionsSchema,
  discoveryTargetSchema,
  wholeRangeSchema,
  zoneNameSchema,
} from './discovery-options.ts';
import { hostAddressSchema, idSchema, nameSchema, timeSchema } from './field.ts';
import { listOf, listQuerySchema } from './list.ts';
import { RRULE_MAX } from './maintenance-window.ts';
import { nodeTypeSchema, templateSlugSchema } from './node.ts';
import { replacementOf } from './replacement.ts';

/** Most credentials that a job tries. */
export const DISCOVERY_CREDENTIALS_MAX = 20;

/** A start from one device along LLDP and CDP. */
export const discoveryCrawlSchema = z.strictObject({
  seed: hostAddressSchema,
  /** Networks that the crawl does not leave. */
  fence: z.array(wholeRangeSchema).min(1).max(DISCOVERY_TARGETS_MAX),
  /** Steps from the seed. */
  depth: z.int().min(0).max(32).default(8),
  /** Most devices that are asked. */
  devices_max: z.int().min(1).max(10_000).default(1000),
});
export type DiscoveryCrawl = z.infer<typeof discoveryCrawlSchema>;

/** When a job runs by itself: a rule of RFC 5545 from `starts_at` on, on the wall clock of a zone. */
export const discoveryScheduleSchema = z.strictObject({
  rrule: z.string().trim().min(1, 'is required').max(RRULE_MAX),
  timezone: zoneNameSchema.default('UTC'),
  /** The first time; by default when the job is made. */
  starts_at: z.iso.datetime({ offset: true }).optional(),
});
export type DiscoverySchedule = z.infer<typeof discoveryScheduleSchema>;

const jobFields = {
  name: nameSchema(),
  /** Empty where a crawl is given. */
  targets: z.array(discoveryTargetSchema).max(DISCOVERY_TARGETS_MAX),
  crawl: discoveryCrawlSchema.nullable(),
  /** Who scans: a collector, or null for the server. */
  collector_id: idSchema.nullable(),
  /** The site whose network it is. Equal addresses of two sites are two devices. Null: that of the collector, or no matter. */
  site_id: idSchema.nullable(),
  /** Tried in this order; each once at a host. */
  credential_ids: z.array(idSchema).max(DISCOVERY_CREDENTIALS_MAX),
  options: discoveryOptionsSchema,
  schedule: discoveryScheduleSchema.nullable(),
};

/** `POST /discovery/jobs`: begins at once, unless `start` is false. Either targets or a crawl is given. */
export const createDiscoveryJobSchema = z.strictObject({
  name: jobFields.name,
  targets: jobFields.targets.default([]),
  crawl: jobFields.crawl.default(null),
  collector_id: jobFields.collector_id.default(null),
  site_id: jobFields.site_id.default(null),
  credential_ids: jobFields.credential_ids.default([]),
  options: jobFields.options.prefault({}),
  schedule: jobFields.schedule.default(null),
  /** False: it waits for its schedule, or for a rerun. */
  start: z.boolean().default(true),
});
export type CreateDiscoveryJob = z.infer<typeof createDiscoveryJobSchema>;

/** `PATCH /discovery/jobs/{id}`: what is absent stays. A run that is under way goes on as it began. */
export const updateDiscoveryJobSchema = z.strictObject(jobFields).partial();
export type UpdateDiscoveryJob = z.infer<typeof updateDiscoveryJobSchema>;

export const DISCOVERY_STATUSES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type DiscoveryStatus = (typeof DISCOVERY_STATUSES)[number];

/** How far a run is. `done` of `total` addresses (of a crawl: devices) in this phase; `found` devices so far. */
export const discoveryProgressSchema = z.object({
  /** Null before it begins. */
  phase: z.enum(DISCOVERY_PHASES).nullable(),
  done: z.int().min(0),
  total: z.int().min(0),
  found: z.int().min(0),
});
export type DiscoveryProgress = z.infer<typeof discoveryProgressSchema>;

export const DISCOVERY_TRIGGERS = ['created', 'rerun', 'schedule'] as const;
/** One time that a job was scanned. */
export const discoveryRunSchema = z.object({
  id: idSchema,
  job_id: idSchema,
  /** 1 for the first run of a job. */
  number: z.int(),
  trigger: z.enum(DISCOVERY_TRIGGERS),
  status: z.enum(DISCOVERY_STATUSES),
  /** What it waits for, or why it failed, in a sentence; null where there is nothing to say. */
  message: z.string().nullable(),
  progress: discoveryProgressSchema,
  /** Packets sent, as far as the ledger has come. */
  packets: z.int(),
  /** Times that it was broken off and went on where it was. */
  resumed: z.int(),
  /** Devices by what became of them in this run; complete when it is done. */
  changes: z.object({ new: z.int(), changed: z.int(), gone: z.int(), back: z.int() }),
  /** What could not be read, counted and in words: `3 devices answered with what is no SNMP`. */
  remarks: z.array(z.string()),
  requested_by: z.string(),
  created_at: timeSchema,
  started_at: timeSchema.nullable(),
  ended_at: timeSchema.nullable(),
});
export type DiscoveryRun = z.infer<typeof discoveryRunSchema>;
export const discoveryRunListSchema = listOf(discoveryRunSchema);

export const DEVICE_STATES = ['new', 'monitored', 'ignored', 'gone'] as const;
export type DiscoveredState = (typeof DEVICE_STATES)[number];

export const discoveryJobSchema = z.object({
  id: idSchema,
  ...jobFields,
  targets: z.array(z.string()),
  options: discoveryOptionsSchema,
  collector_name: z.string().nullable(),
  site_name: z.string().nullable(),
  /** Addresses that are scanned; null for a crawl. */
  addresses: z.int().nullable(),
  /** Of its last run; `done` where it never ran. */
  status: z.enum(DISCOVERY_STATUSES),
  message: z.string().nullable(),
  progress: discoveryProgressSchema,
  /** Its last run; null where it never ran. */
  run: discoveryRunSchema.nullable(),
  /** When it runs by itself next. */
  next_run_at: timeSchema.nullable(),
  /** Devices by state. */
  devices: z.object({ new: z.int(), monitored: z.int(), ignored: z.int(), gone: z.int() }),
  created_by: z.string(),
  created_at: timeSchema,
  updated_at: timeSchema,
});
export type DiscoveryJob = z.infer<typeof discoveryJobSchema>;
/** `PUT /discovery/jobs/{id}`. */
export const replaceDiscoveryJobSchema = replacementOf(
  {
    ...jobFields,
    targets: jobFields.targets.default([]),
    crawl: jobFields.crawl.default(null),
    collector_id: jobFields.collector_id.default(null),
    site_id: jobFields.site_id.default(null),
    credential_ids: jobFields.credential_ids.default([]),
    options: jobFields.options.prefault({}),
    schedule: jobFields.schedule.default(null),
  },
  discoveryJobSchema,
);
export const discoveryJobListSchema = listOf(discoveryJobSchema);
export const discoveryJobListQuerySchema = listQuerySchema.extend({
  status: z.enum(DISCOVERY_STATUSES).optional(),
  collector_id: idSchema.optional(),
  site_id: idSchema.optional(),
});
export type DiscoveryJobListQuery = z.infer<typeof discoveryJobListQuerySchema>;

export const identityKeySchema = z.object({
  kind: z.enum(IDENTITY_KEY_KINDS),
  value: z.string(),
  /** Whether it tells this device; one that two devices have tells neither. */
  is_unique: z.boolean(),
});

/** What a job has found: `GET /discovery/jobs/{id}/devices`. */
export const discoveredDeviceSchema = z.object({
  id: idSchema,
  job_id: idSchema,
  /** The address by which it is asked. */
  ip_address: z.string(),
  /** All of its addresses that answered or that it names. */
  addresses: z.array(z.string()),
  state: z.enum(DEVICE_STATES),
  hostname: z.string().nullable(),
  sys_name: z.string().nullable(),
  sys_descr: z.string().nullable(),
  sys_object_id: z.string().nullable(),
  ...deviceIdentitySchema.shape,
  device_type: deviceTypeSchema,
  /** The credential with which it answered. */
  credential_id: idSchema.nullable(),
  credential_name: z.string().nullable(),
  snmp_port: z.int(),
  mac_address: z.string().nullable(),
  mac_vendor: z.string().nullable(),
  open_ports: z.array(z.int()),
  web: foundWebSchema.nullable(),
  /** Whom it hears by LLDP and CDP, where that was asked. */
  neighbours: z.array(foundNeighbourSchema),
  keys: z.array(identityKeySchema),
  /** Why its addresses are one device, in sentences; empty where it has one. */
  merge_reasons: z.array(z.string()),
  /** What could not be read of it, in sentences. */
  remarks: z.array(z.string()),
  /** What the last run changed: `new`, `changed`, `gone`, `back`; null for nothing. */
  last_change: z.enum(['new', 'changed', 'gone', 'back']).nullable(),
  node_id: idSchema.nullable(),
  node_name: z.string().nullable(),
  first_seen_at: timeSchema,
  last_seen_at: timeSchema,
});
export type DiscoveredDevice = z.infer<typeof discoveredDeviceSchema>;
export const discoveredDeviceListSchema = listOf(discoveredDeviceSchema);
/** Sorted by `ip_address` by default; also by `hostname`, `vendor`, `device_type`, `confidence`, `last_seen_at`. */
export const discoveredDeviceListQuerySchema = listQuerySchema.extend({
  state: z.enum(DEVICE_STATES).optional(),
  device_type: deviceTypeSchema.optional(),
});
export type DiscoveredDeviceListQuery = z.infer<typeof discoveredDeviceListQuerySchema>;

/** Most devices of one call. */
export const DISCOVERY_IMPORT_MAX = 1000;
const deviceIds = z.array(idSchema).min(1).max(DISCOVERY_IMPORT_MAX);

/** `POST /discovery/jobs/{id}/import`. What is not said follows from what was found. */
export const importDevicesSchema = z.strictObject({
  device_ids: deviceIds,
  site_id: idSchema,
  /** Who polls them; by default the collector that found them, and the site's own for what the server found. */
  collector_id: idSchema.nullable().optional(),
  group_ids: z.array(idSchema).max(100).optional(),
  /** Otherwise for single devices. */
  overrides: z
    .array(
      z.strictObject({
        device_id: idSchema,
        name: nameSchema().optional(),
        /** One of its addresses. */
        ip_address: hostAddressSchema.optional(),
        node_type: nodeTypeSchema.optional(),
        template: templateSlugSchema.optional(),
        /** Null: none is attached. */
        credential_id: idSchema.nullable().optional(),
      }),
    )
    .max(DISCOVERY_IMPORT_MAX)
    .default([]),
});
export type ImportDevices = z.infer<typeof importDevicesSchema>;

/** What became of each device: `created`; `existed`: it is a node already; `failed`: why is said. */
export const importedDevicesSchema = z.object({
  items: z.array(
    z.object({
      device_id: idSchema,
      outcome: z.enum(['created', 'existed', 'failed']),
      node_id: idSchema.nullable(),
      message: z.string().nullable(),
    }),
  ),
  created: z.int(),
  existed: z.int(),
  failed: z.int(),
});
export type ImportedDevices = z.infer<typeof importedDevicesSchema>;

/** `POST /discovery/jobs/{id}/ignore` and `/unignore`. What is ignored is so for every job of the same collector or of the server. */
export const ignoreDevicesSchema = z.strictObject({ device_ids: deviceIds });
/** `POST /discovery/jobs/{id}/merge`: the first one stays. What was merged by hand stays so in later runs. */
export const mergeDevicesSchema = z.strictObject({ device_ids: z.array(idSchema).min(2).max(100) });
/** `POST /discovery/jobs/{id}/split`: these addresses are a device of their own, also in later runs. */
export const splitDeviceSchema = z.strictObject({
  device_id: idSchema,
  addresses: z.array(z.string().max(64)).min(1).max(1000),
});
export const splitDevicesSchema = z.object({ items: z.array(discoveredDeviceSchema) });

/** `GET /discovery/jobs/{id}/changes`: what a run changed, the last one by default. */
export const discoveryChangesQuerySchema = listQuerySchema.extend({ run_id: idSchema.optional() });
export type DiscoveryChangesQuery = z.infer<typeof discoveryChangesQuerySchema>;
export const discoveryChangeSchema = z.object({
  id: idSchema,
  run_id: idSchema,
  device_id: idSchema,
  ip_address: z.string(),
  name: z.string().nullable(),
  change: z.enum(['new', 'changed', 'gone', 'back']),
  /** What is otherwise than before; empty unless it is `changed`. */
  fields: z.array(
    z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
  at: timeSchema,
});
export type DiscoveryChange = z.infer<typeof discoveryChangeSchema>;
export const discoveryChangeListSchema = listOf(discoveryChangeSchema);

/** `GET /discovery/jobs/{id}/ledger`: every kind of packet that a run sent to each address; of the last one by default. */
export const discoveryLedgerQuerySchema = listQuerySchema.extend({
  run_id: idSchema.optional(),
  address: hostAddressSchema.optional(),
});
export type DiscoveryLedgerQuery = z.infer<typeof discoveryLedgerQuerySchema>;
export const discoveryLedgerListSchema = listOf(
  z.object({ address: z.string(), packets: z.int(), kinds: z.record(z.string(), z.int()) }),
).extend({
  /** Of the whole run. */
  packets: z.int(),
  kinds: z.record(z.string(), z.int()),
});
export type DiscoveryLedger = z.infer<typeof discoveryLedgerListSchema>;

/** Data of the event `discovery_changed`. */
export const discoveryChangedEventSchema = z.object({
  job_id: idSchema,
  run_id: idSchema.nullable(),
  status: z.enum(DISCOVERY_STATUSES),
  progress: discoveryProgressSchema,
});
export type DiscoveryChangedEvent = z.infer<typeof discoveryChangedEventSchema>;
