import type { AddressConflict } from '@stratora/contract';
import type {
  CollectorPlace,
  InputCollector,
  InputNode,
  ManualLink,
  PreviousTopology,
} from '@stratora/topology';
import type { KeptReport } from '../reports/report-queries.ts';
import type { StoredPlace } from './place-book.ts';
import type { EventDraft } from './topology-events.ts';

/** What the database has of the last derivation; a worker that begins, or may know something else, starts from it. */
export interface DerivationStart {
  /** When it was, in milliseconds since 1970; null: never. */
  readonly derivedAtMs: number | null;
  readonly previous: PreviousTopology;
  readonly places: readonly StoredPlace[];
  readonly conflicts: readonly AddressConflict[];
  readonly notes: readonly WrittenNote[];
}

/** One derivation, as the worker is told to do it. */
export interface DerivationOrder {
  readonly nowMs: number;
  /** Undefined where the worker knows it: what it gave last was written. */
  readonly start: DerivationStart | undefined;
  readonly nodes: readonly Omit<InputNode, 'system' | 'tables'>[];
  readonly collectors: readonly InputCollector[];
  readonly manualLinks: readonly ManualLink[];
  /** Reports that are new to the worker; all of them with a `start`. */
  readonly reports: readonly KeptReport[];
}

/** A row of `derived_links` before it is written. */
export interface WrittenLink {
  readonly id: string;
  readonly a_node_id: string | null;
  readonly a_device_id: string | null;
  readonly b_node_id: string | null;
  readonly b_device_id: string | null;
  readonly manual_link_id: string | null;
  readonly state: string;
  readonly body: unknown;
}

/** A row of `topology_devices` before it is written. */
export interface WrittenDevice {
  readonly id: string;
  readonly kind: 'neighbour' | 'unmanaged_switch';
  readonly site_id: string;
  readonly name: string;
  readonly body: unknown;
}

/** A row of `topology_nodes` before it is written. */
export interface WrittenNote {
  /** Of the node. */
  readonly id: string;
  readonly reasons: readonly string[];
  readonly guests: number;
}

/** What has to be written so that the database has a derivation. Lists of many rows are JSON arrays, in parts. */
export interface DerivationChange {
  readonly links: readonly string[];
  /** `words` say why, in a sentence without a full stop; null where nothing is said. */
  readonly goneLinks: readonly { readonly id: string; readonly words: string | null }[];
  readonly devices: readonly string[];
  readonly goneDevices: readonly string[];
  readonly notes: readonly string[];
  readonly goneNotes: readonly string[];
  readonly places: {
    readonly written: readonly string[];
    readonly unseen: readonly string[];
    readonly left: readonly string[];
  };
  readonly collectorPlaces: readonly CollectorPlace[];
  readonly conflicts: readonly AddressConflict[];
  readonly events: readonly EventDraft[];
  /** Sites whose links, devices or notes are other than before. */
  readonly changedSites: readonly string[];
  /** Nodes that rows which are written refer to. */
  readonly nodeIds: readonly string[];
  /** Rows that there are then. */
  readonly rows: DerivedRows;
  readonly tookMs: number;
}

/** Numbers of rows of a derivation: of links, of devices and of current places. */
export interface DerivedRows {
  readonly links: number;
  readonly devices: number;
  readonly places: number;
}
