import { numberOf } from './cell-value.ts';
import {
  addressesByNeighbour,
  gatherNeighbours,
  type LldpNeighbour,
  type LldpPort,
  neighbourOf,
  portOf,
} from './lldp-neighbours.ts';
import type { Reading, Row } from './reading.ts';
import type { TableNote } from './table-note.ts';

/** Tables of LLDP-MIB (IEEE 802.1AB-2005): lldpLocPortTable, lldpPortConfigTable, lldpRemTable, lldpRemManAddrTable. */
export const LLDP_PORT_ENTRY = '1.0.8802.1.1.2.1.3.7.1';
const LLDP_ADMIN_STATUS = '1.0.8802.1.1.2.1.1.6.1.2';
export const LLDP_REMOTE_ENTRY = '1.0.8802.1.1.2.1.4.1.1';
export const LLDP_ADDRESS_ENTRY = '1.0.8802.1.1.2.1.4.2.1';
/** Subtype, id and description of a port; the status of its configuration has the same index. */
const PORT_COLUMNS = [2, 3, 4, LLDP_ADMIN_STATUS] as const;
/** From lldpRemChassisIdSubtype to lldpRemSysCapEnabled, as `neighbourOf` takes them. */
const REMOTE_COLUMNS = [4, 5, 6, 7, 8, 9, 10, 11, 12] as const;
const CHASSIS_AT = 1;
const PORT_AT = 3;
/** lldpRemManAddrIfSubtype and lldpRemManAddrIfId: all that is wanted is in the index. */
const ADDRESS_COLUMNS = [3, 4] as const;
/** Arcs of lldpRemTable's index: time mark, local port, number. */
const REMOTE_ARCS = 3;

/** mtxrNeighborInterfaceID of MIKROTIK-MIB, by the number of the neighbour. */
export const MIKROTIK_ENTRY = '1.3.6.1.4.1.14988.1.1.11.1.1';
const MIKROTIK_INTERFACE = 8;

/** Reads the ports of a device as LLDP-MIB numbers them. */
export async function readLldpPorts(reading: Reading, note: TableNote): Promise<LldpPort[]> {
  const rows = await reading.rows(note, {
    entry: LLDP_PORT_ENTRY,
    columns: [...PORT_COLUMNS],
    needed: [1],
  });
  const ports: LldpPort[] = [];
  for (const { index, values } of rows) {
    const [portNumber] = index;
    if (portNumber === undefined || index.length !== 1) {
      note.leaveOut('a port without a number');
      continue;
    }
    const [kind, id, description, adminStatus] = values;
    ports.push(portOf({ portNumber, ifIndex: null }, { kind, id, description }, numberOf(adminStatus)));
  }
  return ports;
}

/** Reads the neighbours that a device has heard, by LLDP-MIB. */
export async function readLldpNeighbours(reading: Reading, note: TableNote): Promise<LldpNeighbour[]> {
  const rows = await reading.rows(note, {
    entry: LLDP_REMOTE_ENTRY,
    columns: [...REMOTE_COLUMNS],
    needed: [CHASSIS_AT, PORT_AT],
  });
  if (rows.length === 0) return [];
  const addressRows = await reading.rows(note, {
    entry: LLDP_ADDRESS_ENTRY,
    columns: [...ADDRESS_COLUMNS],
    needed: [],
  });
  const addresses = addressesByNeighbour(addressRows, REMOTE_ARCS, note);
  const interfaces = await readInterfaceNumbers(reading, note, rows);
  const neighbours = rows.flatMap(({ index, values }) => {
    const at = placeOf(index);
    if (at === undefined) {
      note.leaveOut('a neighbour whose row does not tell its port');
      return [];
    }
    const ifIndex = at.portNumber === 0 ? (interfaces.get(at.number) ?? null) : null;
    return [
      neighbourOf({ portNumber: at.portNumber, ifIndex }, values, addresses.get(index.join('.')) ?? []),
    ];
  });
  return gatherNeighbours(neighbours, note);
}

/** Reads what the index of a row tells. RouterOS gives the number of the neighbour alone, or no port (0). */
function placeOf(index: readonly number[]): { portNumber: number; number: number } | undefined {
  if (index.length === REMOTE_ARCS) return { portNumber: index[1] ?? 0, number: index[2] ?? 0 };
  return index.length === 1 ? { portNumber: 0, number: index[0] ?? 0 } : undefined;
}

/** Reads on which interface each neighbour was heard, from MikroTik's own table: where lldpRemTable does not tell. */
async function readInterfaceNumbers(
  reading: Reading,
  note: TableNote,
  rows: readonly Row[],
): Promise<Map<number, number>> {
  const found = new Map<number, number>();
  if (rows.every(({ index }) => placeOf(index)?.portNumber !== 0)) return found;
  const told = await reading.rows(note, { entry: MIKROTIK_ENTRY, columns: [MIKROTIK_INTERFACE], needed: [] });
  for (const { index, values } of told) {
    const ifIndex = numberOf(values[0]);
    if (index.length === 1 && index[0] !== undefined && ifIndex !== null && ifIndex > 0) {
      found.set(index[0], ifIndex);
    }
  }
  return found;
}
