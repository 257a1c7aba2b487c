/**
 * Neighbour reports: what one device says of its place in the network, table by table, as a collector read it. The rows are
 * the device's own words: numbers of different number spaces (ifIndex, bridge port, LLDP port number) are never made
 * equal here, and nothing is left out because it looks odd. What follows from them is worked out on the server.
 */
import { z } from 'zod';
import { idSchema, timeSchema } from './field.ts';
import { NEIGHBOUR_ROWS_MAX, NEIGHBOUR_TABLES } from './wire.ts';

export { NEIGHBOUR_ROWS_MAX, NEIGHBOUR_TABLES };

export type NeighbourTable = (typeof NEIGHBOUR_TABLES)[number];

/**
 * How much of a table was read. `whole`: all of it, also when it has no rows; `part`: the walk broke off, or a limit cut it;
 * `absent`: the device has no such table; `failed`: nothing of it could be read.
 */
export const TABLE_READ_STATES = ['whole', 'part', 'absent', 'failed'] as const;
export type TableReadState = (typeof TABLE_READ_STATES)[number];

const text = z.string().max(1024);
/** Six octets in lower-case hexadecimal with colons. */
export const macAddressSchema = z.string().regex(/^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/, 'must be a MAC address');
const ifIndex = z.int().min(0);

/**
 * An id of a chassis or port as LLDP has it (IEEE 802.1AB: lldpChassisIdSubtype, lldpPortIdSubtype; 0 where the device does not
 * tell it): `text` is a MAC address in lower case with colons, an IP address, or the text without its control characters; by the
 * subtype, or where the octets cannot be that, by what they can be; octets that are nothing of this in hexadecimal with colons. Empty
 * where the device has no such id.
 */
const lldpIdSchema = z.object({ subtype: z.int().min(0), text });

/** A row of ifTable and ifXTable (RFC 2863). Null: the device has no such value. */
const interfaceRowSchema = z.object({
  if_index: ifIndex,
  name: text.nullable(),
  description: text.nullable(),
  alias: text.nullable(),
  /** IANAifType: 6 Ethernet, 161 aggregate, 53 virtual, 24 loopback. */
  type: z.int().nullable(),
  mac_address: macAddressSchema.nullable(),
  admin_status: z.int().nullable(),
  /** 1 up, 2 down, 7 lower layer down. */
  oper_status: z.int().nullable(),
  speed_bps: z.number().nullable(),
});

/** An address of the device itself (ipAddressTable, ipAddrTable), IPv6 as RFC 5952 writes it. */
const addressRowSchema = z.object({ address: text, prefix_length: z.int().nullable(), if_index: ifIndex });

/** A port of the device as LLDP numbers them (lldpLocPortTable). */
const lldpPortRowSchema = z.object({
  port_number: z.int(),
  /** The ifIndex of the port where the agent names it (LLDP-V2-MIB); null otherwise. */
  if_index: ifIndex.nullable(),
  id: lldpIdSchema,
  description: text.nullable(),
  /** lldpPortConfigAdminStatus: 1 sends, 2 hears, 3 both, 4 off. */
  admin_status: z.int().nullable(),
});

/**
 * A neighbour heard by LLDP (lldpRemTable, lldpV2RemTable). The same chassis and port heard on the same port is one row, however
 * many the device has: the rest of a row's index (time mark, number) changes with anything.
 */
const lldpNeighbourRowSchema = z.object({
  /** lldpRemLocalPortNum, or the ifIndex by LLDP-V2: a number of `lldp_ports`, not of `interfaces`. 0 where the device tells none. */
  port_number: z.int(),
  /**
   * The ifIndex of the port on which it was heard, where the device says so itself: by LLDP-V2-MIB, or by a table of its vendor
   * (MikroTik's has no port numbers but this); null otherwise.
   */
  if_index: ifIndex.nullable(),
  chassis: lldpIdSchema,
  port: lldpIdSchema,
  port_description: text.nullable(),
  system_name: text.nullable(),
  system_description: text.nullable(),
  /** lldpRemSysCapEnabled in words: `bridge`, `router`, `wlan`, `phone`, `station`, `repeater`, `docsis`, `other`. */
  capabilities: z.array(z.string()),
  management_addresses: z.array(text),
});

/** A neighbour heard by CDP (cdpCacheTable of CISCO-CDP-MIB). */
const cdpNeighbourRowSchema = z.object({
  if_index: ifIndex,
  device_id: text,
  port: text.nullable(),
  platform: text.nullable(),
  version: text.nullable(),
  /** cdpCacheSysName. */
  system_name: text.nullable(),
  /** cdpCacheAddress: the first address that the neighbour announced. */
  address: text.nullable(),
  /** Its primary and secondary management address, where it announced any. */
  management_addresses: z.array(text),
  /** As those of LLDP, with `switch`, `host` and `igmp`. */
  capabilities: z.array(z.string()),
  native_vlan: z.int().nullable(),
});

