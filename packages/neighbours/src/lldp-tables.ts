import { readLldpNeighbours, readLldpPorts } from './lldp-mib.ts';
import type { LldpNeighbour, LldpPort } from './lldp-neighbours.ts';
import { readLldpV2Neighbours, readLldpV2Ports } from './lldp-v2-mib.ts';
import type { Reading } from './reading.ts';
import type { TableNote } from './table-note.ts';
import { readTpLinkNeighbours } from './tp-link-lldp.ts';

/** The notes of the two tables. */
export interface LldpNotes {
  readonly lldp_ports: TableNote;
  readonly lldp_neighbours: TableNote;
}

export interface LldpTables {
  readonly ports: LldpPort[];
  readonly neighbours: LldpNeighbour[];
}

/**
 * Reads ports and neighbours by LLDP. A device may have both MIBs, which number its ports differently, so all rows are of one of
 * them: LLDP-V2-MIB where it knows as many neighbours, since it names interfaces; else LLDP-MIB; else the table of a vendor.
 */
export async function readLldp(reading: Reading, notes: LldpNotes): Promise<LldpTables> {
  const { lldp_ports: portNote, lldp_neighbours: note } = notes;
  const first = {
    ports: await readLldpPorts(reading, portNote),
    neighbours: await readLldpNeighbours(reading, note),
  };
  const second = {
    ports: await readLldpV2Ports(reading, portNote),
    neighbours: await readLldpV2Neighbours(reading, note),
  };
  if (second.neighbours.length > 0 && second.neighbours.length >= first.neighbours.length) return second;
  if (first.neighbours.length > 0) return first;
  const ports = first.ports.length > 0 ? first.ports : second.ports;
  return { ports, neighbours: await readTpLinkNeighbours(reading, note) };
}
