import { addressText } from '@stratora/contract';
import {
  type Cell,
  compileOids,
  isIntegerType,
  isSnmpError,
  type RequestBudget,
  readIndexArcs,
  readIpAddress,
  readNumber,
  type SnmpSession,
  ValueType,
} from '@stratora/snmp';
import type { FoundKey } from './identity-keys.ts';

/** Addresses of a device, as it says. */
export interface OwnAddresses {
  /** Sorted; none that identifies nobody. */
  readonly addresses: readonly string[];
  /** Whether all tables were read to their end. */
  readonly isWhole: boolean;
}

/**
 * Columns that are walked together: ipAdEntAddr (RFC 1213), ipAddressType (RFC 4293), and the tables of virtual addresses:
 * vrrpAssoIpAddrRowStatus (RFC 2787), vrrpv3AssociatedIpAddrRowStatus (RFC 6527), cHsrpGrpVirtualIpAddr (CISCO-HSRP-MIB).
 */
const COLUMNS = [
  '1.3.6.1.2.1.4.20.1.1',
  '1.3.6.1.2.1.4.34.1.4',
  '1.3.6.1.2.1.68.1.4.1.2',
  '1.3.6.1.2.1.207.1.1.2.1.2',
  '1.3.6.1.4.1.9.9.106.1.2.1.1.11',
];
const OLD_TABLE = 0;
const NEW_TABLE = 1;
const VRRP = 2;
const VRRP3 = 3;
/** ipAddressType: unicast; 2 is anycast and 3 broadcast. */
const UNICAST = 1;
const ROWS_PER_REQUEST = 10;
const MOST_ADDRESSES = 5_000;

/** Loopback, link-local, unset and group addresses: every host has them, or none. */
const NO_HOST = /^(?:127\.|169\.254\.|0\.|22[4-9]\.|23\d\.|255\.|::1?$|fe[89ab][0-9a-f]:|ff[0-9a-f]{2}:)/i;

/** Tells whether an address can be that of one device. */
export function tellsOneDevice(address: string): boolean {
  return !NO_HOST.test(address);
}

/** Reads which addresses a device has, without those that it shares with others by VRRP or HSRP. @throws the signal's reason */
export async function readOwnAddresses(
  session: SnmpSession,
  { budget, signal }: { readonly budget: RequestBudget; readonly signal: AbortSignal },
): Promise<OwnAddresses> {
  const own = new Set<string>();
  const shared = new Set<string>();
  let isWhole = true;
  const onCell = (cell: Cell): void => {
    const arcs = readIndexArcs(cell.buffer, cell.indexStart, cell.indexEnd);
    const address = addressOf(cell, arcs);
    if (address === undefined || own.size + shared.size >= MOST_ADDRESSES) return;
    if (cell.column > NEW_TABLE) shared.add(address);
    else if (tellsOneDevice(address)) own.add(address);
  };
  try {
    await session.walk(compileOids(COLUMNS), onCell, { budget, signal, maxRepetitions: ROWS_PER_REQUEST });
  } catch (error) {
    if (!isSnmpError(error)) throw error;
    isWhole = false;
  }
  return { addresses: [...own].filter((address) => !shared.has(address)).toSorted(), isWhole };
}

/** The key of a set of own addresses: whole, and with the address at which the device was found. */
export function addressesKey({ addresses, isWhole }: OwnAddresses, foundAt: string): FoundKey | undefined {
  const value = addresses.join(',');
  return isWhole && addresses.includes(foundAt) && value.length <= 1024
    ? { kind: 'addresses', value }
    : undefined;
}

function addressOf(cell: Cell, arcs: readonly number[]): string | undefined {
  switch (cell.column) {
    case OLD_TABLE:
      return cell.type === ValueType.ipAddress ? readIpAddress(cell) : octetsText(arcs);
    case NEW_TABLE:
      // The index: the kind of address, the number of its octets, the octets.
      return isIntegerType(cell.type) && readNumber(cell) === UNICAST ? typedText(arcs) : undefined;
    case VRRP:
      // ifIndex, virtual router, address.
      return octetsText(arcs.slice(2));
    case VRRP3:
      // ifIndex, virtual router, kind of address, number of octets, octets.
      return typedText(arcs.slice(2));
    default:
      return cell.type === ValueType.ipAddress ? readIpAddress(cell) : undefined;
  }
}

function typedText([, length, ...octets]: readonly number[]): string | undefined {
  // Some agents leave the number of octets out.
  return octets.length === length ? octetsText(octets) : undefined;
}

function octetsText(octets: readonly number[]): string | undefined {
  if (octets.some((octet) => octet > 255)) return undefined;
  if (octets.length === 4) return octets.join('.');
  // A zone of four octets follows a link-local address, which tells nothing anyway.
  if (octets.length !== 16) return undefined;
  return addressText(
    6,
    octets.reduce((number, octet) => (number << 8n) | BigInt(octet), 0n),
  );
}
