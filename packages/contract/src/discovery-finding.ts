/**
 * What a scan and whoever ordered it say to each other, on the server and between the server and a collector: the order of a run,
 * and the parts of what came of it. A collector gets it as the order of a job of the kind `discovery`, and posts each part as
 * a result in the state `running`, the last one in the state `done`.
 *
 * **Parts** are numbered from `next_part` of the order on, without a gap. A part is posted until it is answered, then the next one; one
 * that was taken already is passed over. At least every `part_seconds` there is one, also where nothing was found: that is the run's sign of
 * life. Its `cursor` says where a scan goes on that was broken off after this part; what was found, sent and counted up to there is in
 * this part and those before. An answer with the header `x-stratora-job-over` says that nobody wants more: the scan stops at once.
 */
import { z } from 'zod';
import { deviceIdentitySchema } from './device-identity.ts';
import { idSchema, timeSchema } from './field.ts';
import { DISCOVERY_CURSOR_MAX, DISCOVERY_PART_DEVICES, DISCOVERY_PART_LEDGER } from './wire.ts';

export const DISCOVERY_PHASES = ['ping', 'tcp', 'snmp', 'http', 'dns', 'identify', 'crawl'] as const;
export type DiscoveryPhase = (typeof DISCOVERY_PHASES)[number];

/**
 * What identifies a device, the strongest first: `serial` (`vendor:serial`), `engine_id` (hexadecimal), `base_mac` (dot1dBaseBridgeAddress,
 * or the chassis id of LLDP where that is a MAC address), `chassis_id` (of another subtype: `subtype:text`), `addresses` (its own ones,
 * sorted, with commas; without 127/8, 169.254/16, fe80::/10, and without virtual addresses of HSRP and VRRP).
 */
export const IDENTITY_KEY_KINDS = ['serial', 'engine_id', 'base_mac', 'chassis_id', 'addresses'] as const;
export type IdentityKeyKind = (typeof IDENTITY_KEY_KINDS)[number];

const text = z.string().max(1024);
const maybe = text.nullable().default(null);

/** What a web server says of itself. */
export const foundWebSchema = z.object({
  url: maybe,
  status: z.int().nullable().default(null),
  server: maybe,
  title: maybe,
  certificate_subject: maybe,
  certificate_issuer: maybe,
  certificate_not_after: timeSchema.nullable().default(null),
  certificate_sha256: maybe,
});
export type FoundWeb = z.infer<typeof foundWebSchema>;

/** A neighbour as a device names it. */
export const foundNeighbourSchema = z.object({
  protocol: z.enum(['lldp', 'cdp']),
  local_port: maybe,
  name: maybe,
  address: maybe,
  port: maybe,
  platform: maybe,
});
export type FoundNeighbour = z.infer<typeof foundNeighbourSchema>;

/** Most characters of a text of the evidence. */
export const EVIDENCE_TEXT_MAX = 2048;
const evidenceText = z.string().max(EVIDENCE_TEXT_MAX);

/** What a device said of itself, for a server that tells by it what the device is. All texts as they came, cut. */
export const foundEvidenceSchema = z.object({
  sys_object_id: evidenceText.nullable(),
  sys_descr: evidenceText.nullable(),
  sys_name: evidenceText.nullable(),
  sys_services: z.int().nullable(),
  /** The first object below each subtree that it was asked for. */
  held: z.array(z.object({ subtree: evidenceText, oid: evidenceText, text: evidenceText })).max(200),
  /** Single objects by their whole OID. */
  values: z.array(z.object({ oid: evidenceText, text: evidenceText })).max(200),
  /** Rows of entPhysicalTable that stand for a chassis or a stack. */
  entities: z
    .array(
      z.object({
        physical_class: z.int(),
        description: evidenceText,
        firmware: evidenceText,
        software: evidenceText,
        serial: evidenceText,
        manufacturer: evidenceText,
        model: evidenceText,
      }),
    )
    .max(16),
});
export type FoundEvidence = z.infer<typeof foundEvidenceSchema>;

/** Larger numbers are no counts, and no column has room for them. */
const COUNT_MAX = 1_000_000_000;

/** By what a device was noticed. */
export const FOUND_BY = ['ping', 'tcp', 'snmp', 'http', 'neighbour'] as const;

