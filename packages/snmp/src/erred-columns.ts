import type { ColumnMark } from './column-mark.ts';
import { type Cursor, compareIndex, encodeIndexArcs, readIndexArcs } from './oid-codec.ts';

/** Most rows of a column that are passed over one after the other before it is left. */
const MOST_PASSED = 8;
/** The same where no other column tells which rows there are. */
const MOST_GUESSED = 4;
/** Largest arc of an OID. */
const MAX_ARC = 0xffffffff;

/** A row's index in octets of its own. */
interface Index extends Cursor {
  readonly buffer: Buffer;
}

/**
 * The columns of a walk that a device has answered with an error. They are set aside while the others are walked, then
 * asked alone: the error may have named the wrong one, and the rows of the others tell from where a column with one
 * value that cannot be given goes on.
 */
export class ErredColumns {
  private readonly columns: readonly ColumnMark[];
  private readonly aside: ColumnMark[] = [];
  private readonly indexes = new Map<string, Index>();
  private ordered: Index[] = [];

  /** @param columns all columns of the walk */
  constructor(columns: readonly ColumnMark[]) {
    this.columns = columns;
    for (const mark of columns) this.noteRow(mark);
  }

  /** Columns that wait for their turn. */
  get waiting(): readonly ColumnMark[] {
    return this.aside;
  }

  put(mark: ColumnMark): void {
    mark.wasAside = true;
    this.aside.push(mark);
  }

  take(): ColumnMark | undefined {
    return this.aside.shift();
  }

  /** Notes the index of a row that some column has. */
  noteRow({ buffer, indexStart, indexEnd }: Cursor): void {
    if (indexStart === indexEnd) return;
    const octets = Buffer.from(buffer.subarray(indexStart, indexEnd));
    const key = octets.toString('latin1');
    if (this.indexes.has(key)) return;
    this.indexes.set(key, { buffer: octets, indexStart: 0, indexEnd: octets.length });
  }

  /**
   * Moves a column past the row whose value the device does not give.
   *
   * @param isGuess whether to try the next number where no other column has a row behind it
   * @returns false where it cannot be asked on
   */
  pass(mark: ColumnMark, isGuess: boolean): boolean {
    if (!mark.isRising || mark.passed.length >= MOST_PASSED) return false;
    const next = this.indexBehind(mark) ?? (isGuess ? guessBehind(mark) : undefined);
    if (next === undefined) return false;
    mark.skipTo(next);
    return true;
  }

  /**
   * Tells whether noSuchName was the end of a column, as SNMPv1 has it where there is nothing behind (RFC 1157, section
   * 4.1.3): nothing is known behind it, or it has the rows that the others have.
   */
  isEnd(mark: ColumnMark): boolean {
    const hasAll = mark.rows > 0 && mark.passed.length === 0;
    const isEnd = hasAll || !this.columns.some((other) => other.rows > 0 && isBehind(other, mark));
    if (isEnd) mark.passed = [];
    return isEnd;
  }

  private indexBehind(mark: ColumnMark): Buffer | undefined {
    if (this.ordered.length !== this.indexes.size)
      this.ordered = [...this.indexes.values()].sort(compareIndex);
    return this.ordered.find((index) => compareIndex(index, mark) > 0)?.buffer;
  }
}

function guessBehind({ buffer, indexStart, indexEnd, passed }: ColumnMark): Buffer | undefined {
  if (indexStart === indexEnd || passed.length >= MOST_GUESSED) return undefined;
  const arcs = readIndexArcs(buffer, indexStart, indexEnd);
  const last = arcs.at(-1) ?? MAX_ARC;
  return last >= MAX_ARC ? undefined : encodeIndexArcs([...arcs.slice(0, -1), last + 1]);
}

function isBehind(column: ColumnMark, other: ColumnMark): boolean {
  const [own, before] = [column, other].map(({ oid }) => ({
    buffer: oid,
    indexStart: 0,
    indexEnd: oid.length,
  }));
  return own !== undefined && before !== undefined && compareIndex(own, before) > 0;
}
