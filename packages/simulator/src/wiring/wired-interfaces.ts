import type { MibObject } from '../mib-object.ts';
import {
  type CellValue,
  counter32,
  counter64,
  gauge,
  integer,
  mibRow,
  oid,
  text,
  ticks,
} from '../profiles/mib-rows.ts';
import { flowBetween } from '../profiles/moving-value.ts';
import { descriptionOf, portDescription } from './announced-texts.ts';
import type { WiredNetwork } from './wired-network.ts';
import type { WiredDevice, WiredPort } from './wiring.ts';

const SYSTEM = '1.3.6.1.2.1.1';
const IF_ENTRY = '1.3.6.1.2.1.2.2.1';
const IF_X_ENTRY = '1.3.6.1.2.1.31.1.1.1';
const NET_SNMP = '1.3.6.1.4.1.8072.3.2.10';
/** sysServices: layers 2 and 3, and 4 and 7. */
const NETWORK_SERVICES = 6;
const HOST_SERVICES = 72;
const ETHERNET = 6;
const AGGREGATE = 161;
const UP = 1;
const DOWN = 2;
const MEGABITS = 1_000;
const LARGEST_GAUGE = 2 ** 32 - 1;
/** Unix time from which counters count and devices are up (2026-01-01). */
const BOOTED_AT = 1_767_225_600;

interface Interface {
  readonly index: number;
  readonly name: string;
  readonly description: string;
  readonly alias: string;
  readonly type: number;
  readonly megabits: number;
  readonly mac: Buffer;
  readonly isUp: boolean;
}

/** Builds the system group, ifTable and ifXTable of a device: its ports, and its aggregates as interfaces of their own. */
export function interfaceTables(network: WiredNetwork, device: WiredDevice): MibObject[] {
  const { kind, name, objectId = NET_SNMP } = device;
  const isNetwork = kind === 'switch' || kind === 'router' || kind === 'access_point';
  const interfaces = interfacesOf(network, device);
  return [
    ...mibRow(SYSTEM, 0, [
      text(1, descriptionOf(device)),
      oid(2, objectId),
      ticks(3, (now) => Math.max(0, now - BOOTED_AT) * 100),
      text(4, 'noc@example.net'),
      text(5, name),
      text(6, 'Row 1, rack 2'),
      integer(7, isNetwork ? NETWORK_SERVICES : HOST_SERVICES),
    ]),
    { oid: '1.3.6.1.2.1.2.1.0', type: integer(1, 0)[1], value: interfaces.length },
    ...interfaces.flatMap((one) => interfaceRows(one)),
  ];
}

function interfacesOf(network: WiredNetwork, device: WiredDevice): Interface[] {
  const ports = device.ports.map((port: WiredPort) => ({
    index: port.index,
    name: port.name,
    description: portDescription(port),
    alias: port.alias ?? '',
    type: ETHERNET,
    megabits: port.megabits ?? MEGABITS,
    mac: network.portMac(device, port),
    isUp: network.isUp(device, port),
  }));
  const aggregates = (device.aggregates ?? []).map(({ index, name, ports: names }) => {
    const members = ports.filter((port) => names.includes(port.name) && port.isUp);
    return {
      index,
      name,
      description: name,
      alias: '',
      type: AGGREGATE,
      megabits: members.reduce((sum, { megabits }) => sum + megabits, 0),
      mac: members[0]?.mac ?? network.macOf(device),
      isUp: members.length > 0,
    };
  });
  return [...ports, ...aggregates];
}

function interfaceRows(one: Interface): MibObject[] {
  const counted = (seed: number): CellValue => {
    if (!one.isUp) return 0;
    const flow = { perSecond: 20_000 * (1 + (seed % 37)), seed };
    return (now) => flowBetween(flow, BOOTED_AT, now);
  };
  const state = one.isUp ? UP : DOWN;
  return [
    ...mibRow(IF_ENTRY, one.index, [
      integer(1, one.index),
      text(2, one.description),
      integer(3, one.type),
      integer(4, 1_500),
      gauge(5, Math.min(one.megabits * 1_000_000, LARGEST_GAUGE)),
      text(6, one.mac),
      integer(7, UP),
      integer(8, state),
      counter32(10, counted(one.index * 2)),
      counter32(14, 0),
      counter32(16, counted(one.index * 2 + 1)),
      counter32(20, 0),
    ]),
    ...mibRow(IF_X_ENTRY, one.index, [
      text(1, one.name),
      counter64(6, counted(one.index * 2)),
      counter64(10, counted(one.index * 2 + 1)),
      gauge(15, one.megabits),
      text(18, one.alias),
    ]),
  ];
}
