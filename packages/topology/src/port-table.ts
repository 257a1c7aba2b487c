import type { NeighbourRows } from '@stratora/contract';
import { isDeviceMac } from './mac-address.ts';
import { portForms } from './port-name.ts';
import { compareContent } from './stable-id.ts';
import type { InterfaceRef } from './topology-model.ts';

export type InterfaceRow = NeighbourRows['interfaces'][number];
export type AggregateRow = NeighbourRows['aggregates'][number];

/** A port of a device: one object for each, so that two are the same port when they are the same object. */
export interface Port {
  readonly ref: InterfaceRef;
  /** The row of `interfaces`; undefined where nothing but a text or a number of another table is known. */
  readonly row: InterfaceRow | undefined;
  /** The aggregate that it is a member of. */
  aggregate: Port | undefined;
  /** The members, where it is an aggregate. */
  members: readonly Port[];
}

const NO_PORTS: readonly Port[] = [];

const UP = 1;
const DOWN = new Set([2, 6, 7]);
const ETHERNET_TYPES = new Set([6, 7, 62, 69, 71, 117]);
const AGGREGATE_TYPE = 161;

/** The ports of one device. Rows with the same ifIndex are one port; the first in the order of their texts counts. */
export class PortTable {
  readonly #byKey = new Map<string, Port>();
  readonly #byIndex = new Map<number, Port>();
  readonly #all: Port[] = [];
  #names: Map<string, Port | null> | undefined;
  #descriptions: Map<string, Port | null> | undefined;
  #aliases: Map<string, Port | null> | undefined;
  #macs: Map<string, Port[]> | undefined;

  constructor(interfaces: readonly InterfaceRow[], aggregates: readonly AggregateRow[]) {
    const rows = interfaces.toSorted((a, b) => a.if_index - b.if_index || compareContent(a, b));
    const keyOf = interfaceKeys(rows);
    for (const row of rows) if (!this.#byIndex.has(row.if_index)) this.#addRow(row, keyOf(row));
    this.#foldUnits();
    this.#join(aggregates);
  }

  /** Whether the device told of any interface. */
  get isKnown(): boolean {
    return this.#all.length > 0;
  }

  get all(): readonly Port[] {
    return this.#all;
  }

  /** Finds the port with an ifIndex; that of a unit (`ge-0/0/1.0`) is its port. */
  findByIndex(ifIndex: number): Port | undefined {
    return this.#byIndex.get(ifIndex);
  }

  findByKey(key: string): Port | undefined {
    return this.#byKey.get(key);
  }

  /** Finds the one port that a text names: by ifName, then by ifDescr, then by ifAlias. */
  findNamed(text: string): Port | undefined {
    const exact = this.#byKey.get(text)?.row;
    // Most devices call a port by its very name, which needs no forms of it.
    if (exact !== undefined && exact.name === text) return this.#byIndex.get(exact.if_index);
    const forms = portForms(text);
    const names = (this.#names ??= this.#index((row) => portForms(row.name ?? '')));
    const byName = firstOf(names, forms);
    if (byName !== undefined) return byName;
    const descriptions = (this.#descriptions ??= this.#index((row) => portForms(row.description ?? '')));
    return firstOf(descriptions, forms) ?? this.findByAlias(text);
  }

  /** Finds the one port with a description that somebody gave it. */
  findByAlias(text: string): Port | undefined {
    this.#aliases ??= this.#index((row) => (row.alias === null ? [] : [plain(row.alias)]));
    return this.#aliases.get(plain(text)) ?? undefined;
  }

  /** Finds the port with a MAC address; where several have it, the one that `hint` names too. */
  findByMac(mac: string, hint: string | null): Port | undefined {
    if (!isDeviceMac(mac)) return undefined;
    this.#macs ??= this.#indexMacs();
    const found = this.#macs.get(mac) ?? [];
    if (found.length < 2) return found[0];
    const named = hint === null ? undefined : this.findNamed(hint);
    if (named !== undefined && found.includes(named)) return named;
    const physical = found.filter((port) => isEthernet(port));
    return physical.length === 1 ? physical[0] : undefined;
  }

  /** Returns the port that only a text or a number of another table tells of. Two tables with one text mean one port. */
  obtain(key: string, name: string | null): Port {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const port: Port = {
      ref: { key, name, alias: null, ifIndex: null },
      row: undefined,
      aggregate: undefined,
      members: NO_PORTS,
    };
    this.#byKey.set(key, port);
    return port;
  }

  #addRow(row: InterfaceRow, key: string): void {
    const ref = { key, name: nameOf(row), alias: usable(row.alias), ifIndex: row.if_index };
    const port: Port = { ref, row, aggregate: undefined, members: NO_PORTS };
    this.#byIndex.set(row.if_index, port);
    this.#byKey.set(key, port);
    this.#all.push(port);
  }

  /** A unit of a port (`ge-0/0/1.0`, `eth0.20`) is plugged in where its port is. */
  #foldUnits(): void {
    for (const [ifIndex, port] of this.#byIndex) {
      const parent = /^(.*[a-z].*\d)\.\d+$/i.exec(port.row?.name ?? port.row?.description ?? '')?.[1];
      const carrier = parent === undefined ? undefined : this.#byKey.get(parent);
      if (carrier !== undefined && carrier !== port) this.#byIndex.set(ifIndex, carrier);
    }
  }

  #join(aggregates: readonly AggregateRow[]): void {
    const rows = aggregates.toSorted(
      (a, b) => a.member_if_index - b.member_if_index || a.aggregate_if_index - b.aggregate_if_index,
    );
    for (const row of rows) {
      const member = this.#byIndex.get(row.member_if_index);
      const aggregate = this.#byIndex.get(row.aggregate_if_index);
      if (member === undefined || aggregate === undefined || member === aggregate) continue;
      // ifStackTable stacks VLANs and tunnels as well: what is below an aggregate is a port.
      if (member.aggregate !== undefined || aggregate.aggregate !== undefined || member.members.length > 0)
        continue;
      if (!isAggregate(aggregate)) continue;
      member.aggregate = aggregate;
      aggregate.members = [...aggregate.members, member];
    }
  }

