import { compareText } from '../../ui/table/column.ts';
import type { InterfaceRow } from './interface-rows.ts';

/** A port with its place on the front panel. */
export interface PlacedPort {
  readonly row: InterfaceRow;
  /** What is written on it: the number at the end of its name. */
  readonly number: number;
}

/** Ports that belong together: those of one unit, slot or kind, in the order of their numbers. */
export interface PortBank {
  /** What the names of its ports have before their number. */
  readonly name: string;
  readonly ports: readonly PlacedPort[];
}

/** IANAifType of what a cable goes into: Ethernet of all its historical numbers, Wi-Fi excluded. */
const PORT_TYPES: ReadonlySet<string> = new Set(['6', '26', '62', '69', '117']);
/** Names of what is made of ports, or has none, though devices say that it is Ethernet. */
const NOT_A_PORT =
  /vlan|loop|null|bridge|\bbr\d|tunnel|port-?channel|\bpo\d|bond|\blag|\bae\d|trunk|virtual|docker|veth|irb|stack|cpu|wlan|wi-?fi|radio|ssid|\blo\d*$/i;
/** Fewest ports that make a front panel worth drawing. */
const FEWEST_PORTS = 4;

/** Lays the ports of a switch or router out as banks; nothing for a device with too few of them. */
export function layOutPorts(rows: readonly InterfaceRow[]): readonly PortBank[] {
  const banks = new Map<string, PlacedPort[]>();
  for (const row of rows) {
    const parts = /^(.*?)(\d+)$/.exec(row.name.trim());
    if (parts === null || !PORT_TYPES.has(row.type) || NOT_A_PORT.test(row.name)) continue;
    const [, before = '', digits = ''] = parts;
    const bank = banks.get(before) ?? [];
    bank.push({ row, number: Number(digits) });
    banks.set(before, bank);
  }
  const count = [...banks.values()].reduce((sum, ports) => sum + ports.length, 0);
  if (count < FEWEST_PORTS) return [];
  return [...banks]
    .map(([name, ports]) => ({ name, ports: ports.toSorted((a, b) => a.number - b.number) }))
    .toSorted((a, b) => compareText(a.name, b.name));
}

/**
 * Finds the port of POWER-ETHERNET-MIB that an interface is, by the numbers in its name: port 7 of unit 1 is `1.7`. One number
 * alone is a port of the only unit.
 */
export function powerPortOf(name: string): string | undefined {
  const numbers = name.match(/\d+/g);
  const last = numbers?.at(-1);
  if (numbers === null || last === undefined) return undefined;
  return `${numbers.length > 1 ? numbers[0] : '1'}.${last}`;
}
