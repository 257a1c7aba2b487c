import { addressOf, textOf } from './cell-value.ts';
import { gatherNeighbours, type LldpNeighbour, neighbourOf } from './lldp-neighbours.ts';
import type { SourceValue } from './neighbour-source.ts';
import type { Reading } from './reading.ts';
import type { TableNote } from './table-note.ts';

/** The table of neighbours of TP-Link's own LLDP MIB, for its switches without LLDP-MIB; indexed by ifIndex and a number. */
export const TP_LINK_ENTRY = '1.3.6.1.4.1.11863.6.35.1.2.2.1';
/** Subtypes and ids of chassis and port, port description, system name and description, capabilities that are on, address. */
const COLUMNS = [3, 4, 5, 6, 8, 9, 10, 12, 13] as const;
const CHASSIS_AT = 1;
const PORT_AT = 3;

/** Its words for subtypes, and the numbers of IEEE 802.1AB. */
const CHASSIS_WORDS: Readonly<Record<string, number>> = {
  'chassis component': 1,
  'interface alias': 2,
  'port component': 3,
  'mac address': 4,
  'network address': 5,
  'interface name': 6,
  'locally assigned': 7,
};
const PORT_WORDS: Readonly<Record<string, number>> = {
  'interface alias': 1,
  'port component': 2,
  'mac address': 3,
  'network address': 4,
  'interface name': 5,
  'agent circuit id': 6,
  'locally assigned': 7,
};
/** Its words for capabilities, as a report has them. */
const CAPABILITY_WORDS: readonly (readonly [word: RegExp, name: string])[] = [
  [/\bother\b/i, 'other'],
  [/\brepeater\b/i, 'repeater'],
  [/\bbridge\b/i, 'bridge'],
  [/\bwlan\b/i, 'wlan'],
  [/\brouter\b/i, 'router'],
  [/\btelephone\b/i, 'phone'],
  [/\bdocsis\b/i, 'docsis'],
  [/\bstation\b/i, 'station'],
];

/** Reads the neighbours of a TP-Link switch. */
export async function readTpLinkNeighbours(reading: Reading, note: TableNote): Promise<LldpNeighbour[]> {
  const rows = await reading.rows(note, {
    entry: TP_LINK_ENTRY,
    columns: [...COLUMNS],
    needed: [CHASSIS_AT, PORT_AT],
  });
  const neighbours = rows.flatMap(({ index, values }) => {
    const [ifIndex] = index;
    if (ifIndex === undefined) return [];
    const [chassisKind, chassis, portKind, port, portText, name, description, able, address] = values;
    const managed = addressOf(address);
    const row = neighbourOf(
      { portNumber: ifIndex, ifIndex },
      [
        numbered(CHASSIS_WORDS, chassisKind),
        chassis,
        numbered(PORT_WORDS, portKind),
        port,
        portText,
        name,
        description,
      ],
      managed === undefined ? [] : [managed],
    );
    const words = textOf(able) ?? '';
    return [
      { ...row, capabilities: CAPABILITY_WORDS.filter(([word]) => word.test(words)).map(([, one]) => one) },
    ];
  });
  return gatherNeighbours(neighbours, note);
}

function numbered(words: Readonly<Record<string, number>>, value: SourceValue | undefined): number {
  return words[(textOf(value) ?? '').toLowerCase()] ?? 0;
}
