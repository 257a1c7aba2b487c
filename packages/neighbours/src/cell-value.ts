import { parseHostAddress } from '@stratora/contract/target-address';
import { sanitizeText } from '@stratora/runtime';
import type { SourceValue } from './neighbour-source.ts';

const MAC_OCTETS = 6;
const MAC_TEXT =
  /^(?:(?:[0-9a-f]{1,2}[:-]){5}[0-9a-f]{1,2}|[0-9a-f]{12}|(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}|(?:[0-9a-f]{2} ){5}[0-9a-f]{2})$/i;
// oxlint-disable-next-line no-control-regex -- controls are how octets that are no text are told
const CONTROLS = /[\u0000-\u0008\u000e-\u001f\u007f]/;

/**
 * Reads a text of a device: octets as UTF-8, or as Latin-1 where they are none, up to the first NUL; safe to show. Null where
 * there is none.
 */
export function textOf(value: SourceValue | undefined): string | null {
  if (value === undefined) return null;
  const text = sanitizeText(typeof value === 'object' ? decode(value) : String(value));
  return text === '' ? null : text;
}

function decode(octets: Uint8Array): string {
  const bytes = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
  const end = bytes.indexOf(0);
  const text = end < 0 ? bytes : bytes.subarray(0, end);
  const utf8 = text.toString('utf8');
  return utf8.includes('\ufffd') ? text.toString('latin1') : utf8;
}

/** Reads a whole number, also one that comes as decimal text; null for everything else. */
export function numberOf(value: SourceValue | undefined): number | null {
  if (typeof value === 'number' || typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : null;
  }
  const text = value === undefined ? '' : (textOf(value) ?? '');
  return /^-?\d{1,15}$/.test(text) ? Number(text) : null;
}

/** Reads a MAC address: six octets, or one of the ways in which it is written. Undefined for everything else. */
export function macOf(value: SourceValue | undefined): string | undefined {
  if (value === undefined || typeof value === 'number' || typeof value === 'bigint') return undefined;
  if (typeof value === 'object' && value.length === MAC_OCTETS) return hexOf(value);
  const text = typeof value === 'object' ? decode(value).trim() : value.trim();
  if (!MAC_TEXT.test(text)) return undefined;
  const pairs = /[:-]/.test(text) ? text.split(/[:-]/) : (text.replaceAll(/[. ]/g, '').match(/../g) ?? []);
  return pairs.map((pair) => pair.padStart(2, '0').toLowerCase()).join(':');
}

/** Reads a MAC address out of the six arcs of an index. */
export function macOfArcs(arcs: readonly number[]): string | undefined {
  if (arcs.length !== MAC_OCTETS || arcs.some((arc) => arc > 255)) return undefined;
  return hexOf(Uint8Array.from(arcs));
}

/** Writes octets in hexadecimal with colons. */
export function hexOf(octets: Uint8Array): string {
  let text = '';
  for (const [at, octet] of octets.entries()) text += (at === 0 ? '' : ':') + HEX[octet];
  return text;
}

const HEX = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'));

/** Reads an IP address of 4 or 16 octets, or its text; IPv6 as RFC 5952 writes it. Undefined for everything else. */
export function addressOf(value: SourceValue | undefined): string | undefined {
  if (value === undefined || typeof value === 'number' || typeof value === 'bigint') return undefined;
  if (typeof value === 'object') {
    if (value.length === 4 || value.length === 16) return addressOfOctets(value);
    return addressOf(decode(value));
  }
  const text = value.trim();
  if (!/^[0-9a-f:.]+$/i.test(text) || !/[.:]/.test(text)) return undefined;
  const { value: parsed } = parseHostAddress(text);
  return parsed !== undefined && /^\d+(?:\.\d+){3}$|:/.test(parsed) ? parsed : undefined;
}

/** Writes an IP address of 4 or 16 octets; undefined for another number of them, or for arcs that are none. */
export function addressOfOctets(octets: ArrayLike<number>): string | undefined {
  const all = Array.from(octets);
  if (all.some((octet) => octet > 255)) return undefined;
  if (all.length === 4) return all.join('.');
  if (all.length !== 16) return undefined;
  const groups: string[] = [];
  for (let at = 0; at < 16; at += 2) groups.push((((all[at] ?? 0) << 8) | (all[at + 1] ?? 0)).toString(16));
  return parseHostAddress(groups.join(':')).value;
}

/** Octets of an address by InetAddressType (RFC 4001): IPv4, IPv6, and both with a zone. */
const INET_OCTETS: Readonly<Record<number, readonly [address: number, zone: number]>> = {
  1: [4, 0],
  2: [16, 0],
  3: [4, 4],
  4: [16, 4],
};

/** An address in an index, and the arcs behind it. */
export interface IndexedAddress {
  readonly address: string;
  readonly rest: readonly number[];
}

/**
 * Reads InetAddressType and InetAddress out of an index (RFC 4001), without its zone. The number of octets stands before them, or
 * is left out, as some agents do.
 */
export function readInetAddress(arcs: readonly number[]): IndexedAddress | undefined {
  const [address, zone] = INET_OCTETS[arcs[0] ?? 0] ?? [0, 0];
  const size = address + zone;
  if (size === 0) return undefined;
  const start = arcs[1] === size && arcs.length >= 2 + size ? 2 : 1;
  if (arcs.length < start + size) return undefined;
  const text = addressOfOctets(arcs.slice(start, start + address));
  return text === undefined ? undefined : { address: text, rest: arcs.slice(start + size) };
}

/**
 * Reads BITS (RFC 2578, section 7.1.4), the first one being the highest of the first octet, as the names of those that are set. Some
 * agents and recorders write the octets as text: `28 00`, and the numbers of the bits behind them.
 */
export function bitNames(value: SourceValue | undefined, names: readonly string[]): string[] {
  if (typeof value !== 'object' && typeof value !== 'string') return [];
  const octets = typeof value === 'string' ? Buffer.from(value, 'latin1') : value;
  const written = /^([0-9a-f]{2}(?: [0-9a-f]{2})?)(?: \d{1,2})*$/i.exec(
    Buffer.from(octets).toString('latin1').trim(),
  );
  const bits =
    octets.length > 2 && written ? Buffer.from((written[1] ?? '').replace(' ', ''), 'hex') : octets;
  return names.filter((name, bit) => name !== '' && ((bits[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}

/** Whether octets are a text that can be read. */
export function isReadable(octets: Uint8Array): boolean {
  const text = decode(trimNuls(octets));
  return text.trim() !== '' && !CONTROLS.test(text) && !Buffer.from(trimNuls(octets)).includes(0);
}

function trimNuls(octets: Uint8Array): Uint8Array {
  let end = octets.length;
  while (end > 0 && octets[end - 1] === 0) end -= 1;
  return octets.subarray(0, end);
}
