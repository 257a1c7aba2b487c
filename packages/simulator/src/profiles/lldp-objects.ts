import type { MibObject } from '../mib-object.ts';
import type { DeviceProfile, NeighbourProfile } from './device-profile.ts';
import { integer, mibRow, mibScalars, text } from './mib-rows.ts';

/** OIDs of LLDP-MIB (IEEE 802.1AB-2005). */
const LOCAL = '1.0.8802.1.1.2.1.3';
const REMOTE = '1.0.8802.1.1.2.1.4';
const CHASSIS_IS_MAC = 4;
const PORT_IS_INTERFACE_NAME = 5;
const ADDRESS_IS_IPV4 = 1;
const NUMBERED_BY_IF_INDEX = 2;
/** Bits of LldpSystemCapabilitiesMap, highest first: bridge is the third, router the fifth. */
const BRIDGE = 0x20;
const ROUTER = 0x08;

/** Builds the LLDP objects of a device and its neighbours. Ports are numbered as in ifTable. */
export function lldpObjects(device: DeviceProfile): MibObject[] {
  const neighbours = device.neighbours ?? [];
  if (neighbours.length === 0) return [];
  const own = capabilities(device.isRouter ?? false);
  return [
    ...mibScalars(LOCAL, [
      integer(1, CHASSIS_IS_MAC),
      text(2, device.chassisMac),
      text(3, device.name),
      text(4, device.description),
      text(5, own),
      text(6, own),
    ]),
    ...device.ports.flatMap((port) =>
      mibRow(`${LOCAL}.7.1`, port.index, [
        integer(2, PORT_IS_INTERFACE_NAME),
        text(3, port.name),
        text(4, port.description),
      ]),
    ),
    ...neighbours.flatMap((neighbour, at) => neighbourObjects(neighbour, at + 1)),
  ];
}

function capabilities(isRouter: boolean): Buffer {
  return Buffer.from([isRouter ? BRIDGE | ROUTER : BRIDGE, 0]);
}

function neighbourObjects(neighbour: NeighbourProfile, order: number): MibObject[] {
  const index = `0.${neighbour.localPort}.${order}`;
  const flags = capabilities(neighbour.isRouter);
  return [
    ...mibRow(`${REMOTE}.1.1`, index, [
      integer(4, CHASSIS_IS_MAC),
      text(5, neighbour.chassisMac),
      integer(6, PORT_IS_INTERFACE_NAME),
      text(7, neighbour.portName),
      text(8, neighbour.portDescription),
      text(9, neighbour.systemName),
      text(10, neighbour.systemDescription),
      text(11, flags),
      text(12, flags),
    ]),
    ...mibRow(`${REMOTE}.2.1`, `${index}.${ADDRESS_IS_IPV4}.4.${neighbour.address}`, [
      integer(3, NUMBERED_BY_IF_INDEX),
      integer(4, 0),
    ]),
  ];
}
