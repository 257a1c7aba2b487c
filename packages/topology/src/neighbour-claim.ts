import type { NeighbourTable } from '@stratora/contract';
import type { Identity } from './claim-owners.ts';
import { isDeviceMac, readMac } from './mac-address.ts';
import { isTellingAddress, plainAddress } from './network-address.ts';
import { type Plant, type PlantNode, readAt, rowsOf } from './plant.ts';
import { CDP_DEVICE_ID, findByLldpId, type LldpId } from './port-numbers.ts';
import type { Port } from './port-table.ts';
import { compareText } from './stable-id.ts';
import type { DerivedSource } from './topology-model.ts';

/** What one row says: which device is at the other end of a port, and at which port of it. */
export interface Claim {
  readonly from: PlantNode;
  readonly port: Port;
  readonly source: DerivedSource;
  readonly table: NeighbourTable;
  readonly atMs: number;
  readonly identity: Identity;
  /** The port there: as it calls itself, or by its number as a bridge. */
  readonly remote: RemotePort;
  readonly systemDescription: string | null;
  readonly platform: string | null;
  readonly version: string | null;
  readonly capabilities: readonly string[];
  /** Whether a switch between may have passed on what was heard, so that it is not what the port is joined to. */
  readonly isPassable: boolean;
  /** What the row says, in words. */
  readonly words: string;
}
export type RemotePort =
  | { readonly kind: 'id'; readonly id: LldpId; readonly description: string | null }
  | { readonly kind: 'bridge'; readonly number: number }
  | { readonly kind: 'none' };

/** CDP names ports by text, as LLDP does with interface names. */
const INTERFACE_NAME = 5;
const CHASSIS = { mac: 4, address: 5, local: 7 } as const;
const NOTHING = {
  systemDescription: null,
  platform: null,
  version: null,
  capabilities: [],
  isPassable: false,
};

/** Lists what all nodes say of their neighbours by LLDP and CDP, in an order that follows from what is said. */
export function spokenClaims(plant: Plant): Claim[] {
  return plant.nodes.flatMap((node) => [...lldpClaims(node), ...cdpClaims(node)].toSorted(byContent));
}

function lldpClaims(from: PlantNode): Claim[] {
  const atMs = readAt(from.input, 'lldp_neighbours');
  return rowsOf(from.input, 'lldp_neighbours').flatMap((row): Claim[] => {
    const addresses = row.management_addresses.map(plainAddress);
    if (row.chassis.subtype === CHASSIS.address) addresses.unshift(plainAddress(row.chassis.text));
    const identity: Identity = {
      chassis: row.chassis,
      mac: chassisMac(row.chassis),
      addresses: addresses.filter(isTellingAddress),
      systemName: filled(row.system_name),
      serial: null,
    };
    if (isNobody(identity)) return [];
    const told = row.if_index === null ? undefined : from.ports.findByIndex(row.if_index);
    const port = told ?? from.lldp.get(row.port_number);
    const remote: RemotePort = { kind: 'id', id: row.port, description: filled(row.port_description) };
    return [
      {
        from,
        port,
        source: 'lldp',
        table: 'lldp_neighbours',
        atMs,
        identity,
        remote,
        systemDescription: filled(row.system_description),
        platform: null,
        version: null,
        capabilities: row.capabilities,
        isPassable: isHeardByCdp(row.chassis, identity),
        words: `${nameOf(port)} hears ${calledIn(identity)}, port ${filled(row.port.text) ?? 'unnamed'}, by LLDP`,
      },
    ];
  });
}

/**
 * lldpd shows whom it heard by CDP among its LLDP neighbours, with the name for a chassis id of its own kind (subtype 7); and
 * CDP is passed on by switches that do not speak it.
 */
function isHeardByCdp(chassis: LldpId, { systemName }: Identity): boolean {
  return chassis.subtype === CHASSIS.local && filled(chassis.text) === systemName;
}

function cdpClaims(from: PlantNode): Claim[] {
  const atMs = readAt(from.input, 'cdp_neighbours');
  return rowsOf(from.input, 'cdp_neighbours').flatMap((row): Claim[] => {
    const { name, serial } = readDeviceId(row.device_id);
    const addresses = new Set([...row.management_addresses, row.address ?? ''].map(plainAddress));
    const identity: Identity = {
      chassis: { subtype: CDP_DEVICE_ID, text: row.device_id },
      mac: deviceMac(readMac(row.device_id.trim())),
      addresses: [...addresses].filter(isTellingAddress),
      systemName: filled(row.system_name) ?? name,
      serial,
    };
    if (isNobody(identity)) return [];
    const port = from.ports.findByIndex(row.if_index) ?? from.ports.obtain(`cdp#${row.if_index}`, null);
    const text = filled(row.port);
    return [
      {
        from,
        port,
        source: 'cdp',
        table: 'cdp_neighbours',
        atMs,
        identity,
        remote:
          text === null
            ? { kind: 'none' }
            : { kind: 'id', id: { subtype: INTERFACE_NAME, text }, description: null },
        systemDescription: null,
        platform: filled(row.platform),
        version: filled(row.version),
        capabilities: row.capabilities,
        isPassable: true,
        words: `${nameOf(port)} hears ${calledIn(identity)}, port ${text ?? 'unnamed'}, by CDP`,
      },
    ];
  });
}

/**
 * Lists what LACP and spanning tree say of the bridge at the other end, on ports where nobody is heard by LLDP: no switch
 * passes these on, as some do with CDP.
 */
