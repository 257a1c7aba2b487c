import { damaged, isOidWellFormed, VarbindReader } from './ber-reader.ts';
import type { BerWriter } from './ber-writer.ts';
import { Cell, isExceptionTag } from './cell.ts';
import { ErrorStatus, errorOfStatus } from './error-status.ts';
import type { WorkContext } from './get-work.ts';
import { compareIndex, isIndexWellFormed, MAX_OID_ARCS } from './oid-codec.ts';
import { MAX_REQUEST_BYTES } from './pdu-sizing.ts';
import type { RequestWork } from './request-work.ts';
import { SnmpError } from './snmp-error.ts';
import { PduType, type PduView } from './snmp-message.ts';

const varbinds = new VarbindReader();
const cell = new Cell();
const EMPTY = Buffer.alloc(0);

/** The position that one column of a walk has come to. */
class ColumnMark {
  readonly oid: Buffer;
  readonly column: number;
  buffer: Buffer = EMPTY;
  indexStart = 0;
  indexEnd = 0;
  rows = 0;
  private own: Buffer = EMPTY;

  constructor(oid: Buffer, column: number) {
    this.oid = oid;
    this.column = column;
  }

  /** Copies its index out of the datagram, which is given back. */
  settle(): void {
    const length = this.indexEnd - this.indexStart;
    if (this.own.length < length) this.own = Buffer.allocUnsafe(length + 16);
    for (let i = 0; i < length; i++) this.own[i] = this.buffer[this.indexStart + i] ?? 0;
    this.buffer = this.own;
    this.indexStart = 0;
    this.indexEnd = length;
  }
}

export interface WalkShape {
  readonly maxRepetitions: number;
  /** True for GETNEXT instead of GETBULK. */
  readonly isVersion1: boolean;
  /** Rows of the last walk of these columns, 0 when not known: keeps from asking for rows beyond the end. */
  readonly expectedRows: number;
}

/**
 * Walks columns side by side. Every column has a mark of its own, so a reply that was cut anywhere, and a column with
 * holes, only means that the next PDU continues from other marks: nothing is lost and nothing comes twice.
 */
export class WalkWork implements RequestWork {
  /** Most rows of a column so far: the expectation of the next walk. */
  rows = 0;
  private readonly context: WorkContext;
  private readonly shape: WalkShape;
  /** Columns that have not reached their end. */
  private open: ColumnMark[];
  /** Columns of the last PDU written, in its order. */
  private asked: ColumnMark[] = [];
  private repetitions = 1;
  private isUneven = false;

  constructor(context: WorkContext, shape: WalkShape) {
    this.context = context;
    this.shape = shape;
    this.open = context.plan.encoded.map((oid, column) => new ColumnMark(oid, column));
  }

  write(writer: BerWriter, requestId: number): void {
    this.choose();
    const { asked } = this;
    const mark = writer.size;
    for (let i = asked.length - 1; i >= 0; i--) {
      const column = asked[i];
      if (column === undefined) continue;
      const end = writer.size;
      writer.header(0x05, 0);
      const value = writer.size;
      writer.range(column.buffer, column.indexStart, column.indexEnd);
      writer.bytes(column.oid);
      writer.wrap(0x06, value);
      writer.wrap(0x30, end);
    }
    writer.wrap(0x30, mark);
    writer.integer(this.shape.isVersion1 ? 0 : this.repetitions);
    writer.integer(0);
    writer.integer(requestId);
    writer.wrap(this.shape.isVersion1 ? PduType.getNext : PduType.getBulk, mark);
  }

  accept(pdu: PduView, datagramBytes: number): boolean {
    if (pdu.errorStatus !== ErrorStatus.noError) this.onErrorStatus(pdu);
    else this.onRows(pdu, datagramBytes);
    return this.open.length === 0;
  }

  onSilence(): boolean {
    // A path that drops fragments lets small answers through, so the repeat asks for less than one frame.
    const varbindsAsked = this.asked.length * this.repetitions;
    return varbindsAsked > 32 && this.context.sizing.onTooMuch(Math.min(varbindsAsked, 80));
  }

  expectedBytes(): number {
    return 60 + Math.ceil(this.asked.length * this.repetitions * this.context.sizing.octetsPerVarbind);
  }

