import { type Cell, isExceptionTag, isReadable, ValueType } from './cell.ts';
import type { ColumnMark } from './column-mark.ts';
import type { WorkContext } from './get-work.ts';
import { readIndexText, readOidText } from './oid-codec.ts';
import type { SnmpError } from './snmp-error.ts';
import { ValueFault } from './value-fault.ts';

/** Hands on the rows of a walk, and notes in its report whatever is wrong with them. */
export class RowDelivery {
  private readonly context: WorkContext;

  constructor(context: WorkContext) {
    this.context = context;
  }

  /** Hands on a row that is new to its column, or notes why it has no value. */
  deliver(mark: ColumnMark, row: Cell): void {
    const { onCell, report } = this.context;
    if (mark.repeats > 0) this.noteRepeats(mark);
    if (mark.passed.length > 0) this.notePassed(mark);
    row.column = mark.column;
    if (row.fault !== ValueFault.none) {
      report?.noteFault(mark.column, row.fault, mark.oidTextOf(row));
      if (!isReadable(row)) return;
    } else if (row.type === ValueType.null || isExceptionTag(row.type)) {
      report?.noteFault(mark.column, ValueFault.noValue, mark.oidTextOf(row));
      return;
    }
    onCell(row);
  }

  /** Notes a value whose own OID is damaged: in a GETBULK, rows that can be read may follow. */
  noteLost(mark: ColumnMark): void {
    mark.isLost = true;
    const oid = readOidText(mark.oid, 0, mark.oid.length);
    this.context.report?.noteFault(mark.column, ValueFault.badName, oid);
  }

  /** Notes the end of a column; with a reason when it could not be walked to its end. */
  noteEnd(mark: ColumnMark, reason: SnmpError | undefined): void {
    if (reason !== undefined) {
      this.context.report?.noteBreak(mark.column, reason);
      return;
    }
    if (mark.repeats > 0) this.noteRepeats(mark);
    if (mark.passed.length > 0) this.notePassed(mark);
  }

  private noteRepeats(mark: ColumnMark): void {
    const { column, repeats: count, repeatedOid: oid } = mark;
    mark.repeats = 0;
    this.context.report?.noteRepeats({ column, count, oid });
  }

  private notePassed(mark: ColumnMark): void {
    const { report, plan } = this.context;
    for (const index of mark.passed) {
      const oid = `${plan.oids[mark.column]}.${readIndexText(index, 0, index.length)}`;
      report?.noteFault(mark.column, ValueFault.refused, oid);
    }
    mark.passed = [];
  }
}