  /** Where two ports have one text, an Ethernet port goes before what is stacked on it; of two alike, neither has it. */
  #index(read: (row: InterfaceRow) => readonly string[]): Map<string, Port | null> {
    const found = new Map<string, Port | null>();
    for (const { row } of this.#all) {
      if (row === undefined) continue;
      const port = this.#byIndex.get(row.if_index) as Port;
      for (const form of read(row)) {
        const other = found.get(form);
        if (other === undefined) found.set(form, port);
        else if (other !== null && other !== port) found.set(form, chosen(other, port));
      }
    }
    return found;
  }

  #indexMacs(): Map<string, Port[]> {
    const macs = new Map<string, Port[]>();
    for (const port of new Set(this.#byIndex.values())) {
      const mac = port.row?.mac_address;
      if (mac === undefined || mac === null) continue;
      const known = macs.get(mac);
      if (known) known.push(port);
      else macs.set(mac, [port]);
    }
    return macs;
  }
}

/** Tells whether a port can carry nothing now; undefined where nothing tells. */
export function isDown({ row }: Port): boolean | undefined {
  if (row?.admin_status === DOWN_BY_HAND) return true;
  if (row?.oper_status === UP) return false;
  return row?.oper_status != null && DOWN.has(row.oper_status) ? true : undefined;
}
const DOWN_BY_HAND = 2;

/** Tells whether somebody switched a port off. */
export function isSwitchedOff({ row }: Port): boolean {
  return row?.admin_status === DOWN_BY_HAND;
}

/** Speed of a port in bits per second; null where nothing tells. */
export function speedOf(port: Port | undefined): number | null {
  const speed = port?.row?.speed_bps ?? null;
  return speed === 0 ? null : speed;
}

/** Tells whether two ports are one, or one is the aggregate of the other. */
export function isSamePort(a: Port, b: Port): boolean {
  return a === b || a.aggregate === b || b.aggregate === a;
}

/** The aggregate of a port, or itself. */
export function trunkOf(port: Port): Port {
  return port.aggregate ?? port;
}

/** Tells whether a port is one that a cable is plugged into. */
export function isEthernet({ row }: Port): boolean {
  return row?.type != null && ETHERNET_TYPES.has(row.type);
}

function isAggregate({ row, ref }: Port): boolean {
  if (row?.type === AGGREGATE_TYPE) return true;
  return /^(?:po|port-?channel|ae|bond|lag|trk|trunk|eth-trunk|bagg|bridge-agg|be|bundle)/i.test(
    ref.name ?? '',
  );
}

function chosen(a: Port, b: Port): Port | null {
  if (isEthernet(a) === isEthernet(b)) return null;
  return isEthernet(a) ? a : b;
}

function firstOf(map: ReadonlyMap<string, Port | null>, forms: readonly string[]): Port | undefined {
  for (const form of forms) {
    const port = map.get(form);
    if (port) return port;
  }
  return undefined;
}

/** An interface is its name; twins are told apart by their description, or where they share that too by their ifIndex. */
function interfaceKeys(rows: readonly InterfaceRow[]): (row: InterfaceRow) => string {
  const names = new Map<string, InterfaceRow[]>();
  for (const row of rows) {
    const name = nameOf(row) ?? '';
    const known = names.get(name);
    if (known) known.push(row);
    else names.set(name, [row]);
  }
  return (row) => {
    const name = nameOf(row);
    if (name === null) return `#${row.if_index}`;
    const twins = names.get(name) ?? [];
    if (twins.length < 2) return name;
    const isOwn = twins.filter(({ description }) => description === row.description).length === 1;
    return row.description !== null && isOwn ? `${name}|${row.description}` : `${name}|#${row.if_index}`;
  };
}

function nameOf(row: InterfaceRow): string | null {
  return usable(row.name) ?? usable(row.description);
}

function usable(text: string | null): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}
