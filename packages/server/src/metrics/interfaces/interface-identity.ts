import { randomInt } from 'node:crypto';
import { escapeName, type LineScanner } from '@stratora/lineprotocol';
import { NameHash, wordOf } from './name-hash.ts';
import type { OpenRow } from './open-row.ts';
import { MARK, SeenTable } from './seen-table.ts';
import { settleRows } from './shared-names.ts';

/** Tags of a row that it is looked at by, in the order in which the scanner watches them. */
export const INTERFACE_TAGS = ['ifIndex', 'ifName', 'ifDescr', 'ifAlias'] as const;
/** The tag that tells interfaces of one name apart. */
export const TWIN_TAG = 'ifTwin';

const MEASUREMENT = Buffer.from('interface');
/** Milliseconds between two samples of the info series of an interface that does not change. */
const INFO_EVERY_MS = 120_000;
const EMPTY = Buffer.alloc(0);
const SEED_MAX = 2 ** 31;

/** A name that several interfaces of a node have. */
export interface SharedName {
  readonly nodeId: string;
  readonly name: string;
  /** Empty where there is none. */
  readonly descr: string;
  /** Whether interfaces of this name share their description too. */
  readonly isByIndex: boolean;
}

export interface InterfaceIdentityOptions {
  /** The place of the first of `INTERFACE_TAGS` among what the scanner watches. */
  firstPlace: number;
  /** Called with a node of which an interface has got another ifIndex or ifAlias. */
  onChange?: ((nodeId: string) => void) | undefined;
}

/**
 * The identity of interfaces: which tags of a row of `interface` name it for ever, and when its info series is due.
 *
 * An interface is its node and its name: ifName, or where there is none ifDescr. What a restart or a person changes,
 * ifIndex and ifAlias, is no part of it and belongs to `interface_info`. Names that several interfaces of a node have at one
 * time are told apart by `ifTwin`: the ifDescr, or the ifIndex where that is shared as well, or where there is no name at all.
 *
 * Whether a name is shared shows only when all rows of a table are there. So a row of a name that is new or got another
 * ifIndex stays open until its body has been read to the end; all others are decided at once, by a table of what was seen.
 */
export class InterfaceIdentity {
  /** Of the row that was looked at: whether it is decided at the end of the body. */
  isOpen = false;
  /** Of the row that was looked at: whether the info series is to get a sample. */
  isInfoDue = false;
  /** Of the row that was looked at, unless it is open: what tells it apart from others of its name. */
  twin: Buffer | undefined;
  readonly #first: number;
  readonly #onChange: (nodeId: string) => void;
  readonly #seen = new SeenTable();
  readonly #seedA = randomInt(SEED_MAX);
  readonly #seedB = randomInt(SEED_MAX);
  readonly #hash = new NameHash();
  #nodeId = '';
  #nodeA = 0;
  #nodeB = 0;

  constructor({ firstPlace, onChange }: InterfaceIdentityOptions) {
    this.#first = firstPlace;
    this.#onChange = onChange ?? (() => {});
  }

  /** Number of interfaces, and of shared names, that are known. */
  get size(): number {
    return this.#seen.size;
  }

  /** Names the node of the rows that follow. */
  setNode(nodeId: string): void {
    const bytes = Buffer.from(nodeId);
    this.#hash.startAt(this.#seedA, this.#seedB);
    this.#hash.add(bytes, 0, bytes.length);
    this.#nodeId = nodeId;
    this.#nodeA = this.#hash.a;
    this.#nodeB = this.#hash.b;
  }

