import { type FoundDevice, IDENTITY_KEY_KINDS, type IdentityKeyKind } from '@stratora/contract';

/** What identifies a device: a kind of key, and its value. */
export interface IdentityKey {
  readonly kind: IdentityKeyKind;
  readonly value: string;
}

const MAC = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/;
/** Virtual MAC addresses that several devices have: VRRP (RFC 9568), HSRP (RFC 2281 and version 2), GLBP, and Microsoft's NLB. */
const VIRTUAL_MAC = /^(?:00:00:5e:00:0[12]|00:00:0c:07:ac|00:00:0c:9f:f|00:05:73:a0:|00:07:b4:00|02:bf:)/;
/** Serial numbers that makers leave in the place of one. */
const NO_SERIAL =
  /^(?:0+|1+|x+|-+|n\/?a|none|null|unknown|default( string)?|not (?:specified|available|applicable|set)|to be filled by o\.?e\.?m\.?|system serial number|(?:0?123456789\w*|1234567\d*|abcdefg\w*)|serial(?: ?number)?)$/i;
const NO_HOST = /^(?:127\.|169\.254\.|0\.|::1?$|fe[89ab][0-9a-f]:|ff|2(?:2[4-9]|3\d)\.|255\.255\.255\.255$)/i;

/** Whether an address can tell a device: loopback, link-local and group addresses tell none. */
export function tellsDevice(address: string): boolean {
  return !NO_HOST.test(address);
}

/** Returns the keys of a found device that can identify one, each once, the strongest first. */
export function usableKeys({ keys, address, also_at }: FoundDevice): IdentityKey[] {
  const seen = new Set<string>();
  const usable = keys.flatMap(({ kind, value }) => {
    const form = formOf(kind, value.trim().toLowerCase());
    if (form === undefined || (kind === 'addresses' && !holds(form, [address, ...also_at]))) return [];
    const name = keyName({ kind, value: form });
    if (seen.has(name)) return [];
    seen.add(name);
    return [{ kind, value: form }];
  });
  return usable.toSorted((a, b) => strengthOf(a) - strengthOf(b));
}

/** Returns one text for a key. */
export function keyName({ kind, value }: { kind: string; value: string }): string {
  return `${kind} ${value}`;
}

/** Returns the place of a key among the kinds; 0 is the strongest. */
export function strengthOf({ kind }: Pick<IdentityKey, 'kind'>): number {
  return IDENTITY_KEY_KINDS.indexOf(kind);
}

const KEY_WORDS: Readonly<Record<IdentityKeyKind, string>> = {
  serial: 'serial number',
  engine_id: 'SNMP engine id',
  base_mac: 'chassis MAC address',
  chassis_id: 'chassis id',
  addresses: 'own addresses',
};

/** Says a key in words: `the same serial number (cisco:foc1234)`. */
export function sameWords({ kind, value }: IdentityKey): string {
  const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  return `the same ${KEY_WORDS[kind]} (${shown})`;
}

function holds(list: string, addresses: readonly string[]): boolean {
  const own = list.split(',');
  return addresses.some((address) => own.includes(address.toLowerCase()));
}

/** Returns the form in which a key is kept; undefined for a value that tells no device. */
function formOf(kind: IdentityKeyKind, value: string): string | undefined {
  switch (kind) {
    case 'serial': {
      const serial = value.slice(value.indexOf(':') + 1).trim();
      return serial.length < 4 || NO_SERIAL.test(serial) || /^(.)\1*$/.test(serial) ? undefined : value;
    }
    case 'engine_id': {
      const octets = value.replaceAll(/[^0-9a-f]/g, '');
      // RFC 3411: 5 to 32 octets, neither all zero nor all ones.
      const isLong = octets.length >= 10 && octets.length <= 64;
      return !isLong || /^(?:0+|f+)$/.test(octets) || /^.{8}0.0*$/.test(octets) ? undefined : octets;
    }
    case 'base_mac':
      return MAC.test(value) && tellsMac(value) ? value : undefined;
    case 'chassis_id':
      return /^\d+:.{3,}/.test(value) ? value : undefined;
    case 'addresses': {
      const own = [...new Set(value.split(','))].filter((one) => one !== '' && tellsDevice(one)).toSorted();
      return own.length > 0 ? own.join(',') : undefined;
    }
    default:
      return undefined;
  }
}

/** Whether a MAC address is that of one device: no group address, and none that routers share. */
function tellsMac(mac: string): boolean {
  const first = Number.parseInt(mac.slice(0, 2), 16);
  return (first & 1) === 0 && !/^(?:00:){5}00$/.test(mac) && !VIRTUAL_MAC.test(mac);
}
