import type { WhereEntry } from '@stratora/topology';
import { interfaceName, type NameOf } from './device-words.ts';

/** A current place as the database has it. */
export interface StoredPlace {
  readonly mac: string;
  readonly node: string;
  /** Key of the interface; empty where none is known. */
  readonly port: string;
  /** 0: none. */
  readonly vlan: number;
  /** What else is kept of it, in the form of `extrasOf`. */
  readonly extras: string;
  /** When it was last seen, in milliseconds since 1970; null where it was seen at the last reading. */
  readonly unseenSince: number | null;
  readonly firstSeen: number;
}

/** A place that is new, or of which something is other than before. */
export interface WrittenPlace {
  readonly mac: string;
  readonly node: string;
  readonly port: string;
  readonly vlan: number;
  readonly interface: string | null;
  readonly ips: readonly string[];
  readonly edge: boolean;
  readonly behind: string | null;
  readonly owner: string | null;
  readonly seen: string;
}

type PlaceId = Pick<WrittenPlace, 'mac' | 'node' | 'port' | 'vlan'>;

/** What has to be written so that the database has the places of a derivation. */
export interface PlaceChanges {
  /** Places that are new, changed, or seen again. */
  readonly written: readonly WrittenPlace[];
  /** Places at which the address was not seen this time, and nowhere else either. */
  readonly unseen: readonly (PlaceId & { readonly seen: string })[];
  /** Places that the address has left. */
  readonly left: readonly (PlaceId & { readonly seen: string })[];
}

interface KnownPlace extends PlaceId {
  extras: string;
  lastSeen: number;
  isSeen: boolean;
}

/** Milliseconds after which an address that nobody sees is at no place any more. */
/** Most places that are remembered; beyond them those go that are seen no more. */
const PLACES_MAX = 500_000;
const FORGET_MS = 14 * 24 * 3600 * 1000;

/**
 * The current places of addresses, as they were last written. Switches forget an address that is silent for minutes, so one that is
 * seen nowhere stays where it was, until it is seen elsewhere or was not seen for 14 days. Nothing is written for an address that is
 * where it was.
 */
export class PlaceBook {
  readonly #known = new Map<string, KnownPlace>();

  /** @param seenAt when those that were seen at the last reading were seen, in milliseconds since 1970 */
  constructor(stored: readonly StoredPlace[], seenAt: number) {
    for (const { mac, node, port, vlan, extras, unseenSince, firstSeen } of stored) {
      const lastSeen = unseenSince ?? Math.max(seenAt, firstSeen);
      this.#known.set(keyOf({ mac, node, port, vlan }), {
        mac,
        node,
        port,
        vlan,
        extras,
        lastSeen,
        isSeen: unseenSince === null,
      });
    }
  }

  get size(): number {
    return this.#known.size;
  }

  /** Takes the places of a derivation. @returns what differs from what was taken before */
  take(entries: readonly WhereEntry[], nameOf: NameOf, nowMs: number): PlaceChanges {
    const seen = new Set<string>();
    /** Addresses that are seen, with whether any of their places is an edge. */
    const seenMacs = new Set<string>();
    const written: WrittenPlace[] = [];
    for (const entry of entries) {
      const place = placeOf(entry, nameOf);
      const key = keyOf(place);
      seenMacs.add(place.mac);
      if (seen.has(key)) continue;
      seen.add(key);
      const extras = extrasOf(place);
      const known = this.#known.get(key);
      if (known?.extras !== extras || !known.isSeen) written.push(place);
      if (known) Object.assign(known, { extras, lastSeen: entry.atMs, isSeen: true });
      else {
        const { mac, node, port, vlan } = place;
        this.#known.set(key, { mac, node, port, vlan, extras, lastSeen: entry.atMs, isSeen: true });
      }
    }
    return { written, ...this.#missing(seen, seenMacs, nowMs) };
  }

  #missing(seen: ReadonlySet<string>, seenMacs: ReadonlySet<string>, nowMs: number) {
    const unseen: PlaceChanges['unseen'][number][] = [];
    const left: PlaceChanges['left'][number][] = [];
    let over = this.#known.size - PLACES_MAX;
    for (const [key, known] of this.#known) {
      if (seen.has(key)) continue;
      const { mac, node, port, vlan, lastSeen } = known;
      const place = { mac, node, port, vlan, seen: new Date(lastSeen).toISOString() };
      if (seenMacs.has(mac) || nowMs - lastSeen > FORGET_MS || over > 0) {
        over -= 1;
        left.push(place);
        this.#known.delete(key);
      } else if (known.isSeen) {
        unseen.push(place);
        known.isSeen = false;
      }
    }
    return { unseen, left };
  }
}

function placeOf(entry: WhereEntry, nameOf: NameOf): WrittenPlace {
  const { macAddress: mac, nodeId: node, interface: port, vlan, behind } = entry;
  return {
    mac,
    node,
    port: port?.key ?? '',
    vlan: vlan !== null && vlan > 0 && vlan <= 4095 ? vlan : 0,
    interface: interfaceName(port),
    ips: entry.ipAddresses.toSorted(),
    edge: entry.isEdge,
    behind: behind === null ? null : (nameOf(behind) ?? null),
    owner: entry.ownerNodeId,
    seen: new Date(entry.atMs).toISOString(),
  };
}

function keyOf({ mac, node, port, vlan }: PlaceId): string {
  return `${mac} ${node} ${vlan} ${port}`;
}

/** What is kept of a place beside its identity and its times, in one text; the statement that reads places writes the same. */
export function extrasOf({ ips, edge, behind, owner, interface: port }: Omit<WrittenPlace, 'seen'>): string {
  return [ips.join(','), edge ? 't' : 'f', behind ?? '', owner ?? '', port ?? ''].join('|');
}
