import type { MibObject } from '../mib-object.ts';
import { integer, type MibCell, mibRow, mibScalars, text } from '../profiles/mib-rows.ts';
import { descriptionOf, isSpeaking, lldpCapabilities, portDescription } from './announced-texts.ts';
import { type Announcement, heardAnnouncements } from './heard-announcements.ts';
import type { WiredNetwork } from './wired-network.ts';
import type { PortIdKind, Speech, WiredDevice, WiredPort } from './wiring.ts';

/** LLDP-MIB (IEEE 802.1AB-2005) and LLDP-V2-MIB (IEEE 802.1AB-2009). */
const V1 = '1.0.8802.1.1.2.1';
const V2 = '1.3.111.2.802.1.1.13.1';
const CHASSIS_IS_MAC = 4;
const ADDRESS_IS_IPV4 = 1;
const NUMBERED_BY_IF_INDEX = 2;
/** Number of the destination address of LLDP-V2: the nearest bridge. */
const NEAREST_BRIDGE = 1;
/** Hundredths of a second that the time marks of neighbours lie apart. */
const MARK_STEP = 1_700;
/** LldpPortIdSubtype. */
const PORT_SUBTYPES: Readonly<Record<PortIdKind, number>> = {
  alias: 1,
  mac: 3,
  name: 5,
  local: 7,
  ifindex: 7,
};
/** lldpPortConfigAdminStatus. */
const ADMIN_STATUS: Readonly<Record<Speech, number>> = { send: 1, receive: 2, both: 3, off: 4 };

/** Builds the objects of LLDP: the device's own, and a row for each neighbour that it hears. */
export function lldpTables(network: WiredNetwork, device: WiredDevice): MibObject[] {
  if (!isSpeaking(device, 'lldp')) return [];
  const isV2 = device.lldpMib === 'v2';
  const root = isV2 ? V2 : V1;
  const own = lldpCapabilities(device.kind);
  return [
    ...mibScalars(`${root}.3`, [
      integer(1, CHASSIS_IS_MAC),
      text(2, network.macOf(device)),
      text(3, device.name),
      text(4, descriptionOf(device)),
      text(5, own),
      text(6, own),
    ]),
    ...device.ports.flatMap((port) => portRows(network, device, port)),
    ...heardAnnouncements(network, device, 'lldp').flatMap((heard, at) =>
      neighbourRows(network, device, { heard, number: at + 1 }),
    ),
  ];
}

function portRows(network: WiredNetwork, device: WiredDevice, port: WiredPort): MibObject[] {
  const isV2 = device.lldpMib === 'v2';
  const number = isV2 ? port.index : lldpNumber(device, port);
  const status = ADMIN_STATUS[device.lldp ?? 'off'];
  const config = isV2
    ? mibRow(`${V2}.1.8.1`, `${number}.${NEAREST_BRIDGE}`, [integer(3, status)])
    : mibRow(`${V1}.1.6.1`, number, [integer(2, status)]);
  const [kind, id] = portId(network, device, port);
  return [
    ...config,
    ...mibRow(`${isV2 ? V2 : V1}.3.7.1`, number, [
      integer(2, kind),
      text(3, id),
      text(4, port.alias ?? portDescription(port)),
    ]),
  ];
}

function neighbourRows(
  network: WiredNetwork,
  device: WiredDevice,
  { heard, number }: { heard: Announcement; number: number },
): MibObject[] {
  const { heardOn, sender } = heard;
  const isV2 = device.lldpMib === 'v2';
  const mark = number * MARK_STEP;
  const index = isV2
    ? `${mark}.${heardOn.index}.${NEAREST_BRIDGE}.${number}`
    : `${mark}.${lldpNumber(device, heardOn)}.${number}`;
  const [kind, id] = portId(network, sender.device, sender.port);
  const flags = lldpCapabilities(sender.device.kind);
  const first = isV2 ? 5 : 4;
  const cells: MibCell[] = [
    integer(first, CHASSIS_IS_MAC),
    text(first + 1, network.macOf(sender.device)),
    integer(first + 2, kind),
    text(first + 3, id),
    text(first + 4, sender.port.alias ?? portDescription(sender.port)),
    text(first + 5, sender.device.name),
    text(first + 6, descriptionOf(sender.device)),
    text(first + 7, flags),
    text(first + 8, flags),
  ];
  const root = isV2 ? V2 : V1;
  const { address } = sender.device;
  return [
    ...mibRow(`${root}.4.1.1`, index, cells),
    ...(address === undefined
      ? []
      : mibRow(`${root}.4.2.1`, `${index}.${ADDRESS_IS_IPV4}.4.${address}`, [
          integer(3, NUMBERED_BY_IF_INDEX),
          integer(4, sender.port.index),
        ])),
  ];
}

function lldpNumber({ offsets }: WiredDevice, { index }: WiredPort): number {
  return index + (offsets?.lldp ?? 0);
}

function portId(
  network: WiredNetwork,
  device: WiredDevice,
  port: WiredPort,
): [subtype: number, id: string | Buffer] {
  const kind = device.portIds ?? 'name';
  const ids: Readonly<Record<PortIdKind, string | Buffer>> = {
    name: port.name,
    mac: network.portMac(device, port),
    alias: port.alias ?? port.name,
    local: port.name,
    ifindex: String(port.index),
  };
  return [PORT_SUBTYPES[kind], ids[kind]];
}
