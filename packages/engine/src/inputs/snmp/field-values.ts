import { type Cell, ValueType } from '@stratora/snmp';
import type { PlannedField } from './block-plan.ts';
import { appendValue } from './field-writer.ts';
import type { LineBuffer } from './line-buffer.ts';
import { convertCellToText } from './value-conversion.ts';

/** The place where buffers come from and go to. */
export interface BufferPool {
  borrowBuffer(): LineBuffer;
  returnBuffer(buffer: LineBuffer): void;
}

/** What an agent answered for the fields of a block: tags, and values as line protocol has them. */
export class FieldValues {
  readonly tags: Record<string, string> = {};
  /** True when at least one object is there, whatever its value. */
  hasAnswer = false;
  readonly #fields: readonly PlannedField[];
  readonly #pool: BufferPool;
  /** Borrowed with the first value: thousands of agents wait for theirs at once. */
  #values: LineBuffer | undefined;
  /** Values of fields that share a name, by that name: the one of the last field so far. */
  readonly #twins = new Map<string, { readonly rank: number; readonly octets: Buffer }>();
  readonly #answered = new Set<string>();

  constructor(fields: readonly PlannedField[], pool: BufferPool) {
    this.#fields = fields;
    this.#pool = pool;
  }

  /** Takes the answer for the field at the cell's position. */
  take(cell: Cell): void {
    const field = this.#fields[cell.column];
    if (field === undefined) return;
    if (field.isTag) this.#answered.add(field.name);
    if (cell.type === ValueType.noSuchObject || cell.type === ValueType.noSuchInstance) return;
    this.hasAnswer = true;
    if (field.isTag) {
      const text = convertCellToText(cell, field.conversion);
      if (text !== undefined) this.tags[field.name] = text;
      return;
    }
    if (field.key === undefined) return;
    this.#values ??= this.#pool.borrowBuffer();
    const before = this.#values.length;
    this.#values.append(field.key);
    if (!appendValue(this.#values, cell, field.conversion)) this.#values.length = before;
    else if (field.isTwin) this.#setAside(this.#values, before, { field, rank: cell.column });
  }

  /**
   * Takes tags that were not answered, or not readably, from those of an earlier poll, so that the series stay the same.
   *
   * @returns false when there is none for one of them
   */
  fillTags(known: Readonly<Record<string, string>>): boolean {
    let isWhole = true;
    for (const { isTag, name } of this.#fields) {
      if (!isTag || this.#answered.has(name)) continue;
      const earlier = known[name];
      if (earlier === undefined) isWhole = false;
      else this.tags[name] = earlier;
    }
    return isWhole;
  }

  /** Returns the values as they stand in a line after its series; undefined when there is none. */
  encoded(): Buffer | undefined {
    for (const { octets } of this.#twins.values()) this.#values?.append(octets);
    this.#twins.clear();
    if (this.#values === undefined || this.#values.length === 0) return undefined;
    // Each value starts with a comma; the first of a line starts with a space.
    this.#values.bytes[0] = 0x20;
    return this.#values.bytes.subarray(0, this.#values.length);
  }

  release(): void {
    if (this.#values !== undefined) this.#pool.returnBuffer(this.#values);
    this.#values = undefined;
  }

  /** Takes the value that was appended last out again and keeps it, unless a later field of its name had one. */
  #setAside(values: LineBuffer, start: number, of: { field: PlannedField; rank: number }): void {
    const known = this.#twins.get(of.field.name);
    if (known === undefined || known.rank < of.rank) {
      const octets = Buffer.from(values.bytes.subarray(start, values.length));
      this.#twins.set(of.field.name, { rank: of.rank, octets });
    }
    values.length = start;
  }
}
