import { Cell, isExceptionTag } from './cell.ts';
import type { ColumnMark } from './column-mark.ts';
import { type Cursor, compareIndex } from './oid-codec.ts';
import { isSnmpError, type SnmpError } from './snmp-error.ts';
import type { PduView } from './snmp-message.ts';
import { VarbindReader } from './varbind-reader.ts';

const varbinds = new VarbindReader();
const cell = new Cell();

/** A place of the question, read as RFC 3416 has it: the varbinds of one column, then what lies behind it. */
class Place {
  readonly mark: ColumnMark;
  /** Index of the last varbind of the column that came at this place. */
  last: Cursor;
  isOpen = true;

  constructor(mark: ColumnMark) {
    this.mark = mark;
    this.last = { buffer: mark.buffer, indexStart: mark.indexStart, indexEnd: mark.indexEnd };
  }

  indexOf(answered: Cell): Cursor {
    const { buffer, indexStart, indexEnd } = answered;
    return { buffer, indexStart: indexStart + this.mark.oid.length, indexEnd };
  }
}

/**
 * Tells whether an answer to a GETBULK or GETNEXT comes in another order than row by row in the order asked, as RFC 3416
 * has it, so that its varbinds belong to the columns of their OIDs and not to those of their places. A column that has
 * ended shows rows of other columns at its place in any case: none of them is beyond what comes at that column's own.
 */
export function isShuffled(pdu: PduView, asked: readonly ColumnMark[]): boolean {
  const places = asked.map((mark) => new Place(mark));
  // Foreign rows whose own place comes later in the same row.
  let early: { readonly place: Place; readonly index: Cursor }[] = [];
  // Of rows in an order of their own, indexes tell nothing.
  let hasFallen = !asked.every((mark) => mark.isRising);
  let position = 0;
  varbinds.reset(pdu.buffer, pdu.listStart, pdu.listEnd, pdu.hardEnd);
  for (;;) {
    if (position === 0) {
      if (!hasFallen && early.some(({ place, index }) => compareIndex(index, place.last) > 0)) return true;
      early = [];
    }
    if (!hasNext()) return false;
    const own = places[position] as Place;
    const at = position;
    position = (position + 1) % places.length;
    if (own.isOpen && own.mark.holds(cell)) {
      const index = own.indexOf(cell);
      if (compareIndex(index, own.last) < 0) hasFallen = true;
      own.last = index;
      continue;
    }
    own.isOpen = false;
    if (isExceptionTag(cell.type) || isNowhere(cell)) continue;
    const owner = places.findIndex(({ mark }) => mark.holds(cell));
    const place = places[owner];
    if (place === undefined) continue;
    const index = place.indexOf(cell);
    if (isBelow(cell, own.mark)) return true;
    if (hasFallen) continue;
    if (owner > at && place.isOpen) early.push({ place, index });
    else if (compareIndex(index, place.last) > 0) return true;
  }
}

/**
 * True for a varbind behind the column of its place that may show that an answer is shuffled: most ends of columns are
 * beyond doubt.
 */
export function isDoubtful(
  answered: Cell,
  mark: ColumnMark,
  { asked, isFirst }: { readonly asked: readonly ColumnMark[]; readonly isFirst: boolean },
): boolean {
  if (asked.length === 1 || isNowhere(answered)) return false;
  if (isFirst || isBelow(answered, mark)) return true;
  const owner = asked.find((one) => one.holds(answered));
  if (owner === undefined) return false;
  const { buffer, indexStart, indexEnd } = answered;
  return compareIndex({ buffer, indexStart: indexStart + owner.oid.length, indexEnd }, owner) > 0;
}

function hasNext(): boolean {
  try {
    return varbinds.next(cell);
  } catch (error) {
    if (isSnmpError(error)) return false;
    throw error;
  }
}

/** True for 0.0 and an OID without an arc, by which devices say that there is nothing. */
function isNowhere({ indexStart, indexEnd }: Cell): boolean {
  return indexEnd - indexStart < 2;
}

/** True for an OID that comes before all of a column. */
function isBelow(answered: Cell, { oid }: ColumnMark): boolean {
  return compareIndex(answered, { buffer: oid, indexStart: 0, indexEnd: oid.length }) < 0;
}

/** The varbinds of an answer, however they are ordered. */
export interface AnsweredCells {
  readonly cells: readonly Cell[];
  /** Why the rest could not be read. */
  readonly damage: SnmpError | undefined;
}

/** Reads all varbinds of an answer. */
export function readCells(pdu: PduView): AnsweredCells {
  const cells: Cell[] = [];
  varbinds.reset(pdu.buffer, pdu.listStart, pdu.listEnd, pdu.hardEnd);
  try {
    while (varbinds.next(cell)) cells.push(Object.assign(new Cell(), cell));
  } catch (error) {
    if (!isSnmpError(error)) throw error;
    return { cells, damage: error };
  }
  return { cells, damage: undefined };
}

/** Picks the rows of a column that lie behind its mark, in rising order and each once. */
export function rowsBehind(mark: ColumnMark, { cells }: AnsweredCells): Cell[] {
  const rows = cells
    .filter((one) => mark.holds(one))
    .map((one) => Object.assign(new Cell(), one, { indexStart: one.indexStart + mark.oid.length }))
    .filter((one) => compareIndex(one, mark) > 0);
  rows.sort(compareIndex);
  return rows.filter((one, at) => at === 0 || compareIndex(one, rows[at - 1] as Cell) !== 0);
}
