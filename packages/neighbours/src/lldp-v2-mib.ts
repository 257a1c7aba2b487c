import { numberOf } from './cell-value.ts';
import {
  addressesByNeighbour,
  gatherNeighbours,
  type LldpNeighbour,
  type LldpPort,
  neighbourOf,
  portOf,
} from './lldp-neighbours.ts';
import type { Reading } from './reading.ts';
import type { TableNote } from './table-note.ts';

/**
 * Tables of LLDP-V2-MIB (IEEE 802.1AB-2009): lldpV2LocPortTable, lldpV2PortConfigTable, lldpV2RemTable, lldpV2RemManAddrTable. Ports are
 * interfaces.
 */
export const LLDP_V2_PORT_ENTRY = '1.3.111.2.802.1.1.13.1.3.7.1';
export const LLDP_V2_CONFIG_ENTRY = '1.3.111.2.802.1.1.13.1.1.8.1';
export const LLDP_V2_REMOTE_ENTRY = '1.3.111.2.802.1.1.13.1.4.1.1';
export const LLDP_V2_ADDRESS_ENTRY = '1.3.111.2.802.1.1.13.1.4.2.1';
/** Subtype, id and description of a port. */
const PORT_COLUMNS = [2, 3, 4] as const;
/** lldpV2PortConfigAdminStatus; its index is the interface and the number of a destination address. */
const ADMIN_STATUS = 3;
/** From lldpV2RemChassisIdSubtype to lldpV2RemSysCapEnabled. */
const REMOTE_COLUMNS = [5, 6, 7, 8, 9, 10, 11, 12, 13] as const;
const CHASSIS_AT = 1;
const PORT_AT = 3;
/** lldpV2RemManAddrIfSubtype and lldpV2RemManAddrIfId. */
const ADDRESS_COLUMNS = [3, 4] as const;
/** Arcs of lldpV2RemTable's index: time mark, interface, number of the destination address, number. */
const REMOTE_ARCS = 4;

/** Reads the ports of a device as LLDP-V2-MIB knows them. */
export async function readLldpV2Ports(reading: Reading, note: TableNote): Promise<LldpPort[]> {
  const rows = await reading.rows(note, {
    entry: LLDP_V2_PORT_ENTRY,
    columns: [...PORT_COLUMNS],
    needed: [1],
  });
  if (rows.length === 0) return [];
  const configs = await reading.rows(note, {
    entry: LLDP_V2_CONFIG_ENTRY,
    columns: [ADMIN_STATUS],
    needed: [],
  });
  const statuses = new Map(configs.map(({ index, values }) => [index[0], numberOf(values[0])]));
  return rows.flatMap(({ index, values }) => {
    const [ifIndex] = index;
    if (ifIndex === undefined || index.length !== 1) {
      note.leaveOut('a port without a number');
      return [];
    }
    const [kind, id, description] = values;
    const place = { portNumber: ifIndex, ifIndex };
    return [portOf(place, { kind, id, description }, statuses.get(ifIndex) ?? null)];
  });
}

/** Reads the neighbours that a device has heard, by LLDP-V2-MIB. */
export async function readLldpV2Neighbours(reading: Reading, note: TableNote): Promise<LldpNeighbour[]> {
  const rows = await reading.rows(note, {
    entry: LLDP_V2_REMOTE_ENTRY,
    columns: [...REMOTE_COLUMNS],
    needed: [CHASSIS_AT, PORT_AT],
  });
  if (rows.length === 0) return [];
  const addressRows = await reading.rows(note, {
    entry: LLDP_V2_ADDRESS_ENTRY,
    columns: [...ADDRESS_COLUMNS],
    needed: [],
  });
  const addresses = addressesByNeighbour(addressRows, REMOTE_ARCS, note);
  const neighbours = rows.flatMap(({ index, values }) => {
    const ifIndex = index[1];
    if (ifIndex === undefined || index.length !== REMOTE_ARCS) {
      note.leaveOut('a neighbour whose row does not tell its port');
      return [];
    }
    return [neighbourOf({ portNumber: ifIndex, ifIndex }, values, addresses.get(index.join('.')) ?? [])];
  });
  return gatherNeighbours(neighbours, note);
}
