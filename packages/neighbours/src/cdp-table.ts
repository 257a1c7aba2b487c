import type { NeighbourRows } from '@stratora/contract';
import { addressOf, numberOf, textOf } from './cell-value.ts';
import { plainId } from './lldp-id.ts';
import type { SourceValue } from './neighbour-source.ts';
import type { Reading } from './reading.ts';
import type { TableNote } from './table-note.ts';

type CdpNeighbour = NeighbourRows['cdp_neighbours'][number];

/** cdpCacheTable of CISCO-CDP-MIB, by ifIndex and a number. */
export const CDP_ENTRY = '1.3.6.1.4.1.9.9.23.1.2.1.1';
/**
 * cdpCacheAddress, Version, DeviceId, DevicePort, Platform, Capabilities, NativeVLAN, SysName, PrimaryMgmtAddr and SecondaryMgmtAddr. The
 * types of the addresses are not asked for: their octets tell.
 */
const COLUMNS = [4, 5, 6, 7, 8, 9, 11, 17, 20, 22] as const;
const DEVICE_ID_AT = 2;

/** The bits of cdpCacheCapabilities, the lowest first (CISCO-CDP-MIB). */
const CAPABILITIES = ['router', 'bridge', 'bridge', 'switch', 'host', 'igmp', 'repeater', 'phone'];
/** Most octets of capabilities. */
const CAPABILITY_OCTETS = 4;

/** Reads the neighbours that a device has heard by CDP. */
export async function readCdpNeighbours(reading: Reading, note: TableNote): Promise<CdpNeighbour[]> {
  const rows = await reading.rows(note, { entry: CDP_ENTRY, columns: [...COLUMNS], needed: [DEVICE_ID_AT] });
  const found: CdpNeighbour[] = [];
  for (const { index, values } of rows) {
    const [ifIndex] = index;
    const [address, version, deviceId, port, platform, able, vlan, name, primary, secondary] = values;
    const id = deviceId === undefined ? '' : plainId(deviceId);
    if (ifIndex === undefined || (id === '' && textOf(name) === null)) {
      note.leaveOut('a neighbour without a name');
      continue;
    }
    const nativeVlan = numberOf(vlan);
    found.push({
      if_index: ifIndex,
      device_id: id,
      port: port === undefined ? null : plainId(port) || null,
      platform: textOf(platform),
      version: textOf(version),
      system_name: textOf(name),
      address: addressIn(address, note) ?? null,
      management_addresses: [...new Set([primary, secondary].flatMap((one) => addressIn(one, note) ?? []))],
      capabilities: capabilitiesOf(able),
      native_vlan: nativeVlan === 0 ? null : nativeVlan,
    });
  }
  return found;
}

/** Reads an address; one that announces none sends no octets, or zeros. */
function addressIn(value: SourceValue | undefined, note: TableNote): string | undefined {
  if (value === undefined || textOf(value) === null) {
    return typeof value === 'object' && !value.every((octet) => octet === 0) ? addressOf(value) : undefined;
  }
  const address = addressOf(value);
  if (address === undefined) note.leaveOut('an address of no known kind');
  return address === '0.0.0.0' ? undefined : address;
}

/**
 * Reads capabilities: a number of four octets, the highest first. Some agents send the lowest first; a number beyond 16 bits, which CDP
 * does not use, gives them away.
 */
function capabilitiesOf(value: SourceValue | undefined): string[] {
  if (typeof value !== 'object' || value.length !== CAPABILITY_OCTETS) return [];
  const octets = Buffer.from(value);
  const big = octets.readUInt32BE();
  const bits = big > 0xffff ? octets.readUInt32LE() : big;
  return [...new Set(CAPABILITIES.filter((_, bit) => (bits & (1 << bit)) !== 0))];
}
