import { addressText, type FoundNeighbour } from '@stratora/contract';
import { sanitizeText } from '@stratora/runtime';
import {
  type Cell,
  compileOids,
  isSnmpError,
  type RequestBudget,
  readIndexArcs,
  readValue,
  type SnmpSession,
} from '@stratora/snmp';

/** Whom a device hears, as far as a crawl needs it. */
export interface HeardNeighbours {
  readonly neighbours: readonly FoundNeighbour[];
  readonly remarks: readonly string[];
}

/** Reads whom a device hears. */
export interface NeighbourCollector {
  read(session: SnmpSession, budget: RequestBudget): Promise<HeardNeighbours>;
}

const REMOTE = '1.0.8802.1.1.2.1.4.1.1';
const CDP = '1.3.6.1.4.1.9.9.23.1.2.1.1';
/**
 * Columns of LLDP-MIB (IEEE 802.1AB) and CISCO-CDP-MIB: lldpRemPortId, lldpRemPortDesc, lldpRemSysName,
 * lldpRemManAddrIfSubtype, lldpLocPortId; cdpCacheAddress, cdpCacheDeviceId, cdpCacheDevicePort, cdpCachePlatform.
 */
const COLUMNS = [
  `${REMOTE}.7`,
  `${REMOTE}.8`,
  `${REMOTE}.9`,
  '1.0.8802.1.1.2.1.4.2.1.3',
  '1.0.8802.1.1.2.1.3.7.1.3',
  `${CDP}.4`,
  `${CDP}.6`,
  `${CDP}.7`,
  `${CDP}.8`,
];
const Column = {
  portId: 0,
  portDescr: 1,
  sysName: 2,
  manAddr: 3,
  localPort: 4,
  cdpAddress: 5,
  cdpDevice: 6,
  cdpPort: 7,
  cdpPlatform: 8,
} as const;
const MOST_NEIGHBOURS = 1_000;
const ROWS_PER_REQUEST = 10;

/** A neighbour while its row is put together. */
interface Row {
  localPort: string | undefined;
  name?: string | undefined;
  address?: string | undefined;
  port?: string | undefined;
  portDescr?: string | undefined;
  platform?: string | undefined;
}

/** Reads the tables of LLDP and CDP as far as a crawl needs them: who is heard, on which port, and at which address. */
export class CrawlTables implements NeighbourCollector {
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  async read(session: SnmpSession, budget: RequestBudget): Promise<HeardNeighbours> {
    const tables = new TableRows();
    const remarks: string[] = [];
    try {
      await session.walk(compileOids(COLUMNS), (cell) => tables.take(cell), {
        budget,
        signal: this.#signal,
        maxRepetitions: ROWS_PER_REQUEST,
      });
    } catch (error) {
      if (!isSnmpError(error)) throw error;
      remarks.push(`Whom it hears could not be read to the end: ${error.message}`);
    }
    return { neighbours: tables.neighbours(), remarks };
  }
}

/** The rows of both tables, put together from cells in any order. */
class TableRows {
  readonly #lldp = new Map<string, Row>();
  readonly #cdp = new Map<string, Row>();
  readonly #localPorts = new Map<string, string>();

  take(cell: Cell): void {
    const arcs = readIndexArcs(cell.buffer, cell.indexStart, cell.indexEnd);
    const { column } = cell;
    if (column === Column.localPort) {
      const text = textOf(cell);
      if (text !== undefined) this.#localPorts.set(String(arcs[0]), text);
      return;
    }
    if (column === Column.manAddr) {
      // Time mark, local port, number; then the kind of address (IANA: 1 IPv4, 2 IPv6), the number of octets, the octets.
      const row = this.#row(this.#lldp, arcs.slice(0, 3));
      const [kind, length, ...octets] = arcs.slice(3);
      if (row !== undefined && octets.length === length) row.address ??= addressOf(kind, octets);
      return;
    }
    const isCdp = column >= Column.cdpAddress;
    const row = this.#row(isCdp ? this.#cdp : this.#lldp, isCdp ? arcs.slice(0, 2) : arcs.slice(0, 3));
    if (row !== undefined) fill(row, cell);
  }

  neighbours(): FoundNeighbour[] {
    const lldp = [...this.#lldp.values()].map((row) => ({
      protocol: 'lldp' as const,
      local_port: this.#localPorts.get(row.localPort ?? '') ?? row.localPort ?? null,
      name: row.name ?? null,
      address: row.address ?? null,
      port: row.port ?? row.portDescr ?? null,
      platform: null,
    }));
    const cdp = [...this.#cdp.values()].map((row) => ({
      protocol: 'cdp' as const,
      local_port: row.localPort ?? null,
      name: row.name ?? null,
      address: row.address ?? null,
      port: row.port ?? null,
      platform: row.platform ?? null,
    }));
    return [...lldp, ...cdp];
  }

  /** LLDP's index is the time mark, the local port and a number; CDP's the ifIndex and a number. */
  #row(rows: Map<string, Row>, index: readonly number[]): Row | undefined {
    const key = index.join('.');
    const known = rows.get(key);
    if (known !== undefined) return known;
    if (rows.size >= MOST_NEIGHBOURS) return undefined;
    const made: Row = { localPort: String(rows === this.#cdp ? index[0] : index[1]) };
    rows.set(key, made);
    return made;
  }
}

function fill(row: Row, cell: Cell): void {
  switch (cell.column) {
    case Column.portId:
      row.port = textOf(cell);
      break;
    case Column.portDescr:
      row.portDescr = textOf(cell);
      break;
    case Column.sysName:
    case Column.cdpDevice:
      row.name = textOf(cell);
      break;
    case Column.cdpAddress: {
      const value = readValue(cell);
      if (Buffer.isBuffer(value)) row.address = addressOf(value.length === 4 ? 1 : 2, [...value]);
      break;
    }
    case Column.cdpPort:
      row.port = textOf(cell);
      break;
    default:
      row.platform = textOf(cell);
  }
}

function addressOf(kind: number | undefined, octets: readonly number[]): string | undefined {
  if (kind === 1 && octets.length === 4) return octets.join('.');
  if (kind !== 2 || octets.length !== 16) return undefined;
  return addressText(
    6,
    octets.reduce((number, octet) => (number << 8n) | BigInt(octet), 0n),
  );
}

/** Reads octets as text, a MAC address in hexadecimal; undefined where that is nothing. */
function textOf(cell: Cell): string | undefined {
  const value = readValue(cell);
  if (!Buffer.isBuffer(value) || value.length === 0) return undefined;
  const isText = value.every((octet) => octet >= 0x20 && octet !== 0x7f);
  if (!isText && value.length === 6)
    return [...value].map((octet) => octet.toString(16).padStart(2, '0')).join(':');
  return sanitizeText(value.toString('utf8')) || undefined;
}
