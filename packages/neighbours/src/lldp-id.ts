import type { NeighbourRows } from '@stratora/contract';
import { sanitizeText } from '@stratora/runtime';
import { addressOf, addressOfOctets, hexOf, isReadable, macOf, numberOf, textOf } from './cell-value.ts';
import type { SourceValue } from './neighbour-source.ts';

export type LldpId = NeighbourRows['lldp_ports'][number]['id'];

/** Which ids a subtype is one of. */
export type IdKind = 'chassis' | 'port';

/** Subtypes of MAC addresses and of network addresses (IEEE 802.1AB, LldpChassisIdSubtype and LldpPortIdSubtype). */
const MAC_SUBTYPE = { chassis: 4, port: 3 } as const;
const ADDRESS_SUBTYPE = { chassis: 5, port: 4 } as const;
/** Address families of IANA, the first octet of a network address. */
const FAMILY_OCTETS: Readonly<Record<number, number>> = { 1: 4, 2: 16 };

/** Reads the id of a chassis or a port, by its subtype where the octets can be that, else by what they can be. */
export function lldpId(
  kind: IdKind,
  subtype: SourceValue | undefined,
  value: SourceValue | undefined,
): LldpId {
  const told = numberOf(subtype) ?? 0;
  const number = told >= 0 ? told : 0;
  return { subtype: number, text: value === undefined ? '' : idText(kind, number, value) };
}

function idText(kind: IdKind, subtype: number, value: SourceValue): string {
  if (subtype === MAC_SUBTYPE[kind]) {
    const mac = macOf(value);
    if (mac !== undefined) return mac;
  }
  if (subtype === ADDRESS_SUBTYPE[kind]) {
    const address = networkAddress(value) ?? addressOf(value);
    if (address !== undefined) return address;
  }
  return plainId(value);
}

/** Reads an id of which nothing is told: a text, else a MAC address, else its octets. */
export function plainId(value: SourceValue): string {
  if (typeof value !== 'object') return textOf(value) ?? '';
  if (value.length === 0) return '';
  if (isReadable(value)) return textOf(value) ?? '';
  return macOf(value) ?? (value.every((octet) => octet === 0) ? '' : sanitizeText(hexOf(value)));
}

function networkAddress(value: SourceValue): string | undefined {
  if (typeof value !== 'object') return undefined;
  return FAMILY_OCTETS[value[0] ?? 0] === value.length - 1 ? addressOfOctets(value.subarray(1)) : undefined;
}
