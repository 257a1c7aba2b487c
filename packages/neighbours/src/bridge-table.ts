import type { NeighbourRows } from '@stratora/contract';
import { hexOf, numberOf } from './cell-value.ts';
import type { SourceValue } from './neighbour-source.ts';
import type { Reading } from './reading.ts';
import type { TableNote } from './table-note.ts';

type BridgePort = NeighbourRows['bridge_ports'][number];

/** dot1dBasePortTable and dot1dStpPortTable of BRIDGE-MIB (RFC 4188), by the number of the bridge port. */
export const BASE_PORT_ENTRY = '1.3.6.1.2.1.17.1.4.1';
export const STP_PORT_ENTRY = '1.3.6.1.2.1.17.2.15.1';
const PORT_IF_INDEX = 2;
/** dot1dStpPortState, DesignatedBridge, DesignatedPort. */
const STP_COLUMNS = [3, 8, 9] as const;
/** Bits of a port's identifier that number it; those above are its priority (IEEE 802.1D-2004, 9.2.7). */
const PORT_NUMBER_BITS = 0x0fff;

/** Reads the ports of a bridge, into a map so that those that it shows for single VLANs can be added. */
export async function readBridgePorts(
  reading: Reading,
  note: TableNote,
  found = new Map<number, BridgePort>(),
): Promise<Map<number, BridgePort>> {
  const portOf = (bridgePort: number): BridgePort => {
    const known = found.get(bridgePort);
    if (known !== undefined) return known;
    const port: BridgePort = {
      bridge_port: bridgePort,
      if_index: null,
      stp_state: null,
      designated_bridge: null,
      designated_port: null,
    };
    found.set(bridgePort, port);
    return port;
  };
  const ports = await reading.rows(note, { entry: BASE_PORT_ENTRY, columns: [PORT_IF_INDEX] });
  for (const { index, values } of ports) {
    const ifIndex = numberOf(values[0]);
    if (index.length !== 1 || index[0] === undefined) {
      note.leaveOut('a bridge port without a number');
      continue;
    }
    // 0: the port is no interface.
    portOf(index[0]).if_index ??= ifIndex !== null && ifIndex > 0 ? ifIndex : null;
  }
  const spanning = await reading.rows(note, {
    entry: STP_PORT_ENTRY,
    columns: [...STP_COLUMNS],
    needed: [0],
  });
  for (const { index, values } of spanning) {
    if (index.length !== 1 || index[0] === undefined) continue;
    const port = portOf(index[0]);
    port.stp_state ??= numberOf(values[0]);
    port.designated_bridge ??= bridgeOf(values[1]);
    port.designated_port ??= designatedPort(values[2]);
  }
  return found;
}

/** Reads the MAC address of a bridge's identifier, which its priority stands before (two octets). */
function bridgeOf(value: SourceValue | undefined): string | null {
  return typeof value === 'object' && value.length === 8 ? hexOf(value.subarray(2)) : null;
}

function designatedPort(value: SourceValue | undefined): number | null {
  if (typeof value !== 'object' || value.length !== 2) return null;
  return (((value[0] ?? 0) << 8) | (value[1] ?? 0)) & PORT_NUMBER_BITS;
}
