import type { AnswerReport } from './answer-report.ts';
import type { Cell } from './cell.ts';
import type { OidPlan } from './oid-plan.ts';
import type { RequestBudget } from './request-budget.ts';
import type { SnmpCounters } from './snmp-counters.ts';
import type { SnmpTable } from './snmp-table.ts';
import type { SnmpTarget } from './snmp-target.ts';
import type { SnmpVarbind } from './value-reader.ts';

/** Options of every request. */
export interface RequestOptions {
  /** Ends the request at once; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** The budget of this device in this cycle; share one over all requests of the cycle. None: a fresh default one. */
  readonly budget?: RequestBudget | undefined;
  /** Takes note of values that cannot be read and of columns that cannot be walked to their end. */
  readonly report?: AnswerReport | undefined;
}

export interface WalkOptions extends RequestOptions {
  /** Upper bound of rows per GETBULK, as Telegraf's max_repetitions; 10 by default. Ignored by SNMPv1. */
  readonly maxRepetitions?: number | undefined;
  /** Most rows of a column, 50,000 by default; the walk rejects with `limit` at the next one. */
  readonly maxRows?: number | undefined;
}

/** Called with each answered varbind in the order of arrival. It must keep neither the cell nor its buffer. */
export type CellHandler = (cell: Cell) => void;

/**
 * A device to ask. Requests of one session, and of all sessions with the same address and port, run one after the
 * other: a device never has two of our requests in flight. All methods reject with `SnmpError` or the signal's reason.
 */
export interface SnmpSession {
  readonly target: SnmpTarget;

  /**
   * Gets every OID of the plan, split over as many PDUs as needed. `onCell` is called once for each OID, `cell.column`
   * being its position; a missing one comes as noSuchObject or noSuchInstance (SNMPv1: its noSuchName as
   * noSuchInstance). A value that cannot be read costs only itself: it is noted in the report and not handed on.
   */
  get(plan: OidPlan, onCell: CellHandler, options?: RequestOptions): Promise<void>;

  /**
   * Walks all columns of the plan together (GETBULK; GETNEXT in v1 and where GETBULK is not answered), each until it
   * leaves its own subtree. Cells of one column come in the device's order, mostly that of their index; columns
   * interleave. A column that repeats itself or is refused ends there, and the walk rejects with the first such reason
   * when the others are done. What `onCell` got before a rejection is valid; `report.openColumns` tells whether any
   * column was left unfinished.
   */
  walk(plan: OidPlan, onCell: CellHandler, options?: WalkOptions): Promise<void>;

  /**
   * Walks the columns and joins the cells to rows by index. With a `table` it is cleared and filled; after a rejection
   * it holds what had come until then.
   */
  walkTable(plan: OidPlan, table: SnmpTable, options?: WalkOptions): Promise<void>;

  /** Gets values as objects, for the rare path (tests, discovery). */
  getValues(oids: readonly string[], options?: RequestOptions): Promise<SnmpVarbind[]>;

  /** Walks one subtree and returns objects, for the rare path. */
  walkValues(oid: string, options?: WalkOptions): Promise<SnmpVarbind[]>;

  /** Ends requests under way (`limit`) and forgets the device. Idempotent. */
  close(): void;
}

export interface SnmpManager {
  /**
   * Opens a session for one target. No I/O; throws RangeError for a target that can never work (port, user without
   * password).
   */
  session(target: SnmpTarget): SnmpSession;
  /** Ends all requests and closes the sockets. Idempotent. */
  close(): Promise<void>;
  readonly counters: Readonly<SnmpCounters>;
}

export interface SnmpManagerOptions {
  /** Shared UDP sockets per address family; 2 by default. */
  readonly sockets?: number | undefined;
  /** Receive buffer asked for per socket, bytes; the kernel may grant less. 4 MiB by default. */
  readonly receiveBufferBytes?: number | undefined;
  /** Requests that may wait for an answer at once, over all devices; 8,192 by default. */
  readonly maxInFlight?: number | undefined;
  /** Ceiling of varbinds asked for with one PDU; 256 by default. Adapted downwards per device by what it answers. */
  readonly maxVarbindsPerPdu?: number | undefined;
  /** Asked before each request is sent, but for repeats; false lets it wait, to be asked again within 20 ms. */
  readonly mayAsk?: (() => boolean) | undefined;
  /** Told of each datagram that is sent, repeats included. */
  readonly onSent?: ((address: string, port: number) => void) | undefined;
  /**
   * Finds the addresses of names, in the order in which to try them; by default the lookup of node:dns. Never called for
   * addresses.
   */
  readonly resolve?: ((host: string, family: 0 | 4 | 6) => Promise<readonly string[]>) | undefined;
}
