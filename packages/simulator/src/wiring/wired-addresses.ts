import { ValueType } from '@stratora/snmp';
import type { MibObject } from '../mib-object.ts';
import { integer, type MibCell, mibRow, text } from '../profiles/mib-rows.ts';
import type { FramePaths } from './frame-paths.ts';
import { learnedAddresses } from './station-addresses.ts';
import type { WiredNetwork } from './wired-network.ts';
import type { WiredDevice } from './wiring.ts';

/** ipAddrTable and ipNetToMediaTable (RFC 1213). */
const IP_ADDR = '1.3.6.1.2.1.4.20.1';
const NET_TO_MEDIA = '1.3.6.1.2.1.4.22.1';
const DYNAMIC = 3;

/** Builds the objects of a device's own address, and of a router those that it has resolved. */
export function addressTables(network: WiredNetwork, paths: FramePaths, device: WiredDevice): MibObject[] {
  const [first] = device.ports;
  if (device.address === undefined || first === undefined) return [];
  const own = mibRow(IP_ADDR, device.address, [
    address(1, device.address),
    integer(2, first.index),
    address(3, '255.255.255.0'),
  ]);
  if (device.kind !== 'router') return own;
  const resolved = new Map(
    learnedAddresses(network, paths, device).flatMap((entry) =>
      entry.address === undefined ? [] : [[`${entry.by.index}.${entry.address}`, entry]],
    ),
  );
  return [
    ...own,
    ...[...resolved].flatMap(([index, entry]) =>
      mibRow(NET_TO_MEDIA, index, [
        integer(1, entry.by.index),
        text(2, entry.mac),
        address(3, entry.address ?? ''),
        integer(4, DYNAMIC),
      ]),
    ),
  ];
}

function address(column: number, value: string): MibCell {
  return [column, ValueType.ipAddress, value];
}
