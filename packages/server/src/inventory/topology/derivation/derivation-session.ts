import type { AddressConflict } from '@stratora/contract';
import {
  type DerivedLink,
  type DerivedTopology,
  type DeviceRef,
  deriveTopology,
  type InferredSwitch,
  type PreviousTopology,
  type UnknownNeighbour,
} from '@stratora/topology';
import type { KeptReport } from '../reports/report-queries.ts';
import { addressConflicts } from './address-conflicts.ts';
import { derivationInput } from './derivation-input.ts';
import type {
  DerivationChange,
  DerivationOrder,
  DerivationStart,
  WrittenDevice,
  WrittenLink,
  WrittenNote,
} from './derivation-order.ts';
import { namesOf } from './device-words.ts';
import { PlaceBook } from './place-book.ts';
import { RowBook } from './row-book.ts';
import { topologyEvents } from './topology-events.ts';

/** Rows that are written by one statement. */
const ROWS_AT_ONCE = 2000;

/**
 * The derivations of one worker, one after the other. It remembers what it gave, so that the next one tells differences
 * alone. After a derivation whose result could not be written it has to be started anew, from what the database has.
 */
export class DerivationSession {
  readonly #reports = new Map<string, KeptReport>();
  #previous: PreviousTopology = { links: [], neighbours: [], inferred: [] };
  #conflicts: readonly AddressConflict[] = [];
  #places = new PlaceBook([], 0);
  #links = new RowBook([]);
  #devices = new RowBook([]);
  #notes = new RowBook([]);
  #isFirst = true;

  /** @throws when it was never started */
  derive(order: DerivationOrder): DerivationChange {
    const begun = performance.now();
    if (order.start) this.#begin(order.start);
    this.#takeReports(order);
    const previous = this.#previous;
    const derived = deriveTopology(derivationInput(order, this.#reports, previous));
    const siteOf = new Map(order.nodes.map(({ nodeId, siteId }) => [nodeId, siteId]));
    const all = [derived, previous];
    const nameOf = namesOf({
      nodes: order.nodes,
      neighbours: all.toReversed().flatMap(({ neighbours }) => neighbours),
      inferred: all.flatMap(({ inferred }) => inferred),
    });
    const at = new Date(order.nowMs).toISOString();
    const rows = this.#rowsOf(derived, siteOf);
    const conflicts = addressConflicts(derived, this.#conflicts, { nameOf, nowMs: order.nowMs });
    const places = this.#places.take(derived.where, nameOf, order.nowMs);
    const change: DerivationChange = {
      ...rows,
      places: {
        written: inParts(places.written),
        unseen: inParts(places.unseen),
        left: inParts(places.left),
      },
      collectorPlaces: derived.places,
      conflicts,
      events: this.#isFirst
        ? []
        : topologyEvents({ ...derived, previous, nameOf, siteOf: (id) => siteOf.get(id), at }),
      rows: { links: this.#links.size, devices: this.#devices.size, places: this.#places.size },
      nodeIds: [...new Set([...rows.nodeIds, ...places.written.map(({ node }) => node)])],
      tookMs: performance.now() - begun,
    };
    const { links, neighbours, inferred } = derived;
    this.#previous = { links, neighbours, inferred };
    this.#conflicts = conflicts;
    this.#isFirst = false;
    return change;
  }

  #begin({ derivedAtMs, previous, places, conflicts, notes }: DerivationStart): void {
    this.#reports.clear();
    this.#previous = previous;
    this.#conflicts = conflicts;
    this.#places = new PlaceBook(places, derivedAtMs ?? 0);
    this.#links = new RowBook(previous.links.map((link) => [link.id, JSON.stringify(linkRow(link))]));
    const devices = [...previous.neighbours.map(neighbourRow), ...previous.inferred.map(inferredRow)];
    this.#devices = new RowBook(devices.map((row) => [row.id, JSON.stringify(row)]));
    this.#notes = new RowBook(notes.map((note) => [note.id, JSON.stringify(note)]));
    this.#isFirst = derivedAtMs === null;
  }

  #takeReports({ reports, nodes }: DerivationOrder): void {
    for (const report of reports) this.#reports.set(report.nodeId, report);
    const there = new Set(nodes.map(({ nodeId }) => nodeId));
    for (const id of this.#reports.keys()) if (!there.has(id)) this.#reports.delete(id);
  }

  /** Finds which rows of links, devices and notes differ from those that were given before. */
  #rowsOf(derived: DerivedTopology, siteOf: ReadonlyMap<string, string>) {
    const devices = this.#devices.take([
      ...derived.neighbours.map(neighbourRow),
      ...derived.inferred.map(inferredRow),
    ]);
    // What people alone know stands in a table of its own.
    const known = derived.links.filter(({ sources }) => sources.some((source) => source !== 'manual'));
    const links = this.#links.take(known.map(linkRow));
    const notes = this.#notes.take(nodeNotes(derived));
    const nodes = [
      ...links.changed.flatMap(({ a_node_id: a, b_node_id: b }) => [a, b]),
      ...notes.changed.map(({ id }) => id),
    ];
    const hasLess = links.gone.length > 0 || devices.gone.length > 0;
    const sites = new Set([
      ...nodes.flatMap((id) => (id === null ? [] : (siteOf.get(id) ?? []))),
      ...devices.changed.map(({ site_id: site }) => site),
      ...(hasLess ? siteOf.values() : []),
    ]);
    const reasons = new Map(derived.gone.map((gone) => [gone.id, gone]));
    return {
      links: inParts(links.changed),
      goneLinks: links.gone.map((id) => ({ id, words: reasons.get(id)?.words ?? null })),
      devices: inParts(devices.changed),
      goneDevices: devices.gone,
      notes: inParts(notes.changed),
      goneNotes: notes.gone,
      changedSites: [...sites],
      nodeIds: nodes.filter((id) => id !== null),
    };
  }
}

