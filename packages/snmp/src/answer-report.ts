import type { SnmpError } from './snmp-error.ts';
import { ValueFault, wordsOfFault } from './value-fault.ts';

/** The unreadable values of one column or object. */
export interface FaultyValues {
  /** Position in the plan. */
  readonly column: number;
  count: number;
  /** What is wrong with the first of them, in plain words. */
  readonly words: string;
  /** True when all of them are text that was taken as far as it goes; else values are missing. */
  isTaken: boolean;
  /** OID of the first of them, dotted. */
  readonly oid: string;
}

/** The values of one column whose rows had come before. */
export interface RepeatedValues {
  /** Position in the plan. */
  readonly column: number;
  count: number;
  /** OID of the first of them, dotted. */
  readonly oid: string;
}

/** A column that could not be walked to its end, and why, in words that follow its name. */
export interface BrokenColumn {
  readonly column: number;
  readonly words: string;
}

/** What a GET or walk met beside good values. Give one to `get` or `walk` and read it when that has settled. */
export class AnswerReport {
  readonly faults: FaultyValues[] = [];
  readonly repeats: RepeatedValues[] = [];
  readonly broken: BrokenColumn[] = [];
  /** Columns that a walk had not finished when it failed; `undefined` when it went through all of them. */
  openColumns: readonly number[] | undefined;

  noteFault(column: number, fault: number, oid: string): void {
    const known = this.faults.find((one) => one.column === column);
    const words = wordsOfFault(fault);
    const isTaken = fault === ValueFault.textLength;
    if (known === undefined) {
      this.faults.push({ column, count: 1, words, isTaken, oid });
    } else {
      known.count++;
      known.isTaken &&= isTaken;
    }
  }

  noteRepeats(repeated: RepeatedValues): void {
    const known = this.repeats.find((one) => one.column === repeated.column);
    if (known === undefined) this.repeats.push({ ...repeated });
    else known.count += repeated.count;
  }

  noteBreak(column: number, reason: SnmpError): void {
    this.broken.push({ column, words: reason.message });
  }
}
