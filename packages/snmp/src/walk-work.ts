import { isDoubtful, isShuffled, readCells, rowsBehind } from './answer-order.ts';
import { damaged } from './ber-reader.ts';
import type { BerWriter } from './ber-writer.ts';
import { Cell, isExceptionTag, ValueType } from './cell.ts';
import { ColumnMark } from './column-mark.ts';
import { ErredColumns } from './erred-columns.ts';
import { ErrorStatus, errorOfStatus, isAccessStatus } from './error-status.ts';
import type { WorkContext } from './get-work.ts';
import { compareIndex, MAX_OID_ARCS } from './oid-codec.ts';
import { MAX_REQUEST_BYTES } from './pdu-sizing.ts';
import type { RequestWork } from './request-work.ts';
import { RowDelivery } from './row-delivery.ts';
import { isSnmpError, SnmpError } from './snmp-error.ts';
import { PduType, type PduView } from './snmp-message.ts';
import { repeatsItself } from './snmp-words.ts';
import { VarbindReader } from './varbind-reader.ts';

/** Most rows of a walk: a column that never ends must not fill what others share with rows of one value. */
const DEFAULT_MAX_ROWS = 50_000;
const BAD_NAME = 'an object identifier is not well formed';
const varbinds = new VarbindReader();
const cell = new Cell();

/** Number of varbinds of an answer, and why the rest could not be read. */
interface RowsRead {
  readonly count: number;
  readonly damage: SnmpError | undefined;
}

export interface WalkShape {
  readonly maxRepetitions: number;
  /** True for GETNEXT instead of GETBULK. */
  readonly isStepwise: boolean;
  /** Rows of the last walk of these columns, 0 when not known: keeps from asking for rows beyond the end. */
  readonly expectedRows: number;
  /** Most rows of a column; 50,000 by default. */
  readonly maxRows?: number | undefined;
}

/**
 * Walks columns side by side. Every column has a mark of its own, so a reply that was cut anywhere, and a column with
 * holes, only means that the next PDU continues from other marks: nothing is lost and nothing comes twice. A column
 * that cannot be walked on is set aside while the others go on, and asked once more; the walk fails when all are done.
 */
export class WalkWork implements RequestWork {
  /** Most rows of a column so far: the expectation of the next walk. */
  rows = 0;
  private readonly context: WorkContext;
  private readonly shape: WalkShape;
  private readonly delivery: RowDelivery;
  /** Undefined as long as the device has not answered a column with an error. */
  private erred: ErredColumns | undefined;
  private readonly marks: readonly ColumnMark[];
  /** Columns that have not reached their end. */
  private open: ColumnMark[];
  /** Columns of the last PDU written, in its order. */
  private asked: ColumnMark[] = [];
  private repetitions = 1;
  private isUneven = false;
  /** True when it asks by GETNEXT. */
  private isStepping: boolean;
  /** What is to be remembered of the device when GETNEXT is answered where GETBULK was not. */
  private isOnTrial = false;
  /** True when one column is asked at a time, to find the one that spoils the answer for all. */
  private isAlone = false;
  /** True when the last answer had rows that came again, or was not in order. */
  private isOdd = false;
  /** True when a row may have a smaller index than the one before, because the answer is known to be row by row. */
  private canFall = false;
  private bulkAnswers = 0;
  private failure: SnmpError | undefined;

  constructor(context: WorkContext, shape: WalkShape) {
    this.context = context;
    this.shape = shape;
    this.delivery = new RowDelivery(context);
    this.marks = context.plan.encoded.map((oid, column) => new ColumnMark(oid, column));
    this.open = [...this.marks];
    this.isStepping = shape.isStepwise || context.bulk.isRefused;
  }