function linkRow(link: DerivedLink): WrittenLink {
  const idOf = ({ kind, id }: DeviceRef, isNode: boolean) => ((kind === 'node') === isNode ? id : null);
  return {
    id: link.id,
    a_node_id: idOf(link.a.device, true),
    a_device_id: idOf(link.a.device, false),
    b_node_id: idOf(link.b.device, true),
    b_device_id: idOf(link.b.device, false),
    manual_link_id: link.manualLinkId,
    state: link.state,
    body: link,
  };
}

function neighbourRow(device: UnknownNeighbour): WrittenDevice {
  const { id, siteId: site_id, name } = device;
  return { id, kind: 'neighbour', site_id, name, body: device };
}

function inferredRow(device: InferredSwitch): WrittenDevice {
  const { id, siteId: site_id } = device;
  return { id, kind: 'unmanaged_switch', site_id, name: device.words, body: device };
}

/** What is noted of nodes that have anything to note. */
function nodeNotes({ reasons, guestHosts }: DerivedTopology): WrittenNote[] {
  const notes = new Map<string, { id: string; reasons: string[]; guests: number }>();
  const noteOf = (id: string) => {
    const note = notes.get(id) ?? { id, reasons: [] as string[], guests: 0 };
    notes.set(id, note);
    return note;
  };
  for (const { nodeId, words } of reasons) noteOf(nodeId).reasons.push(words);
  for (const { host, guests } of guestHosts) {
    if (host?.kind === 'node') noteOf(host.id).guests += guests.length;
  }
  return [...notes.values()];
}

/** Writes rows as JSON arrays of a size that one statement takes. */
function inParts(rows: readonly unknown[]): string[] {
  const parts: string[] = [];
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    parts.push(JSON.stringify(rows.slice(start, start + ROWS_AT_ONCE)));
  }
  return parts;
}
