import type { MibObject } from '../mib-object.ts';
import { integer, mibRow, text } from '../profiles/mib-rows.ts';
import { aggregateOf, macBytes, type WiredNetwork } from './wired-network.ts';
import type { WiredAggregate, WiredDevice } from './wiring.ts';

/** dot3adAggPortTable of IEEE8023-LAG-MIB, and ifStackTable (RFC 2863). */
const LAG_PORT = '1.2.840.10006.300.43.1.2.1.1';
const IF_STACK = '1.3.6.1.2.1.31.1.2.1';
const ACTIVE = 1;

/** Builds the objects of LAGs: the ports by LACP where it runs, and the layers of interfaces. */
export function aggregateTables(network: WiredNetwork, device: WiredDevice): MibObject[] {
  return (device.aggregates ?? []).flatMap((aggregate) => [
    ...(aggregate.lacp === false ? [] : lacpRows(network, device, aggregate)),
    ...portsOf(device, aggregate).flatMap(({ index }) =>
      mibRow(IF_STACK, `${aggregate.index}.${index}`, [integer(3, ACTIVE)]),
    ),
  ]);
}

function portsOf(device: WiredDevice, { ports }: WiredAggregate) {
  return device.ports.filter(({ name }) => ports.includes(name));
}

function lacpRows(network: WiredNetwork, device: WiredDevice, aggregate: WiredAggregate): MibObject[] {
  return portsOf(device, aggregate).flatMap((port) => {
    const mate = network.mate(device, port);
    const partner = mate?.isUp === true ? mate.jack : undefined;
    const theirs = partner && aggregateOf(partner.device, partner.port);
    const isBound = theirs !== undefined && theirs.lacp !== false;
    const system = partner !== undefined && isBound ? systemOf(network, partner.device) : Buffer.alloc(6);
    return mibRow(LAG_PORT, port.index, [
      text(3, systemOf(network, device)),
      text(9, system),
      integer(12, aggregate.index),
      integer(13, isBound ? aggregate.index : 0),
      integer(14, port.index),
      integer(17, isBound ? (partner?.port.index ?? 0) : 0),
    ]);
  });
}

function systemOf(network: WiredNetwork, device: WiredDevice): Buffer {
  return macBytes(device.lacpSystem) ?? network.macOf(device);
}
