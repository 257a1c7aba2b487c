import type { DeviceIdentity, IdentityKeyKind } from '@stratora/contract';
import { sanitizeText } from '@stratora/runtime';

/** What identifies a device: a kind of key, and its value. */
export interface FoundKey {
  readonly kind: IdentityKeyKind;
  readonly value: string;
}

/** What a device says of itself by which it can be told from others; octets as they came. */
export interface OwnNames {
  /** snmpEngineID (RFC 3411). */
  readonly engineId: Uint8Array | undefined;
  /** dot1dBaseBridgeAddress (RFC 4188). */
  readonly bridgeAddress: Uint8Array | undefined;
  /** lldpLocChassisIdSubtype and lldpLocChassisId (IEEE 802.1AB). */
  readonly chassisSubtype: number | undefined;
  readonly chassisId: Uint8Array | undefined;
}

const MAC_OCTETS = 6;
const ENGINE_ID_OCTETS = { least: 5, most: 32 };
/** Subtypes of LlDP's chassis ids: a component of the chassis, a MAC address, a network address. Names identify nobody. */
const CHASSIS_COMPONENT = 1;
const CHASSIS_MAC = 4;
const CHASSIS_ADDRESS = 5;
/** MAC addresses that several routers share: VRRP (RFC 9568), HSRP and its second version, GLBP, clusters of Microsoft. */
const VIRTUAL_MAC = /^(?:00:00:5e:00:0[12]|00:00:0c:07:ac|00:00:0c:9f:f|00:05:73:a0|00:07:b4:00|02:bf|03:bf)/;
/** Engine ids that are made of an address (RFC 3411: format 1) begin so behind the enterprise. */
const FORMAT_IPV4 = 1;

/** Returns the keys of what a device says of itself, the strongest first; none of what many devices have alike. */
export function keysOf(names: OwnNames): FoundKey[] {
  const keys: FoundKey[] = [];
  const engine = engineKey(names.engineId);
  if (engine !== undefined) keys.push({ kind: 'engine_id', value: engine });
  const chassis = names.chassisId;
  const macs = [names.bridgeAddress, names.chassisSubtype === CHASSIS_MAC ? chassis : undefined];
  for (const mac of new Set(macs.map(macText))) {
    if (mac !== undefined) keys.push({ kind: 'base_mac', value: mac });
  }
  const id = chassisText(names.chassisSubtype, chassis);
  if (id !== undefined) keys.push({ kind: 'chassis_id', value: id });
  return keys;
}

/** Returns the key of a serial number, which counts with its vendor alone. */
export function serialKey({
  vendor,
  serial,
}: Pick<DeviceIdentity, 'vendor' | 'serial'>): FoundKey | undefined {
  return vendor === null || serial === null || serial === ''
    ? undefined
    : { kind: 'serial', value: `${vendor.toLowerCase()}:${serial}` };
}

/** Writes six octets as a MAC address that one device has; undefined for any other. */
export function macText(octets: Uint8Array | undefined): string | undefined {
  if (octets?.length !== MAC_OCTETS) return undefined;
  const text = [...octets].map((octet) => octet.toString(16).padStart(2, '0')).join(':');
  const isGroup = ((octets[0] ?? 0) & 1) === 1;
  return isGroup || text === '00:00:00:00:00:00' || VIRTUAL_MAC.test(text) ? undefined : text;
}

/** An engine id in hexadecimal; undefined where it is made of nothing, or of an address that every host has. */
export function engineKey(octets: Uint8Array | undefined): string | undefined {
  const { length = 0 } = octets ?? {};
  if (octets === undefined || length < ENGINE_ID_OCTETS.least || length > ENGINE_ID_OCTETS.most)
    return undefined;
  const rest = octets.subarray(length > ENGINE_ID_OCTETS.least ? 5 : 4);
  if (rest.every((octet) => octet === 0) || rest.every((octet) => octet === 0xff)) return undefined;
  if (octets[4] === FORMAT_IPV4 && (rest[0] === 127 || rest[0] === 0)) return undefined;
  return Buffer.from(octets).toString('hex');
}

function chassisText(subtype: number | undefined, octets: Uint8Array | undefined): string | undefined {
  if (octets === undefined || octets.length === 0) return undefined;
  if (subtype === CHASSIS_COMPONENT) {
    const text = sanitizeText(Buffer.from(octets).toString('utf8'), 200);
    return text.length < 4 ? undefined : `1:${text}`;
  }
  // The first octet is the family of the address (IANA): 1 for IPv4.
  if (subtype === CHASSIS_ADDRESS && octets[0] === 1 && octets.length === 5) {
    return octets[1] === 127 || octets[1] === 0 ? undefined : `5:${octets.subarray(1).join('.')}`;
  }
  return undefined;
}