/** A bridge port (dot1dBasePortTable, dot1dStpPortTable; RFC 4188). */
const bridgePortRowSchema = z.object({
  bridge_port: z.int(),
  if_index: ifIndex.nullable(),
  /** dot1dStpPortState: 1 disabled, 2 blocking, 3 listening, 4 learning, 5 forwarding, 6 broken. */
  stp_state: z.int().nullable(),
  /** dot1dStpPortDesignatedBridge without its priority, and the octets of the port there. */
  designated_bridge: macAddressSchema.nullable(),
  designated_port: z.int().nullable(),
});

/** An address that the device forwards to (dot1dTpFdbTable, dot1qTpFdbTable; RFC 4188, RFC 4363). */
const forwardingRowSchema = z.object({
  mac_address: macAddressSchema,
  bridge_port: z.int(),
  vlan: z.int().nullable(),
  /** 3 learned, 4 self, 5 mgmt. */
  status: z.int(),
});

/** A pair of addresses that the device has resolved (ipNetToPhysicalTable, ipNetToMediaTable; RFC 4293). */
const resolutionRowSchema = z.object({ if_index: ifIndex, address: text, mac_address: macAddressSchema });

/** A port inside an aggregate (dot3adAggPortTable of IEEE 802.3ad, ifStackTable). */
const aggregateRowSchema = z.object({
  member_if_index: ifIndex,
  /** The aggregate that the port is attached to, or, while it is attached to none, the one that it is configured for. */
  aggregate_if_index: ifIndex,
  /** dot3adAggPortActorSystemID: by what the partner of this port knows the device; the two of an MC-LAG have the same one. */
  actor_system: macAddressSchema.nullable(),
  /** dot3adAggPortPartnerOperSystemID, and the number of the port there; null where the protocol does not run. */
  partner_system: macAddressSchema.nullable(),
  partner_port: z.int().nullable(),
});

/** A member of a stack (entPhysicalTable, chassis inside a stack; RFC 6933). */
const stackMemberRowSchema = z.object({
  index: z.int(),
  name: text.nullable(),
  serial: text.nullable(),
  model: text.nullable(),
});

const rowsOf = <T extends z.ZodType>(row: T) => z.array(row).max(NEIGHBOUR_ROWS_MAX);

/** The rows of every table; empty for one that was not read. */
export const neighbourRowsSchema = z.object({
  interfaces: rowsOf(interfaceRowSchema),
  addresses: rowsOf(addressRowSchema),
  lldp_ports: rowsOf(lldpPortRowSchema),
  lldp_neighbours: rowsOf(lldpNeighbourRowSchema),
  cdp_neighbours: rowsOf(cdpNeighbourRowSchema),
  bridge_ports: rowsOf(bridgePortRowSchema),
  forwarding: rowsOf(forwardingRowSchema),
  address_resolution: rowsOf(resolutionRowSchema),
  aggregates: rowsOf(aggregateRowSchema),
  stack_members: rowsOf(stackMemberRowSchema),
} satisfies Record<NeighbourTable, z.ZodType>);
export type NeighbourRows = z.infer<typeof neighbourRowsSchema>;

/** What came of reading a table. */
export const tableReadSchema = z.object({
  state: z.enum(TABLE_READ_STATES),
  rows: z.int().min(0).max(2_147_483_647),
  /** Rows or cells that could not be read and were left out. */
  left_out: z.int().min(0).max(2_147_483_647),
  /** Why it is not whole, or what was left out of it, in sentences; null where there is nothing to say. */
  reason: text.nullable(),
});
export type TableRead = z.infer<typeof tableReadSchema>;

/**
 * A device's own names: what a neighbour calls it by. Null: it does not say, or was not reached; where all of its tables `failed`,
 * nothing here is news.
 */
export const neighbourSystemSchema = z.object({
  system_name: text.nullable(),
  system_description: text.nullable(),
  system_object_id: text.nullable(),
  /** lldpLocChassisId. */
  chassis: lldpIdSchema.nullable(),
  /** lldpLocSysName: the name that it sends, which need not be sysName. */
  lldp_name: text.nullable(),
  /** cdpGlobalDeviceId: `device_id` in the tables of its neighbours. */
  cdp_device_id: text.nullable(),
  /** dot1dBaseBridgeAddress. */
  base_mac: macAddressSchema.nullable(),
  /** snmpEngineID, in hexadecimal. */
  engine_id: text.nullable(),
  /** entPhysicalSerialNum of the chassis. */
  serial: text.nullable(),
  /** sysUpTime in seconds. */
  uptime_seconds: z.number().nullable(),
});
export type NeighbourSystem = z.infer<typeof neighbourSystemSchema>;

/** All that one device said at one reading. */
export const neighbourReportSchema = z.object({
  node_id: idSchema,
  /** When the reading began, by the collector's clock. */
  read_at: timeSchema,
  system: neighbourSystemSchema,
  tables: z.object(
    Object.fromEntries(NEIGHBOUR_TABLES.map((name) => [name, tableReadSchema])) as Record<
      NeighbourTable,
      typeof tableReadSchema
    >,
  ),
  rows: neighbourRowsSchema,
});
export type NeighbourReport = z.infer<typeof neighbourReportSchema>;