  /** Whether the line under the scanner is a row of an interface table. */
  isRow(source: Uint8Array, { lineStart, measurementEnd, besideStart }: LineScanner): boolean {
    if ((besideStart[this.#first] as number) < 0) return false;
    if (measurementEnd - lineStart !== MEASUREMENT.length) return false;
    for (let index = 0; index < MEASUREMENT.length; index += 1) {
      if (source[lineStart + index] !== MEASUREMENT[index]) return false;
    }
    return true;
  }

  /** Looks at the row under the scanner; what comes of it is in the fields of this object until the next one. */
  look(source: Buffer, scanner: LineScanner, timeMs: number): void {
    const { besideStart, besideEnd } = scanner;
    const place = this.#first;
    const name = namePlace(besideStart, place);
    const hash = this.#hash;
    const seen = this.#seen;
    const byIndex = name === place ? pieceOf(source, scanner, place) : undefined;
    this.twin = byIndex;
    this.isOpen = true;
    this.isInfoDue = true;
    hash.startAt(this.#nodeA, this.#nodeB);
    hash.add(source, besideStart[name] as number, besideEnd[name] as number);
    let at = seen.find(hash.a, hash.b);
    if (at < 0) return;
    const mark = seen.marks[at] as number;
    if (mark === MARK.suspect) return;
    const index = wordOf(source, besideStart[place] as number, besideEnd[place] as number);
    if (mark === MARK.shared) {
      if (timeMs > (seen.times[at] as number)) seen.times[at] = timeMs;
      at = this.#findTwin(source, scanner, { index, timeMs });
      this.twin = byIndex ?? this.twin;
      if (at < 0) return;
    } else if (seen.index[at] !== index) {
      return;
    }
    this.isOpen = false;
    const alias = wordOf(source, besideStart[place + 3] as number, besideEnd[place + 3] as number);
    this.isInfoDue = this.note(at, alias, timeMs, this.#nodeId);
  }

  /** Copies what is needed of the open row under the scanner to decide about it later. */
  open(source: Buffer, scanner: LineScanner, timeMs: number): OpenRow {
    const { besideStart, besideEnd } = scanner;
    const place = this.#first;
    const name = namePlace(besideStart, place);
    const hash = this.#hash;
    hash.startAt(this.#nodeA, this.#nodeB);
    hash.add(source, besideStart[name] as number, besideEnd[name] as number);
    const { a, b } = hash;
    this.#addDescr(source, besideStart, besideEnd);
    return {
      a,
      b,
      withDescrA: hash.a,
      withDescrB: hash.b,
      indexWord: wordOf(source, besideStart[place] as number, besideEnd[place] as number),
      aliasWord: wordOf(source, besideStart[place + 3] as number, besideEnd[place + 3] as number),
      timeMs,
      nodeId: this.#nodeId,
      isNameless: name === place,
      index: pieceOf(source, scanner, place) ?? EMPTY,
      descr: pieceOf(source, scanner, place + 2),
      twin: undefined,
    };
  }

  /** Takes a name for shared that was so before: what another server found, or this one before its start. */
  remember({ nodeId, name, descr, isByIndex }: SharedName, nowMs: number): void {
    const seen = this.#seen;
    const hash = this.#hash;
    const current = this.#nodeId;
    this.setNode(nodeId);
    hash.startAt(this.#nodeA, this.#nodeB);
    const mark = (text: string, value: number) => {
      const bytes = Buffer.from(escapeName(text));
      hash.add(bytes, 0, bytes.length);
      const at = seen.place(hash.a, hash.b, nowMs);
      seen.marks[at] = value;
      seen.times[at] = Math.max(nowMs, seen.times[at] as number);
    };
    mark(name, MARK.shared);
    if (isByIndex) mark(descr, MARK.byIndex);
    this.setNode(current);
  }

  /** Decides about the open rows of a body: sets `twin` of those that share their name. */
  settle(rows: readonly OpenRow[], nowMs: number): void {
    settleRows(rows, {
      seen: this.#seen,
      nowMs,
      note: (...of) => this.note(...of),
      onChange: this.#onChange,
    });
  }

  /**
   * Notes a row of an entry.
   * @returns whether the info series is to get a sample
   */
  note(at: number, alias: number, timeMs: number, nodeId: string): boolean {
    const seen = this.#seen;
    const before = seen.times[at] as number;
    let isDue = seen.alias[at] !== alias;
    if (timeMs > before) {
      seen.times[at] = timeMs;
      if (isDue) {
        seen.alias[at] = alias;
        if (before !== Number.NEGATIVE_INFINITY) this.#onChange(nodeId);
      }
    }
    isDue ||= Math.abs(timeMs - (seen.infoAt[at] as number)) >= INFO_EVERY_MS;
    if (isDue) seen.infoAt[at] = timeMs;
    return isDue;
  }

  /** Finds the entry of an interface whose name is shared, and sets `twin`; -1 when it has to stay open. */
  #findTwin(
    source: Buffer,
    scanner: LineScanner,
    { index, timeMs }: { index: number; timeMs: number },
  ): number {
    const { besideStart, besideEnd } = scanner;
    const place = this.#first;
    const seen = this.#seen;
    this.#addDescr(source, besideStart, besideEnd);
    const at = seen.find(this.#hash.a, this.#hash.b);
    if (at < 0) return -1;
    const isByIndex = seen.marks[at] === MARK.byIndex;
    if (!isByIndex && seen.index[at] !== index) return -1;
    if (isByIndex && timeMs > (seen.times[at] as number)) seen.times[at] = timeMs;
    this.twin = pieceOf(source, scanner, isByIndex ? place : place + 2);
    if (!isByIndex) return at;
    this.#hash.add(source, besideStart[place] as number, besideEnd[place] as number);
    return seen.find(this.#hash.a, this.#hash.b);
  }

  #addDescr(source: Buffer, besideStart: Int32Array, besideEnd: Int32Array): void {
    const descr = this.#first + 2;
    const start = besideStart[descr] as number;
    this.#hash.add(source, start, start < 0 ? start : (besideEnd[descr] as number));
  }
}

/** A copy of the value of a watched tag, as the line has it; undefined where it has none. */
function pieceOf(source: Buffer, { besideStart, besideEnd }: LineScanner, place: number): Buffer | undefined {
  const start = besideStart[place] as number;
  return start < 0 ? undefined : Buffer.from(source.subarray(start, besideEnd[place]));
}

/** The place of the tag that names an interface. */
function namePlace(besideStart: Int32Array, first: number): number {
  if ((besideStart[first + 1] as number) >= 0) return first + 1;
  return (besideStart[first + 2] as number) >= 0 ? first + 2 : first;
}
