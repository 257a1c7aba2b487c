/** Prefixes of addresses that several routers share: VRRP and CARP (RFC 5798), HSRP, GLBP, Arista's VARP, Microsoft's NLB. */
const SHARED_PREFIXES = [
  '00:00:5e:00:01:',
  '00:00:5e:00:02:',
  '00:00:0c:07:ac:',
  '00:00:0c:9f:f',
  '00:05:73:a0:0',
  '00:07:b4:00:',
  '00:1c:73:00:00:',
  '02:bf:',
  '03:bf:',
];
/** Prefixes that hypervisors give to their guests: VMware, Hyper-V, QEMU and KVM, Xen, VirtualBox, Proxmox, Nutanix, Parallels. */
const GUEST_PREFIXES = new Set([
  '00:50:56',
  '00:0c:29',
  '00:05:69',
  '00:1c:14',
  '00:15:5d',
  '52:54:00',
  '00:16:3e',
  '08:00:27',
  '0a:00:27',
  'bc:24:11',
  '50:6b:8d',
  '00:1c:42',
]);
/** Largest distance of two addresses of one device: a chassis has a block of up to 512 of them. */
const BLOCK = 512;
const MULTICAST = /^.[13579bdf]/;
const LAST_OF_OUI = 8;

/** An address of one interface: not of a group, not of several routers at once, not zero. */
export function isDeviceMac(mac: string): boolean {
  return !(MULTICAST.test(mac) || mac === '00:00:00:00:00:00' || isSharedMac(mac));
}

/** Tells whether an address is one that routers hand to each other. */
export function isSharedMac(mac: string): boolean {
  const first = mac.charCodeAt(0);
  // All of them begin with 0.
  return first === 0x30 && SHARED_PREFIXES.some((prefix) => mac.startsWith(prefix));
}

/** Tells whether a hypervisor made the address for a guest. */
export function isGuestMac(mac: string): boolean {
  return GUEST_PREFIXES.has(mac.slice(0, LAST_OF_OUI));
}

/** Tells whether two addresses may be of one block of addresses, as those of a chassis are. */
export function isNearMac(a: string, b: string): boolean {
  return a.slice(0, LAST_OF_OUI) === b.slice(0, LAST_OF_OUI) && Math.abs(lowerHalf(a) - lowerHalf(b)) < BLOCK;
}

function lowerHalf(mac: string): number {
  return Number.parseInt(mac.slice(LAST_OF_OUI + 1).replaceAll(':', ''), 16);
}

const HEX_DIGITS = 12;

/** Reads a MAC address in any of its spellings: `00:11:22:33:44:55`, `0011.2233.4455`, `001122-334455`; undefined for other text. */
export function readMac(text: string): string | undefined {
  if (text.length < HEX_DIGITS || text.length > HEX_DIGITS + 5) return undefined;
  const digits = text.toLowerCase().replaceAll(/[:.\- ]/g, '');
  if (!/^[0-9a-f]{12}$/.test(digits)) return undefined;
  return digits.replaceAll(/(..)(?=.)/g, '$1:');
}
