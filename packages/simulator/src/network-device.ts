import { ValueType } from '@stratora/snmp';
import { environmentObjects, hostObjects } from './host-objects.ts';
import type { MibObject } from './mib-object.ts';

/** The shape of a synthetic switch. */
export interface NetworkDeviceShape {
  /** Number of ports, each a row of ifTable and ifXTable. */
  readonly ports: number;
  /** Number of the variant, 0 by default: devices of one share their values, variants differ in their rates. */
  readonly variant?: number | undefined;
  /** Whether it has HOST-RESOURCES and ENTITY-SENSOR too; true by default. */
  readonly hasHost?: boolean | undefined;
}

const SYSTEM = '1.3.6.1.2.1.1';
const IF_TABLE = '1.3.6.1.2.1.2.2.1';
const IF_X_TABLE = '1.3.6.1.2.1.31.1.1.1';

/** Unix time from which counters count (2026-01-01), so that they stay exact as JavaScript numbers. */
const COUNTING_SINCE = 1_767_225_600;
const SWING_SECONDS = 600;

export const SYS_NAME_OID = `${SYSTEM}.5.0`;

/**
 * Builds the objects of a switch: system group, ifTable and ifXTable (RFC 2863) with all columns, and on request
 * HOST-RESOURCES (RFC 2790), ENTITY-MIB and ENTITY-SENSOR (RFC 3433). Counters are pure functions of time.
 */
export function networkDeviceObjects(shape: NetworkDeviceShape): MibObject[] {
  const variant = shape.variant ?? 0;
  const objects = systemObjects(variant);
  objects.push({ oid: '1.3.6.1.2.1.2.1.0', type: ValueType.integer, value: shape.ports });
  for (let port = 1; port <= shape.ports; port++) {
    objects.push(...ifRow(port, variant), ...ifXRow(port, variant));
  }
  if (shape.hasHost ?? true) objects.push(...hostObjects(variant), ...environmentObjects(variant));
  return objects;
}

/** Returns a counter at a time: a rate that swings by half around its mean over ten minutes, summed up. */
export function countAt(unixSeconds: number, perSecond: number): number {
  const time = Math.max(0, unixSeconds - COUNTING_SINCE);
  const swing = (0.5 * SWING_SECONDS * (1 - Math.cos((2 * Math.PI * time) / SWING_SECONDS))) / (2 * Math.PI);
  return Math.floor(perSecond * (time + swing));
}

function systemObjects(variant: number): MibObject[] {
  const text = ValueType.octetString;
  return [
    { oid: `${SYSTEM}.1.0`, type: text, value: 'Stratora simulated switch, software 1.0' },
    { oid: `${SYSTEM}.2.0`, type: ValueType.oid, value: '1.3.6.1.4.1.8072.3.2.10' },
    { oid: `${SYSTEM}.3.0`, type: ValueType.timeTicks, value: (t) => Math.max(0, t - COUNTING_SINCE) * 100 },
    { oid: `${SYSTEM}.4.0`, type: text, value: 'noc@example.net' },
    { oid: SYS_NAME_OID, type: text, value: `switch-${variant}` },
    { oid: `${SYSTEM}.6.0`, type: text, value: 'Row 1, rack 2' },
    { oid: `${SYSTEM}.7.0`, type: ValueType.integer, value: 78 },
  ];
}

function rates(port: number, variant: number): { octets: number; packets: number } {
  const octets = (1 + ((port * 7 + variant * 13) % 40)) * 25_000;
  return { octets, packets: Math.ceil(octets / 700) };
}

/** Builds the objects of a table row from a list of columns: number, type, and value or function. */
function row(table: string, index: number, cells: readonly Column[]): MibObject[] {
  return cells.map(([column, type, value]) => ({ oid: `${table}.${column}.${index}`, type, value }));
}

type Column = readonly [column: number, type: number, value: MibObject['value']];

function counter(type: number, perSecond: number): (column: number) => Column {
  return (column) => [column, type, (t) => countAt(t, perSecond)];
}

function ifRow(port: number, variant: number): MibObject[] {
  const { octets, packets } = rates(port, variant);
  const isUp = port % 8 !== 7;
  const live = isUp ? 1 : 0;
  const count = (column: number, perSecond: number): Column =>
    counter(ValueType.counter32, perSecond * live)(column);
  return row(IF_TABLE, port, [
    [1, ValueType.integer, port],
    [2, ValueType.octetString, `GigabitEthernet1/0/${port}`],
    [3, ValueType.integer, 6],
    [4, ValueType.integer, 1_500],
    [5, ValueType.gauge32, 1_000_000_000],
    [
      6,
      ValueType.octetString,
      Buffer.from([0x02, 0x53, variant >> 8, variant & 0xff, port >> 8, port & 0xff]),
    ],
    [7, ValueType.integer, 1],
    [8, ValueType.integer, isUp ? 1 : 2],
    [9, ValueType.timeTicks, port * 100],
    count(10, octets),
    count(11, packets),
    count(12, packets / 50),
    count(13, 0.02),
    count(14, 0.01),
    count(15, 0),
    count(16, octets * 0.6),
    count(17, packets * 0.7),
    count(18, packets / 40),
    count(19, 0.01),
    count(20, 0),
    [21, ValueType.gauge32, 0],
    [22, ValueType.oid, '0.0'],
  ]);
}

function ifXRow(port: number, variant: number): MibObject[] {
  const { octets, packets } = rates(port, variant);
  const live = port % 8 === 7 ? 0 : 1;
  const low = (column: number, perSecond: number): Column =>
    counter(ValueType.counter32, perSecond * live)(column);
  const high = (column: number, perSecond: number): Column =>
    counter(ValueType.counter64, perSecond * live)(column);
  return row(IF_X_TABLE, port, [
    [1, ValueType.octetString, `Gi1/0/${port}`],
    low(2, packets / 100),
    low(3, packets / 100),
    low(4, packets / 80),
    low(5, packets / 80),
    high(6, octets),
    high(7, packets),
    high(8, packets / 100),
    high(9, packets / 100),
    high(10, octets * 0.6),
    high(11, packets * 0.7),
    high(12, packets / 80),
    high(13, packets / 80),
    [14, ValueType.integer, 1],
    [15, ValueType.gauge32, 1_000],
    [16, ValueType.integer, 2],
    [17, ValueType.integer, 1],
    [18, ValueType.octetString, port % 3 === 0 ? `uplink ${port}` : ''],
    [19, ValueType.timeTicks, 0],
  ]);
}