  /** Columns that have not been walked to their end, nor left for a reason of their own. */
  openColumns(): number[] {
    return [...this.open, ...(this.erred?.waiting ?? [])].map((mark) => mark.column);
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
      // The first OID behind the row itself.
      if (column.isNudged) writer.byte(0);
      writer.range(column.buffer, column.indexStart, column.indexEnd);
      writer.bytes(column.oid);
      writer.wrap(0x06, value);
      writer.wrap(0x30, end);
    }
    writer.wrap(0x30, mark);
    writer.integer(this.isStepping ? 0 : this.repetitions);
    writer.integer(0);
    writer.integer(requestId);
    writer.wrap(this.isStepping ? PduType.getNext : PduType.getBulk, mark);
  }

  accept(pdu: PduView, datagramBytes: number): boolean {
    if (pdu.errorStatus !== ErrorStatus.noError) this.onErrorStatus(pdu);
    else this.onRows(pdu, datagramBytes);
    if (this.open.length === 0) this.resume();
    if (this.open.length > 0) return false;
    if (this.failure !== undefined) throw this.failure;
    return true;
  }

  onSilence(attempt: number): boolean {
    if (this.isStepping) return false;
    const { bulk, sizing } = this.context;
    // A first silence is most often one lost datagram, except where GETBULK was met with silence before.
    if (attempt === 1 && !bulk.isDoubtful) return false;
    if (!bulk.isProven) return this.step(true);
    // A path that drops fragments lets small answers through, so the repeat asks for less than one frame.
    const varbindsAsked = this.asked.length * this.repetitions;
    return varbindsAsked > 32 && sizing.onTooMuch(Math.min(varbindsAsked, 80));
  }

  onGivenUp(): boolean {
    return !this.isStepping && this.step(true);
  }

  expectedBytes(): number {
    return 60 + Math.ceil(this.asked.length * this.repetitions * this.context.sizing.octetsPerVarbind);
  }

  /** Picks columns and repetitions of the next PDU: those furthest behind first, all when they are in step. */
  private choose(): void {
    const { sizing } = this.context;
    const { maxRepetitions, expectedRows } = this.shape;
    const most = this.isAlone ? 1 : sizing.varbinds;
    if (this.isUneven) this.open.sort((a, b) => a.rows - b.rows || a.column - b.column);
    let count = 0;
    for (let bytes = 0; count < this.open.length && count < most; count++) {
      const column = this.open[count];
      bytes +=
        (column?.oid.length ?? 0) + (column === undefined ? 0 : column.indexEnd - column.indexStart) + 8;
      if (bytes > MAX_REQUEST_BYTES && count > 0) break;
    }
    this.asked = count === this.open.length ? this.open : this.open.slice(0, count);
    this.repetitions = 1;
    if (this.isStepping) return;
    const done = this.open[0]?.rows ?? 0;
    const left = expectedRows >= done && expectedRows > 0 ? expectedRows - done + 1 : maxRepetitions;
    this.repetitions = Math.max(1, Math.min(maxRepetitions, left, Math.floor(sizing.varbinds / count)));
  }

  private onRows(pdu: PduView, datagramBytes: number): void {
    const { asked } = this;
    const { counters, sizing, bulk } = this.context;
    const width = asked.length;
    const most = width * this.repetitions;
    const openBefore = this.open.length;
    this.isOdd = false;
    this.canFall = width === 1;
    const byPlace = bulk.isShuffled && width > 1 ? undefined : this.readByPlace(pdu, most);
    const { count, damage } = byPlace ?? this.readByObject(pdu, most);
    counters.varbinds += count;
    if (count === 0) {
      this.onNothing(damage ?? new SnmpError('bad_answer', 'The device sent an answer without any value.'));
      return;
    }
    this.noteMethod(bulk);
    for (const mark of asked) {
      if (mark.buffer === pdu.buffer) mark.settle();
      // No row of it came that could be asked on from.
      else if (mark.isLost && !mark.isEnded) this.leave(mark, damaged(BAD_NAME));
      else if (mark.isStalled && !mark.isEnded) this.onStall(mark);
    }
    this.open = this.open.filter((mark) => !mark.isEnded);
    if (count >= most || this.open.length === 0) {
      sizing.onWholeAnswer(count, datagramBytes);
    } else if (damage === undefined) {
      counters.cutReplies++;
      sizing.onCutAnswer(count);
    }
    // In step means that all open columns were asked and got the same number of rows.
    this.isUneven =
      this.isOdd || count % width !== 0 || width !== openBefore || this.open.length !== openBefore;
  }

  /** Reads varbinds as the columns of their places; undefined when they turn out to be in another order. */
  private readByPlace(pdu: PduView, most: number): RowsRead | undefined {
    const { asked } = this;
    const { budget } = this.context;
    const width = asked.length;
    let count = 0;
    varbinds.reset(pdu.buffer, pdu.listStart, pdu.listEnd, pdu.hardEnd);
    for (let position = 0; count < most; count++) {
      try {
        if (!varbinds.next(cell)) break;
      } catch (error) {
        if (!isSnmpError(error)) throw error;
        return { count, damage: error };
      }
      budget.takeVarbind();
      const mark = asked[position];
      if (mark !== undefined && !mark.isEnded) {
        if (mark.holds(cell)) {
          if (!this.onVarbind(mark, cell)) {
            if (isShuffled(pdu, asked)) return undefined;
            this.canFall = true;
            this.onVarbind(mark, cell, 0);
          }
        } else if (isDoubtful(cell, mark, { asked, isFirst: count < width }) && isShuffled(pdu, asked)) {
          return undefined;
        } else {
          this.leave(mark);
        }
      }
      if (++position === width) position = 0;
    }
    return { count, damage: undefined };
  }

  /** Takes the varbinds of an answer as the rows of the columns that their OIDs name. */
  private readByObject(pdu: PduView, most: number): RowsRead {
    const { asked, context } = this;
    this.isOdd = true;
    context.bulk.isShuffled = true;
    const answer = readCells(pdu);
    const count = answer.cells.length;
    for (let at = 0; at < count; at++) context.budget.takeVarbind();
    const isWhole = count >= most && answer.damage === undefined;
    let isMoving = false;
    for (const mark of asked) {
      // Places mean nothing, so that none of them has shown an end.
      mark.isEnded = mark.isBroken;
      if (mark.isEnded) continue;
      for (const row of rowsBehind(mark, answer)) this.onVarbind(mark, row, 0);
      if (mark.buffer === pdu.buffer) isMoving = true;
      else if (isWhole) this.leave(mark);
      if (mark.isEnded) isMoving = true;
    }
    if (!isMoving) this.isAlone = true;
    return { count, damage: answer.damage };
  }

  /** Takes rows that a device sends with an error, where the question with its NULLs should stand; false for none. */
  private takeBesideError(pdu: PduView): boolean {
    const answer = readCells(pdu);
    let hasTaken = false;
    for (const mark of this.asked) {
      for (const row of rowsBehind(mark, answer)) {
        if (row.type !== ValueType.null && !isExceptionTag(row.type)) this.onVarbind(mark, row, 0);
      }
      if (mark.buffer !== pdu.buffer) continue;
      mark.settle();
      hasTaken = true;
    }
    if (hasTaken) this.isUneven = true;
    return hasTaken;
  }

  private noteMethod(bulk: WorkContext['bulk']): void {
    if (!this.isStepping) {
      this.bulkAnswers++;
      bulk.noteAnswer();
    } else if (this.isOnTrial) {
      this.isOnTrial = false;
      bulk.noteRefusal();
    }
  }

  /**
   * Takes a varbind of a column, and leaves the column when it is at its end. False, and nothing taken, for the first
   * row of a column that is not behind its mark, as long as it is not known what that means.
   */
  private onVarbind(mark: ColumnMark, row: Cell, oidLength = mark.oid.length): boolean {
    row.indexStart += oidLength;
    if (!mark.isSound(row)) {
      this.delivery.noteLost(mark);
      return true;
    }
    const order = compareIndex(row, mark);
    if (order <= 0) {
      // There is nothing behind the row that was asked from; elsewhere it is only a row without a value.
      if (isExceptionTag(row.type)) {
        this.leave(mark);
        return true;
      }
      if (order < 0 && mark.isRising && !this.canFall) return false;
    }
    // The asked OID itself is no successor either: its empty index is the same as that of a fresh mark.
    if (!mark.advance(row, order)) {
      this.onRepeat(mark, row);
      return true;
    }
    if (mark.rows > (this.shape.maxRows ?? DEFAULT_MAX_ROWS))
      throw new SnmpError('limit', 'The device sent more rows of a table than one cycle allows.');
    this.erred?.noteRow(row);
    this.delivery.deliver(mark, row);
    return true;
  }

  /** Passes over a row that had come before: the first one counts. */
  private onRepeat(mark: ColumnMark, row: Cell): void {
    this.isOdd = true;
    mark.isStalled = true;
    if (mark.repeats++ === 0) mark.repeatedOid = mark.oidTextOf(row);
  }

  /** Asks from behind the row of a column that only repeats itself, and leaves it when that was done already. */
  private onStall(mark: ColumnMark): void {
    const hasRoom = mark.oid.length + mark.indexEnd - mark.indexStart < MAX_OID_ARCS - 2;
    if (mark.isNudged || !hasRoom) this.leave(mark, new SnmpError('bad_answer', repeatsItself()));
    mark.isStalled = false;
    mark.isNudged = true;
  }

  /** Ends a column; with a reason when it could not be walked to its end. */
  private leave(mark: ColumnMark, reason?: SnmpError): void {
    mark.isEnded = true;
    if (mark.rows > this.rows) this.rows = mark.rows;
    this.delivery.noteEnd(mark, reason);
    if (reason === undefined) return;
    mark.isBroken = true;
    this.failure ??= reason;
  }

  /**
   * Takes an error for one column: it waits until the others are walked, and is then asked from behind the row that the
   * device does not give.
   */
  private onRefused(mark: ColumnMark, reason: SnmpError, status = 0): void {
    const { shape, bulkAnswers, open } = this;
    this.erred ??= new ErredColumns(this.marks);
    this.isAlone = false;
    this.isUneven = true;
    if (!mark.wasAside && open.length > 1) {
      this.erred.put(mark);
      if (!shape.isStepwise && bulkAnswers > 0) this.isStepping = false;
    } else {
      const isMissing = status === ErrorStatus.noSuchName;
      if (this.erred.pass(mark, !isMissing)) return;
      this.leave(mark, isMissing && this.erred.isEnd(mark) ? undefined : reason);
    }
    this.open = open.filter((one) => one !== mark);
  }

  /** Goes on with a column that was set aside. */
  private resume(): void {
    const mark = this.erred?.take();
    if (mark === undefined) return;
    this.open = [mark];
    this.isStepping = true;
  }

  /** Changes to GETNEXT, which devices know best; `isLasting` when the device is asked so from now on. */
  private step(isLasting: boolean): true {
    this.isStepping = true;
    this.isOnTrial = isLasting || this.bulkAnswers === 0;
    return true;
  }

  /** Takes an answer of which nothing can be used. */
  private onNothing(reason: SnmpError): void {
    if (!this.isStepping) this.step(false);
    else if (this.asked.length > 1) this.isAlone = true;
    else if (this.asked[0] !== undefined) this.onRefused(this.asked[0], reason);
  }

  private onErrorStatus(pdu: PduView): void {
    const { sizing, counters } = this.context;
    const status = pdu.errorStatus;
    if (status === ErrorStatus.tooBig) {
      counters.tooBig++;
      if (sizing.onTooMuch(this.asked.length * this.repetitions)) return;
    } else if (isAccessStatus(status)) {
      throw errorOfStatus(status);
    }
    if (this.takeBesideError(pdu)) return;
    const { asked } = this;
    const named = asked.length === 1 ? asked[0] : asked[pdu.errorIndex - 1];
    if (this.isStepping && named !== undefined) this.onRefused(named, errorOfStatus(status), status);
    else this.onNothing(errorOfStatus(status));
  }
}
