import type { NeighbourRows } from '@stratora/contract';
import { readMac } from './mac-address.ts';
import { isEthernet, type Port, type PortTable } from './port-table.ts';
import { compareContent } from './stable-id.ts';

export type LldpPortRow = NeighbourRows['lldp_ports'][number];
export type BridgePortRow = NeighbourRows['bridge_ports'][number];
export type LldpId = LldpPortRow['id'];

/** Stands for device ids of CDP among the subtypes of chassis ids. */
export const CDP_DEVICE_ID = -1;
/** Subtypes of port ids (IEEE 802.1AB, lldpPortIdSubtype). */
const PORT_ID = { alias: 1, component: 2, mac: 3, address: 4, name: 5, circuit: 6, local: 7 } as const;
const UNTOLD = 0;
const MAY_BE_MAC: ReadonlySet<number> = new Set([PORT_ID.mac, PORT_ID.local, UNTOLD]);
/** Rows that must agree, and none differ, before one number space is read as another. */
const AGREEING_ROWS = 2;

/** Finds the port that an id of LLDP names, with the description that came with it. */
export function findByLldpId(ports: PortTable, id: LldpId, description: string | null): Port | undefined {
  const mac = MAY_BE_MAC.has(id.subtype) ? readMac(id.text) : undefined;
  const found =
    mac === undefined
      ? id.subtype === PORT_ID.alias
        ? (ports.findByAlias(id.text) ?? ports.findNamed(id.text))
        : named(ports, id)
      : ports.findByMac(mac, description);
  if (found !== undefined) return found;
  return description === null || isBareNumber(description) ? undefined : ports.findNamed(description);
}

function named(ports: PortTable, id: LldpId): Port | undefined {
  if (id.subtype === PORT_ID.address || id.subtype === PORT_ID.mac) return undefined;
  // A bare number that somebody assigned may be an ifIndex, a port number or a name, unless it is said to be a name.
  if (id.subtype !== PORT_ID.name && isBareNumber(id.text)) return undefined;
  return ports.findNamed(id.text);
}

function isBareNumber(text: string): boolean {
  return /^\s*\d+\s*$/.test(text);
}

/** What an LLDP agent's own numbers of ports mean. */
export class LldpPorts {
  readonly #ports: PortTable;
  readonly #byNumber = new Map<number, Port>();
  readonly #byText = new Map<string, number | null>();

  constructor(rows: readonly LldpPortRow[], ports: PortTable, bridge: BridgePorts) {
    this.#ports = ports;
    const sorted = rows.toSorted((a, b) => a.port_number - b.port_number || compareContent(a, b));
    for (const { id, port_number: number } of sorted) {
      const known = this.#byText.get(id.text);
      this.#byText.set(id.text, known === undefined || known === number ? number : null);
    }
    const open = this.#resolveByText(sorted);
    const isUnclear = this.#byNumber.size === 0;
    const byText = isUnclear ? textRule(sorted, ports) : undefined;
    const byNumber = isUnclear ? sparseRule(sorted, ports) : this.#numberRule(bridge);
    for (const row of open) {
      const port = byText?.(row) ?? byNumber?.(row.port_number) ?? nameless(ports, row);
      this.#byNumber.set(row.port_number, port);
    }
  }

  /** Returns the port with a number; where nothing tells which it is, one that has the number alone. */
  get(portNumber: number): Port {
    const known = this.#byNumber.get(portNumber);
    if (known !== undefined) return known;
    const port = this.#ports.obtain(`lldp#${portNumber}`, null);
    this.#byNumber.set(portNumber, port);
    return port;
  }

  /** Finds the port that the device announces under an id. */
  findAnnounced({ text }: LldpId): Port | undefined {
    const number = text === '' ? undefined : this.#byText.get(text);
    return number === undefined || number === null ? undefined : this.#byNumber.get(number);
  }

