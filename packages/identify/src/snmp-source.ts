import {
  type Cell,
  compileOids,
  isExceptionTag,
  isSnmpError,
  type RequestBudget,
  readIndexText,
  readOidText,
  readValue,
  type SnmpSession,
} from '@stratora/snmp';
import type { HeldObject } from './evidence.ts';
import type { EvidenceSource, ObjectText } from './evidence-source.ts';
import { objectText } from './object-text.ts';

export interface SnmpSourceOptions {
  readonly session: SnmpSession;
  /** Ends the questions; the source then rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** What one device may cost; one for all of its questions. */
  readonly budget?: RequestBudget | undefined;
}

/** Reason by which a walk that has seen enough ends. */
const ENOUGH = new Error('enough was read');
const ROWS_PER_REQUEST = 10;

/** A device that answers SNMP, as a source of evidence. Requests run one after the other. */
class SnmpSource implements EvidenceSource {
  readonly #options: SnmpSourceOptions;

  constructor(options: SnmpSourceOptions) {
    this.#options = options;
  }

  async get(oids: readonly string[]): Promise<Map<string, ObjectText>> {
    const { session, signal, budget } = this.#options;
    const found = new Map<string, ObjectText>();
    if (oids.length === 0) return found;
    for (const { oid, type, value } of await session.getValues(oids, { signal, budget })) {
      if (value !== null && !isExceptionTag(type)) found.set(oid, objectText(value));
    }
    return found;
  }

  async firstBelow(subtrees: readonly string[]): Promise<Map<string, HeldObject>> {
    const found = new Map<string, HeldObject>();
    if (subtrees.length === 0) return found;
    const lengths = compileOids(subtrees).encoded.map(({ length }) => length);
    await this.#walk(subtrees, 1, (cell) => {
      const subtree = subtrees[cell.column] ?? '';
      // The second object of a subtree comes with the next answer: all have been asked by then.
      if (found.has(subtree)) return false;
      const start = cell.indexStart - (lengths[cell.column] ?? 0);
      const oid = readOidText(cell.buffer, start, cell.indexEnd);
      found.set(subtree, { oid, text: objectText(readValue(cell)) });
      return true;
    });
    return found;
  }

  async rows(columns: readonly string[], maxRows: number): Promise<Map<string, ObjectText[]>> {
    const rows = new Map<string, ObjectText[]>();
    await this.#walk(columns, ROWS_PER_REQUEST, (cell) => {
      const index = readIndexText(cell.buffer, cell.indexStart, cell.indexEnd);
      let row = rows.get(index);
      if (row === undefined) {
        if (rows.size >= maxRows) return false;
        row = columns.map(() => '');
        rows.set(index, row);
      }
      row[cell.column] = objectText(readValue(cell));
      return true;
    });
    return rows;
  }

  /** Walks until `take` says that it is enough. A column that is refused or goes in circles costs only itself. */
  async #walk(oids: readonly string[], maxRepetitions: number, take: (cell: Cell) => boolean): Promise<void> {
    const { session, signal, budget } = this.#options;
    const enough = new AbortController();
    const either = signal === undefined ? enough.signal : AbortSignal.any([signal, enough.signal]);
    const onCell = (cell: Cell): void => {
      // Not at once: the answer at hand is still being read.
      if (!take(cell)) queueMicrotask(() => enough.abort(ENOUGH));
    };
    try {
      await session.walk(compileOids(oids), onCell, { budget, signal: either, maxRepetitions });
    } catch (error) {
      const isPartial = isSnmpError(error) && (error.kind === 'limit' || error.kind === 'bad_answer');
      if (error !== ENOUGH && !isPartial) throw error;
    }
  }
}

/** Makes a device that answers SNMP a source of evidence. It rejects with `SnmpError` or the signal's reason. */
export function snmpSource(options: SnmpSourceOptions): EvidenceSource {
  return new SnmpSource(options);
}