export function protocolClaims(plant: Plant, isTaken: (port: Port) => boolean): Claim[] {
  return plant.nodes.flatMap((node) =>
    [...lacpClaims(node), ...treeClaims(node)].filter(({ port }) => !isTaken(port)).toSorted(byContent),
  );
}

function lacpClaims(from: PlantNode): Claim[] {
  const atMs = readAt(from.input, 'aggregates');
  return rowsOf(from.input, 'aggregates').flatMap((row): Claim[] => {
    const port = from.ports.findByIndex(row.member_if_index);
    const mac = deviceMac(row.partner_system ?? undefined);
    if (port === undefined || mac === undefined || from.macs.has(mac)) return [];
    return [
      {
        ...NOTHING,
        from,
        port,
        source: 'lacp',
        table: 'aggregates',
        atMs,
        identity: identityOf(mac),
        // The partner's number of its port is a number space of its own.
        remote: { kind: 'none' },
        words: `${nameOf(port)} has ${mac} for its LACP partner`,
      },
    ];
  });
}

function treeClaims(from: PlantNode): Claim[] {
  const atMs = readAt(from.input, 'bridge_ports');
  if (from.macs.size === 0) return [];
  return rowsOf(from.input, 'bridge_ports').flatMap((row): Claim[] => {
    const mac = deviceMac(row.designated_bridge ?? undefined);
    if (mac === undefined || from.macs.has(mac) || row.stp_state === STP_DISABLED) return [];
    const port = from.bridge.get(row.bridge_port);
    return [
      {
        ...NOTHING,
        from,
        port,
        source: 'stp',
        table: 'bridge_ports',
        atMs,
        identity: identityOf(mac),
        remote:
          row.designated_port === null ? { kind: 'none' } : { kind: 'bridge', number: row.designated_port },
        words: `${nameOf(port)} has ${mac} for its designated bridge`,
      },
    ];
  });
}
const STP_DISABLED = 1;

/** Masks of a port number beside its priority: 12 bits (802.1D-2004), 8 bits (802.1D-1998). */
const PORT_NUMBER_MASKS = [0xfff, 0xff];

/** Finds the port of a node that a claim means. Undefined where nothing tells which it is. */
export function findRemotePort(node: PlantNode, remote: RemotePort): Port | undefined {
  if (remote.kind === 'none') return undefined;
  if (remote.kind === 'bridge') {
    const numbers = new Set(PORT_NUMBER_MASKS.map((mask) => remote.number & mask));
    const ports = [...numbers].flatMap((number) => node.bridge.findTold(number) ?? []);
    return new Set(ports).size === 1 ? ports[0] : undefined;
  }
  const { id, description } = remote;
  const announced = node.lldp.findAnnounced(id);
  if (announced !== undefined) return announced;
  if (node.ports.isKnown) return findByLldpId(node.ports, id, description);
  // Nothing is known of its interfaces: what others call the port is the best there is.
  const name = remotePortName(remote);
  return name === null ? undefined : node.ports.obtain(name, name);
}

/** The text by which a claim names the port there, for devices that cannot be asked. */
export function remotePortName(remote: RemotePort): string | null {
  if (remote.kind !== 'id') return null;
  return readMac(remote.id.text) === undefined
    ? filled(remote.id.text)
    : (remote.description ?? filled(remote.id.text));
}

/** A device id of CDP: a host name, with the serial number in brackets on some, or a MAC address, or a serial number. */
function readDeviceId(text: string): { name: string | null; serial: string | null } {
  const [, name, serial] = /^(.*?)\(([^()]+)\)$/.exec(text.trim()) ?? [];
  if (serial !== undefined) return { name: filled(name ?? null), serial };
  if (readMac(text.trim()) !== undefined) return { name: null, serial: null };
  return { name: filled(text), serial: filled(text) };
}

function chassisMac(chassis: LldpId): string | undefined {
  // Twelve digits in a row may be a serial number, unless the device says that they are an address.
  if (chassis.subtype !== CHASSIS.mac && !/[:.-]/.test(chassis.text)) return undefined;
  return deviceMac(readMac(chassis.text));
}

function deviceMac(mac: string | undefined): string | undefined {
  return mac !== undefined && isDeviceMac(mac) ? mac : undefined;
}

function identityOf(mac: string): Identity {
  return { chassis: null, mac, addresses: [], systemName: null, serial: null };
}

function isNobody({ chassis, mac, addresses, systemName, serial }: Identity): boolean {
  const text = chassis === null ? null : filled(chassis.text);
  return (
    text === null && mac === undefined && addresses.length === 0 && systemName === null && serial === null
  );
}

/** What a row calls the device at the other end. */
export function calledIn({ systemName, chassis, mac, addresses }: Identity): string {
  return systemName ?? mac ?? filled(chassis?.text ?? null) ?? addresses[0] ?? 'somebody';
}

function nameOf({ ref }: Port): string {
  return ref.name ?? ref.key;
}

/** A text that says something: agents send blanks and `null` for nothing. */
export function filled(text: string | null): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' || trimmed === 'null' || trimmed === '(null)' ? null : trimmed;
}

function byContent(a: Claim, b: Claim): number {
  return (
    compareText(a.port.ref.key, b.port.ref.key) ||
    compareText(a.source, b.source) ||
    compareText(a.words, b.words) ||
    compareText(JSON.stringify(a.remote), JSON.stringify(b.remote)) ||
    compareText(a.identity.addresses.join(), b.identity.addresses.join())
  );
}