/** One device at one address, or at several where the scan itself knows that they are one. */
export const foundDeviceSchema = z.object({
  /** The address by which it answered; the first one. */
  address: z.string().max(64),
  /** Further addresses that answered and are this device. */
  also_at: z.array(z.string().max(64)).max(64).default([]),
  /** Addresses that the device says are its own, without those that identify nobody. */
  own_addresses: z.array(z.string().max(64)).max(10_000).default([]),
  found_by: z.array(z.enum(FOUND_BY)),
  hostname: maybe,
  sys_name: maybe,
  sys_descr: maybe,
  sys_object_id: maybe,
  /** By what it is identified where the scan itself could not; null where it did, or knows nothing but an address. */
  evidence: foundEvidenceSchema.nullable().default(null),
  /** What it is; null where nothing but its address is known, or where only the evidence of it was read. */
  identity: deviceIdentitySchema.nullable().default(null),
  credential_id: idSchema.nullable().default(null),
  /** Lower case with colons. */
  mac_address: maybe,
  mac_vendor: maybe,
  open_ports: z.array(z.int().min(1).max(65_535)).max(1000).default([]),
  web: foundWebSchema.nullable().default(null),
  neighbours: z.array(foundNeighbourSchema).max(5000).default([]),
  keys: z
    .array(z.object({ kind: z.enum(IDENTITY_KEY_KINDS), value: text }))
    .max(50)
    .default([]),
  /** What could not be read of it, and what it answered to which credential, in sentences. */
  remarks: z.array(text).max(50).default([]),
  seen_at: z.iso.datetime({ offset: true }),
});
export type FoundDevice = z.infer<typeof foundDeviceSchema>;
/** A found device as it is written: what has a default may be absent. */
export type FoundDeviceInput = z.input<typeof foundDeviceSchema>;

/**
 * Kinds of packets in the ledger: each is a packet that opens an exchange. Of SNMP by version and purpose: a probe is the first question
 * with a community, a login that of a user, a discovery asks for an engine without any user, and a read is what a device is asked that has
 * answered. Beside them `tcp_PORT`: a connection, one SYN each, those of web pages included.
 */
export const LEDGER_KINDS = [
  'icmp_echo',
  'snmp_v1_probe',
  'snmp_v2c_probe',
  'snmp_v3_discovery',
  'snmp_v3_login',
  'snmp_v1_read',
  'snmp_v2c_read',
  'snmp_v3_read',
  'http_request',
  'dns_query',
] as const;
/** Packets of one kind to one address since the part before. */
export const ledgerRowSchema = z.object({
  address: z.string().max(64),
  kind: z.string().regex(/^[a-z][a-z0-9_]{0,31}$/),
  packets: z.int().min(1).max(1_000_000),
});
export type LedgerRow = z.infer<typeof ledgerRowSchema>;

/** How a scan ended: `paused` where its hours were over, to go on at its cursor. */
export const SCAN_ENDS = ['done', 'failed', 'paused', 'cancelled'] as const;

/** A part of what came of a run. */
export const discoveryPartSchema = z.object({
  part: z.int().min(0).max(COUNT_MAX),
  progress: z.object({
    phase: z.enum(DISCOVERY_PHASES),
    done: z.int().min(0).max(COUNT_MAX),
    total: z.int().min(0).max(COUNT_MAX),
  }),
  cursor: z.string().max(DISCOVERY_CURSOR_MAX),
  devices: z.array(foundDeviceSchema).max(DISCOVERY_PART_DEVICES).default([]),
  ledger: z.array(ledgerRowSchema).max(DISCOVERY_PART_LEDGER).default([]),
  /** Remarks on the run as a whole, in sentences: `The user "ops" is not tried further: 10.0.0.7 refused its password`. */
  remarks: z.array(text).max(100).default([]),
  /** Null while the scan goes on. */
  end: z
    .object({ how: z.enum(SCAN_ENDS), message: text.nullable().default(null) })
    .nullable()
    .default(null),
});
export type DiscoveryPart = z.infer<typeof discoveryPartSchema>;
export type DiscoveryPartInput = z.input<typeof discoveryPartSchema>;