  /** @returns rows of which no text names a port */
  #resolveByText(rows: readonly LldpPortRow[]): LldpPortRow[] {
    const found = rows.map((row) => {
      const told = row.if_index === null ? undefined : this.#ports.findByIndex(row.if_index);
      return { row, told, port: told ?? findByLldpId(this.#ports, row.id, row.description) };
    });
    const counts = new Map<Port, number>();
    for (const { port } of found) if (port !== undefined) counts.set(port, (counts.get(port) ?? 0) + 1);
    const open: LldpPortRow[] = [];
    for (const { row, told, port } of found) {
      // An address that all ports announce names none of them.
      const isClear = port !== undefined && (told !== undefined || counts.get(port) === 1);
      if (isClear && !this.#byNumber.has(row.port_number)) this.#byNumber.set(row.port_number, port);
      else if (!isClear) open.push(row);
    }
    return open;
  }

  /** Reads the numbers as ifIndex or as bridge ports, where the ports whose text is clear agree that they are. */
  #numberRule(bridge: BridgePorts): ((number: number) => Port | undefined) | undefined {
    const rules = [
      (number: number) => this.#ports.findByIndex(number),
      (number: number) => bridge.findTold(number),
    ];
    return rules.find((rule) => {
      let agreeing = 0;
      for (const [number, port] of this.#byNumber) {
        const other = rule(number);
        if (other !== port) return false;
        agreeing += 1;
      }
      return agreeing >= AGREEING_ROWS;
    });
  }
}

/**
 * Reads ids that are bare numbers, or end with one (`port-003`), where no text is clear: as names of interfaces, or as the last
 * number in those, when that gives every id an Ethernet interface of its own. Names that count from 0 are left alone.
 */
function textRule(
  rows: readonly LldpPortRow[],
  ports: PortTable,
): ((row: LldpPortRow) => Port | undefined) | undefined {
  if (rows.length < AGREEING_ROWS) return undefined;
  const byName = new Map(ports.all.map((port) => [port.row?.name ?? '', port]));
  const ethernet = ports.all.filter((port) => isEthernet(port));
  const byLast = Map.groupBy(ethernet, (port) => lastNumber(port.ref.name ?? ''));
  const rules = [
    ({ id }: LldpPortRow) => byName.get(id.text.trim()),
    ({ id }: LldpPortRow) => {
      const found = byLast.get(lastNumber(id.text)) ?? [];
      return found.length === 1 && !byLast.has(0) ? found[0] : undefined;
    },
  ];
  return rules.find((rule) => {
    const found = rows.map((row) => (lastNumber(row.id.text) === undefined ? undefined : rule(row)));
    return !found.includes(undefined) && new Set(found).size === rows.length;
  });
}

function lastNumber(text: string): number | undefined {
  const digits = /(\d{1,9})$/.exec(text.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/**
 * Reads numbers as ifIndex where all of them are those of Ethernet interfaces, and none of them could be a mere count of ports:
 * that is no chance.
 */
function sparseRule(
  rows: readonly LldpPortRow[],
  ports: PortTable,
): ((number: number) => Port | undefined) | undefined {
  const isSparse = rows.every(({ port_number: number }) => {
    const port = ports.findByIndex(number);
    return port !== undefined && isEthernet(port) && number > ports.all.length;
  });
  return isSparse && rows.length >= AGREEING_ROWS ? (number) => ports.findByIndex(number) : undefined;
}

/** A port of which only LLDP's own words are known. */
function nameless(ports: PortTable, { id, description, port_number: number }: LldpPortRow): Port {
  const isName = id.subtype !== PORT_ID.mac && id.subtype !== PORT_ID.address && !isBareNumber(id.text);
  const name = isName ? id.text.trim() : (description?.trim() ?? '');
  // Where interfaces are known, a text that is none of them is no key: it might become one.
  if (name === '' || ports.isKnown) return ports.obtain(`lldp#${number}`, name === '' ? null : name);
  return ports.obtain(name, name);
}

/** What a bridge's own numbers of ports mean. */
export class BridgePorts {
  readonly #ports: PortTable;
  readonly #rows = new Map<number, BridgePortRow>();
  readonly #isIndex: boolean;

  constructor(rows: readonly BridgePortRow[], ports: PortTable) {
    this.#ports = ports;
    for (const row of rows.toSorted((a, b) => a.bridge_port - b.bridge_port || compareContent(a, b)))
      if (!this.#rows.has(row.bridge_port)) this.#rows.set(row.bridge_port, row);
    const told = [...this.#rows.values()].filter((row) => row.if_index !== null);
    this.#isIndex = told.length >= AGREEING_ROWS && told.every((row) => row.if_index === row.bridge_port);
  }

  /** Finds the port that the bridge says a number means. */
  findTold(bridgePort: number): Port | undefined {
    const ifIndex = this.#rows.get(bridgePort)?.if_index ?? undefined;
    return ifIndex === undefined ? undefined : this.#ports.findByIndex(ifIndex);
  }

  /** Returns the port with a number; where nothing tells which it is, one that has the number alone. */
  get(bridgePort: number): Port {
    return (
      this.findTold(bridgePort) ??
      (this.#isIndex ? this.#ports.findByIndex(bridgePort) : undefined) ??
      this.#ports.obtain(`bridge#${bridgePort}`, null)
    );
  }

  rowOf(bridgePort: number): BridgePortRow | undefined {
    return this.#rows.get(bridgePort);
  }
}
