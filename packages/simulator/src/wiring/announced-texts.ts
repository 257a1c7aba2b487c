import type { WiredDevice, WiredKind, WiredPort } from './wiring.ts';

/** Bits of LldpSystemCapabilitiesMap (IEEE 802.1AB): bridge, access point, router, telephone, station. */
const LLDP_CAPABILITIES: Readonly<Record<WiredKind, number>> = {
  switch: 0x20,
  router: 0x08,
  unmanaged: 0x20,
  access_point: 0x30,
  phone: 0x24,
  host: 0x01,
  hypervisor: 0x21,
};
/** Bits of cdpCacheCapabilities: router 1, switch 8, host 16, telephone 128. */
const CDP_CAPABILITIES: Readonly<Record<WiredKind, number>> = {
  switch: 0x08,
  router: 0x01,
  unmanaged: 0x08,
  access_point: 0x12,
  phone: 0x90,
  host: 0x10,
  hypervisor: 0x10,
};

/** LldpSystemCapabilitiesMap of a kind: two octets. */
export function lldpCapabilities(kind: WiredKind): Buffer {
  return Buffer.from([LLDP_CAPABILITIES[kind], 0]);
}

/** cdpCacheCapabilities of a kind: four octets. */
export function cdpCapabilities(kind: WiredKind): Buffer {
  return Buffer.from([0, 0, 0, CDP_CAPABILITIES[kind]]);
}

/** sysDescr, and what a device announces of its system. */
export function descriptionOf({ description, kind }: WiredDevice): string {
  return description ?? `Stratora simulated ${kind.replace('_', ' ')}, software 1.0`;
}

/** ifDescr. */
export function portDescription({ description, name }: WiredPort): string {
  return description ?? name;
}

export function isSpeaking(device: WiredDevice, protocol: 'lldp' | 'cdp'): boolean {
  return (device[protocol] ?? 'off') !== 'off';
}
