/**
 * The grammar of what a discovery job scans: single addresses, ranges and networks, of IPv4 and IPv6. The API counts with it, and so
 * does the wizard while somebody types; the scan walks the same ranges. Of what else is in the contract this file loads the
 * grammar of addresses alone, which loads nothing.
 */
import { isIpv4, isIpv6 } from './target-address.ts';

/** Most addresses of a job, after exclusions. */
export const DISCOVERY_ADDRESSES_MAX = 65_536;

/** Addresses in a row of one family, both ends included, as numbers: 32 bits for IPv4, 128 for IPv6. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** A range, or in words what is wrong with a text. */
export type ParsedRange =
  | { readonly range: AddressRange; readonly fault?: undefined }
  | { readonly range?: undefined; readonly fault: string };

const NO_TARGET = 'must be an address, a network such as 10.0.0.0/24 or a range such as 10.0.0.1-10.0.0.50';

/** Returns an address as a number; undefined for what is no address. */
export function addressNumber(text: string): { family: 4 | 6; number: bigint } | undefined {
  if (isIpv4(text)) {
    const number = text.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
    return { family: 4, number: BigInt(number) };
  }
  if (!isIpv6(text)) return undefined;
  // The URL writes it as RFC 5952 does, with an IPv4 tail as two groups.
  const [head = '', tail] = new URL(`http://[${text}]/`).hostname.slice(1, -1).split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  const groups = tail === undefined ? left : [...left, ...zeros, ...right];
  const number = groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
  // An address of IPv4 in the form of IPv6 (RFC 4291, section 2.5.5.2): packets go to the former.
  if (number >> 32n === 0xffffn) return { family: 4, number: number & 0xffff_ffffn };
  return { family: 6, number };
}

/** Writes the number of an address as text: IPv4 in four parts, IPv6 as RFC 5952 has it. */
export function addressText(family: 4 | 6, number: bigint): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((by) => String((number >> by) & 255n)).join('.');
  const groups = Array.from({ length: 8 }, (_, at) =>
    ((number >> BigInt(112 - at * 16)) & 0xffffn).toString(16),
  );
  return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1);
}

/**
 * Parses what is to be scanned or left out. Of a network of IPv4 with up to 30 bits the first and the last address are no hosts and are
 * left out; host bits that are set are passed over (`10.0.0.7/24` is `10.0.0.0/24`).
 */
export function parseDiscoveryTarget(given: string): ParsedRange {
  const text = given.trim();
  if (text.includes('/')) return parseNetwork(text);
  const [from = '', to, more] = text.split('-').map((part) => part.trim());
  const first = addressNumber(from);
  if (first === undefined || more !== undefined) return { fault: NO_TARGET };
  const last = to === undefined ? first : addressNumber(rangeEnd(from, to));
  if (last === undefined) return { fault: NO_TARGET };
  if (last.family !== first.family) return { fault: 'mixes IPv4 and IPv6' };
  if (last.number < first.number) return { fault: 'ends before it begins' };
  return { range: { family: first.family, first: first.number, last: last.number } };
}

/** Completes the end of a range that gives the last number alone: `10.0.0.1-50`. */
function rangeEnd(from: string, to: string): string {
  return isIpv4(from) && /^\d{1,3}$/.test(to) ? from.replace(/\d+$/, to) : to;
}

function parseNetwork(text: string): ParsedRange {
  const [address = '', digits = '', more] = text.split('/');
  const parsed = addressNumber(address.trim());
  if (parsed === undefined || more !== undefined || !/^\d{1,3}$/.test(digits.trim()))
    return { fault: NO_TARGET };
  const { family, number } = parsed;
  const width = family === 4 ? 32 : 128;
  const length = Number(digits);
  if (length > width) return { fault: `has more than ${width} bits` };
  const hostBits = BigInt(width - length);
  const first = (number >> hostBits) << hostBits;
  const last = first + (1n << hostBits) - 1n;
  const hasEnds = family === 4 && length <= 30;
  return { range: { family, first: hasEnds ? first + 1n : first, last: hasEnds ? last - 1n : last } };
}

/** Parses a network as a whole, with its first and last address: what is left out, and a fence. */
export function parseWholeRange(given: string): ParsedRange {
  const parsed = parseDiscoveryTarget(given);
  const isCut = given.includes('/') && parsed.range?.family === 4 && Number(given.split('/')[1]) <= 30;
  if (!isCut || parsed.range === undefined) return parsed;
  const { family, first, last } = parsed.range;
  return { range: { family, first: first - 1n, last: last + 1n } };
}

/** Joins ranges that overlap or touch; sorted by family and number. */
export function joinRanges(ranges: readonly AddressRange[]): AddressRange[] {
  const sorted = [...ranges].toSorted(
    (a, b) => a.family - b.family || (a.first < b.first ? -1 : a.first > b.first ? 1 : 0),
  );
  const joined: AddressRange[] = [];
  for (const range of sorted) {
    const before = joined.at(-1);
    if (before?.family === range.family && range.first <= before.last + 1n) {
      if (range.last > before.last) joined[joined.length - 1] = { ...before, last: range.last };
    } else joined.push(range);
  }
  return joined;
}

/** Takes ranges out of others. @returns what is left, joined and sorted */
export function withoutRanges(from: readonly AddressRange[], out: readonly AddressRange[]): AddressRange[] {
  const holes = joinRanges(out);
  return joinRanges(from).flatMap((range) => {
    const left: AddressRange[] = [];
    let { first } = range;
    for (const hole of holes) {
      if (hole.family !== range.family || hole.last < first || hole.first > range.last) continue;
      if (hole.first > first) left.push({ ...range, first, last: hole.first - 1n });
      first = hole.last + 1n;
    }
    return first <= range.last ? [...left, { ...range, first }] : left;
  });
}

/** Counts the addresses of ranges that do not overlap. */
export function countAddresses(ranges: readonly AddressRange[]): bigint {
  return ranges.reduce((sum, { first, last }) => sum + (last - first + 1n), 0n);
}

/** What is to be scanned: the ranges without those that are left out, and what is wrong, by the place in its list. */
export interface TargetPlan {
  ranges: AddressRange[];
  addresses: bigint;
  faults: { list: 'targets' | 'exclude'; at: number; message: string }[];
}

/** Reads targets and exclusions. Whether that is too much is for the caller to say. */
export function planTargets(targets: readonly string[], exclude: readonly string[]): TargetPlan {
  const faults: TargetPlan['faults'] = [];
  const read = (list: 'targets' | 'exclude', texts: readonly string[]) =>
    texts.flatMap((text, at) => {
      const parsed = list === 'targets' ? parseDiscoveryTarget(text) : parseWholeRange(text);
      if (parsed.fault !== undefined) faults.push({ list, at, message: parsed.fault });
      return parsed.range ?? [];
    });
  const ranges = withoutRanges(read('targets', targets), read('exclude', exclude));
  return { ranges, addresses: countAddresses(ranges), faults };
}
