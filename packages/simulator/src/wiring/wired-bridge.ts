import type { MibObject } from '../mib-object.ts';
import { gauge, integer, mibRow, mibScalars, text } from '../profiles/mib-rows.ts';
import type { BridgePort, FramePaths } from './frame-paths.ts';
import { type LearnedAddress, learnedAddresses } from './station-addresses.ts';
import { aggregateOf, type WiredNetwork } from './wired-network.ts';
import type { WiredDevice } from './wiring.ts';

/** BRIDGE-MIB (RFC 4188) and Q-BRIDGE-MIB (RFC 4363). */
const BRIDGE = '1.3.6.1.2.1.17';
const Q_BRIDGE = '1.3.6.1.2.1.17.7.1';
const TRANSPARENT_ONLY = 2;
const LEARNED = 3;
const SELF = 4;
/** dot1dStpPortState. */
const DISABLED = 1;
const BLOCKING = 2;
const FORWARDING = 5;
const PRIORITY = 0x80;

/** Builds the objects of a bridge: its ports, their spanning tree, and the addresses that it has learned. */
export function bridgeTables(network: WiredNetwork, paths: FramePaths, device: WiredDevice): MibObject[] {
  if (device.kind !== 'switch') return [];
  const ports: BridgePort[] = [
    ...device.ports.filter((port) => aggregateOf(device, port) === undefined),
    ...(device.aggregates ?? []),
  ];
  return [
    ...mibScalars(`${BRIDGE}.1`, [
      text(1, network.macOf(device)),
      integer(2, ports.length),
      integer(3, TRANSPARENT_ONLY),
    ]),
    ...ports.flatMap((port) =>
      mibRow(`${BRIDGE}.1.4.1`, numberOf(device, port), [
        integer(1, numberOf(device, port)),
        integer(2, port.index),
      ]),
    ),
    ...ports.flatMap((port) => spanningRow(network, paths, { device, port })),
    ...forwardingRows(network, paths, device),
  ];
}

/** The number of a bridge port, which is none of an interface. */
function numberOf({ offsets }: WiredDevice, { index }: BridgePort): number {
  return index + (offsets?.bridge ?? 0);
}

function spanningRow(
  network: WiredNetwork,
  paths: FramePaths,
  { device, port }: { device: WiredDevice; port: BridgePort },
): MibObject[] {
  const isUp =
    'ports' in port
      ? device.ports.some((one) => port.ports.includes(one.name) && network.isUp(device, one))
      : network.isUp(device, port);
  const state = paths.isBlocked(device, port) ? BLOCKING : FORWARDING;
  const { device: bridge, port: designated } = paths.designated(device, port);
  const identifier = Buffer.concat([Buffer.from([PRIORITY, 0]), network.macOf(bridge)]);
  return mibRow(`${BRIDGE}.2.15.1`, numberOf(device, port), [
    integer(1, numberOf(device, port)),
    integer(2, PRIORITY),
    integer(3, isUp ? state : DISABLED),
    integer(4, 1),
    text(8, identifier),
    text(9, portIdentifier(numberOf(bridge, designated))),
  ]);
}

/** Priority and number of a port, four and twelve bits (IEEE 802.1D-2004, 9.2.7). */
function portIdentifier(number: number): Buffer {
  return Buffer.from([PRIORITY | ((number >> 8) & 0x0f), number & 0xff]);
}

function forwardingRows(network: WiredNetwork, paths: FramePaths, device: WiredDevice): MibObject[] {
  const learned = distinct(learnedAddresses(network, paths, device));
  const own = network.macOf(device);
  if (device.bridgeMib === 'plain') {
    const macs = new Map(learned.map((entry) => [entry.mac.toString('hex'), entry]));
    return [
      ...macRow(`${BRIDGE}.4.3.1`, '', { mac: own, port: 0, status: SELF }, true),
      ...[...macs.values()].flatMap(({ mac, by }) =>
        macRow(`${BRIDGE}.4.3.1`, '', { mac, port: numberOf(device, by), status: LEARNED }, true),
      ),
    ];
  }
  const vlans = [...new Set([device.vlan ?? 1, ...learned.map(({ vlan }) => vlan)])].toSorted(
    (a, b) => a - b,
  );
  const databaseOf = (vlan: number): number => vlan + (device.offsets?.fdb ?? 0);
  return [
    ...vlans.flatMap((vlan) => mibRow(`${Q_BRIDGE}.4.2.1`, `0.${vlan}`, [gauge(3, databaseOf(vlan))])),
    ...macRow(`${Q_BRIDGE}.2.2.1`, `${databaseOf(device.vlan ?? 1)}.`, { mac: own, port: 0, status: SELF }),
    ...learned.flatMap(({ mac, vlan, by }) =>
      macRow(`${Q_BRIDGE}.2.2.1`, `${databaseOf(vlan)}.`, {
        mac,
        port: numberOf(device, by),
        status: LEARNED,
      }),
    ),
  ];
}

function macRow(
  entry: string,
  prefix: string,
  { mac, port, status }: { mac: Buffer; port: number; status: number },
  hasAddress = false,
): MibObject[] {
  const cells = [integer(2, port), integer(3, status)];
  return mibRow(entry, `${prefix}${[...mac].join('.')}`, hasAddress ? [text(1, mac), ...cells] : cells);
}

/** An address is learned in a VLAN once. */
function distinct(learned: readonly LearnedAddress[]): LearnedAddress[] {
  const found = new Map<string, LearnedAddress>();
  for (const entry of learned) {
    const key = `${entry.vlan} ${entry.mac.toString('hex')}`;
    if (!found.has(key)) found.set(key, entry);
  }
  return [...found.values()];
}
