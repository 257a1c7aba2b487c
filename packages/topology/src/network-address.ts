import { isDeviceMac } from './mac-address.ts';

const GROUPS = 8;
/** Interface ids below this are dealt by hand (`fe80::1`), so several devices have them. */
const DEALT_BY_HAND = 0x1_0000_0000;

/** Writes an address as one text: IPv6 in small letters without leading zeros and without a zone, IPv4 as it is. */
export function plainAddress(text: string): string {
  if (!text.includes(':')) return text.trim();
  const bare = text.trim().toLowerCase().replace(/%.*$/, '');
  const groups = readGroups(bare);
  return groups === undefined ? bare : writeGroups(groups);
}

/** Tells whether an address can tell one device from another: not of loopback, not self-assigned, not empty. */
export function isTellingAddress(address: string): boolean {
  if (address === '' || address === '0.0.0.0' || address === '::' || address === '::1') return false;
  return !/^(?:127\.|169\.254\.|0\.|22[4-9]\.|23\d\.|255\.|ff)/.test(address) && !isVague(address);
}

/** A link-local IPv6 address that somebody chose, such as `fe80::1`. */
function isVague(address: string): boolean {
  if (!address.startsWith('fe80:')) return false;
  const groups = readGroups(address);
  if (groups === undefined) return true;
  const [high, low] = [
    (groups[4] ?? 0) * 0x1_0000 + (groups[5] ?? 0),
    (groups[6] ?? 0) * 0x1_0000 + (groups[7] ?? 0),
  ] as const;
  return high === 0 && low < DEALT_BY_HAND;
}

/** Finds the MAC address that a link-local address was made from (RFC 4291, appendix A). */
export function macOfLinkLocal(address: string): string | undefined {
  const groups = address.startsWith('fe80:') ? readGroups(address) : undefined;
  if (groups === undefined) return undefined;
  const bytes = groups.slice(4).flatMap((group) => [group >> 8, group & 0xff]);
  if (bytes[3] !== 0xff || bytes[4] !== 0xfe) return undefined;
  bytes[0] = (bytes[0] ?? 0) ^ 0x02;
  const mac = [...bytes.slice(0, 3), ...bytes.slice(5)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join(':');
  return isDeviceMac(mac) ? mac : undefined;
}

function readGroups(text: string): number[] | undefined {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const read = (part: string) => (part === '' ? [] : part.split(':').map(readGroup));
  const [first, last] = [read(head), read(tail ?? '')];
  const missing = GROUPS - first.length - last.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...first, ...Array.from({ length: missing }, () => 0), ...last];
  return groups.some(Number.isNaN) ? undefined : groups;
}

function readGroup(text: string): number {
  return /^[0-9a-f]{1,4}$/.test(text) ? Number.parseInt(text, 16) : Number.NaN;
}

/** The longest run of zeros becomes `::` (RFC 5952). */
function writeGroups(groups: readonly number[]): string {
  let [start, length] = [-1, 1];
  for (let at = 0; at < GROUPS; at += 1) {
    let end = at;
    while (end < GROUPS && groups[end] === 0) end += 1;
    if (end - at > length) [start, length] = [at, end - at];
  }
  const write = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  return start < 0
    ? write(groups)
    : `${write(groups.slice(0, start))}::${write(groups.slice(start + length))}`;
}
