import type { MibObject } from '../mib-object.ts';
import type { DeviceProfile, PortProfile } from './device-profile.ts';
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
} from './mib-rows.ts';
import { type Flow, flowBetween } from './moving-value.ts';

const IF_ENTRY = '1.3.6.1.2.1.2.2.1';
const IF_X_ENTRY = '1.3.6.1.2.1.31.1.1.1';
const ETHERNET = 6;
const UP = 1;
const DOWN = 2;
const OCTETS_A_PACKET = 620;
const LARGEST_GAUGE = 2 ** 32 - 1;

/** Builds ifNumber, ifTable and ifXTable (RFC 2863). */
export function portObjects(device: DeviceProfile): MibObject[] {
  const objects: MibObject[] = [
    { oid: '1.3.6.1.2.1.2.1.0', type: integer(1, 0)[1], value: device.ports.length },
  ];
  for (const port of device.ports) objects.push(...ifRow(device, port), ...ifXRow(device, port));
  return objects;
}

/** Returns the MAC of a port: the chassis' own with the port in its last two octets. */
export function portMac(chassisMac: Buffer, index: number): Buffer {
  const mac = Buffer.from(chassisMac);
  mac.writeUInt16BE((mac.readUInt16BE(4) + index) & 0xffff, 4);
  return mac;
}

function counted(device: DeviceProfile, port: PortProfile, flow: Flow, share = 1): CellValue {
  const perSecond = flow.perSecond * share;
  if (port.state !== 'up' || perSecond <= 0) return 0;
  return (now) => flowBetween({ perSecond, seed: flow.seed }, device.bootedAt, now);
}

function ifRow(device: DeviceProfile, port: PortProfile): MibObject[] {
  const count = (flow: Flow, share: number) => counted(device, port, flow, share / OCTETS_A_PACKET);
  const errors: Flow = { perSecond: port.errorsPerSecond ?? 0, seed: port.received.seed };
  return mibRow(IF_ENTRY, port.index, [
    integer(1, port.index),
    text(2, port.description),
    integer(3, ETHERNET),
    integer(4, 1_500),
    gauge(5, Math.min(port.megabits * 1_000_000, LARGEST_GAUGE)),
    text(6, portMac(device.chassisMac, port.index)),
    integer(7, port.state === 'off' ? DOWN : UP),
    integer(8, port.state === 'up' ? UP : DOWN),
    ticks(9, 4_200),
    counter32(10, counted(device, port, port.received)),
    counter32(11, count(port.received, 0.98)),
    counter32(13, count(port.received, 0.000_001)),
    counter32(14, counted(device, port, errors)),
    counter32(15, 0),
    counter32(16, counted(device, port, port.sent)),
    counter32(17, count(port.sent, 0.98)),
    counter32(19, count(port.sent, 0.000_002)),
    counter32(20, 0),
    oid(22, '0.0'),
  ]);
}

function ifXRow(device: DeviceProfile, port: PortProfile): MibObject[] {
  const packets = (flow: Flow, share: number) => counted(device, port, flow, share / OCTETS_A_PACKET);
  return mibRow(IF_X_ENTRY, port.index, [
    text(1, port.name),
    counter32(2, packets(port.received, 0.012)),
    counter32(3, packets(port.received, 0.008)),
    counter32(4, packets(port.sent, 0.012)),
    counter32(5, packets(port.sent, 0.008)),
    counter64(6, counted(device, port, port.received)),
    counter64(7, packets(port.received, 0.98)),
    counter64(10, counted(device, port, port.sent)),
    counter64(11, packets(port.sent, 0.98)),
    integer(14, 1),
    gauge(15, port.megabits),
    integer(16, 2),
    integer(17, 1),
    text(18, port.alias),
    ticks(19, 0),
  ]);
}