  /** Picks columns and repetitions of the next PDU: those furthest behind first, all when they are in step. */
  private choose(): void {
    const { sizing } = this.context;
    const { maxRepetitions, isVersion1, expectedRows } = this.shape;
    if (this.isUneven) this.open.sort((a, b) => a.rows - b.rows || a.column - b.column);
    let count = 0;
    for (let bytes = 0; count < this.open.length && count < sizing.varbinds; count++) {
      const column = this.open[count];
      bytes +=
        (column?.oid.length ?? 0) + (column === undefined ? 0 : column.indexEnd - column.indexStart) + 8;
      if (bytes > MAX_REQUEST_BYTES && count > 0) break;
    }
    this.asked = count === this.open.length ? this.open : this.open.slice(0, count);
    this.repetitions = 1;
    if (isVersion1) return;
    const done = this.open[0]?.rows ?? 0;
    const left = expectedRows >= done && expectedRows > 0 ? expectedRows - done + 1 : maxRepetitions;
    this.repetitions = Math.max(1, Math.min(maxRepetitions, left, Math.floor(sizing.varbinds / count)));
  }

  private onRows(pdu: PduView, datagramBytes: number): void {
    const { asked } = this;
    const { budget, counters, sizing } = this.context;
    const width = asked.length;
    const most = width * this.repetitions;
    let count = 0;
    let ended = 0;
    varbinds.reset(pdu.buffer, pdu.listStart, pdu.listEnd);
    for (let position = 0; count < most && varbinds.next(cell); count++) {
      budget.takeVarbind();
      const mark = asked[position];
      if (mark !== undefined && mark.rows >= 0 && !this.onVarbind(mark)) {
        if (mark.rows > this.rows) this.rows = mark.rows;
        mark.rows = -1;
        ended++;
      }
      if (++position === width) position = 0;
    }
    counters.varbinds += count;
    if (count === 0) throw new SnmpError('bad_answer', 'The device sent an answer without any value.');
    if (ended > 0) this.open = this.open.filter((mark) => mark.rows >= 0);
    for (const mark of this.open) if (mark.buffer === pdu.buffer) mark.settle();
    if (count === most || this.open.length === 0) {
      sizing.onWholeAnswer(count, datagramBytes);
    } else {
      counters.cutReplies++;
      sizing.onCutAnswer(count);
    }
    // In step means that all open columns were asked and got the same number of rows.
    this.isUneven = count % width !== 0 || width !== this.open.length + ended || ended > 0;
  }

  /** Takes a varbind of a column; false when the column has left its subtree, which ends it. */
  private onVarbind(mark: ColumnMark): boolean {
    const { oid } = mark;
    const { buffer, indexStart, indexEnd } = cell;
    if (isExceptionTag(cell.type)) return false;
    if (indexEnd - indexStart < oid.length) return false;
    for (let i = oid.length - 1; i >= 0; i--) if (buffer[indexStart + i] !== oid[i]) return false;
    const start = indexStart + oid.length;
    const isLong = indexEnd - indexStart >= MAX_OID_ARCS - 1;
    if (
      isLong ? !isOidWellFormed(buffer, indexStart, indexEnd) : !isIndexWellFormed(buffer, start, indexEnd)
    ) {
      throw damaged('an object identifier is not well formed');
    }
    cell.indexStart = start;
    // The asked OID itself is no successor either: its empty index compares as equal to that of a fresh mark.
    if (compareIndex(cell, mark) <= 0) {
      throw new SnmpError('bad_answer', 'The device repeats itself or goes backwards in a table.');
    }
    mark.buffer = buffer;
    mark.indexStart = start;
    mark.indexEnd = indexEnd;
    mark.rows++;
    cell.column = mark.column;
    this.context.onCell(cell);
    return true;
  }

  private onErrorStatus(pdu: PduView): void {
    const { sizing, counters } = this.context;
    if (pdu.errorStatus === ErrorStatus.tooBig) {
      counters.tooBig++;
      if (!sizing.onTooMuch(this.asked.length * this.repetitions)) throw errorOfStatus(pdu.errorStatus);
      return;
    }
    // SNMPv1 says noSuchName for the first column that is at the end of the MIB (RFC 1157, section 4.1.3).
    const ended = this.asked[pdu.errorIndex - 1];
    if (!this.shape.isVersion1 || pdu.errorStatus !== ErrorStatus.noSuchName || ended === undefined) {
      throw errorOfStatus(pdu.errorStatus);
    }
    if (ended.rows > this.rows) this.rows = ended.rows;
    this.open = this.open.filter((mark) => mark !== ended);
  }
}
