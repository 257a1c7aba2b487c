import {
  AnswerReport,
  type Cell,
  compileOids,
  isExceptionTag,
  isSnmpError,
  type RequestBudget,
  readIndexArcs,
  readValue,
  type SnmpError,
  type SnmpSession,
} from '@stratora/snmp';
import type { SourceCell } from './neighbour-source.ts';
import { type NeighbourSource, SourceFault, type SourceValue, type WalkEnd } from './neighbour-source.ts';

export interface SnmpSourceOptions {
  readonly session: SnmpSession;
  /** What one device may cost; one for all of its questions. */
  readonly budget: RequestBudget;
  /** Ends the questions; the source then rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Most rows that one GETBULK asks for; as many as make a good answer by default. */
  readonly maxRepetitions?: number | undefined;
  /** Opens a session with the same device for one of its VLANs; without it, none is asked so. */
  readonly sessionOfVlan?: ((vlan: number) => SnmpSession | undefined) | undefined;
}

/** Reason by which a walk that has seen enough ends. */
const ENOUGH = new Error('enough was read');
/** Values that one GETBULK asks for, where the device does not show that it gives fewer: one that fits a few frames. */
const VALUES_PER_REQUEST = 100;
const MIN_REPETITIONS = 10;
const MAX_REPETITIONS = 50;
/** Rows of a column after which a walk counts as endless; beyond what any table is cut to. */
const MAX_ROWS = 200_000;

/** A device that answers SNMP, as a source of its tables. Requests run one after the other. */
class SnmpSource implements NeighbourSource {
  readonly #options: SnmpSourceOptions;

  constructor(options: SnmpSourceOptions) {
    this.#options = options;
  }

  async get(oids: readonly string[]): Promise<Map<string, SourceValue>> {
    const { session, signal, budget } = this.#options;
    const found = new Map<string, SourceValue>();
    if (oids.length === 0) return found;
    try {
      for (const { oid, type, value } of await session.getValues(oids, { signal, budget })) {
        if (value !== null && !isExceptionTag(type)) found.set(oid, value);
      }
    } catch (error) {
      if (!isSnmpError(error)) throw error;
      const extent = this.#extentOf(error);
      throw new SourceFault(error.message, extent === 'device' ? 'device' : 'table');
    }
    return found;
  }

  async held(subtrees: readonly string[]): Promise<Set<string> | undefined> {
    const { session, signal, budget } = this.#options;
    const found = new Set<string>();
    const enough = new AbortController();
    const onCell = (cell: Cell): void => {
      const subtree = subtrees[cell.column] ?? '';
      // The second object of a subtree comes with the next answer: all have been asked by then.
      if (found.has(subtree)) queueMicrotask(() => enough.abort(ENOUGH));
      found.add(subtree);
    };
    try {
      const either = signal === undefined ? enough.signal : AbortSignal.any([signal, enough.signal]);
      await session.walk(compileOids(subtrees), onCell, { budget, signal: either, maxRepetitions: 1 });
    } catch (error) {
      if (error === ENOUGH) return found;
      if (!isSnmpError(error)) throw error;
      if (this.#extentOf(error) === 'device') throw new SourceFault(error.message, 'device');
      return undefined;
    }
    return found;
  }

  async walk(columns: readonly string[], onCell: (cell: SourceCell) => boolean): Promise<WalkEnd> {
    const { session, signal, budget, maxRepetitions } = this.#options;
    const report = new AnswerReport();
    const enough = new AbortController();
    const take = (cell: Cell): void => {
      const { column, buffer, indexStart, indexEnd } = cell;
      const value = readValue(cell);
      if (value === null || enough.signal.aborted) return;
      const isMore = onCell({ column, index: readIndexArcs(buffer, indexStart, indexEnd), value });
      // Not at once: the answer at hand is still being read.
      if (!isMore) queueMicrotask(() => enough.abort(ENOUGH));
    };
    const repetitions = Math.min(
      maxRepetitions ?? MAX_REPETITIONS,
      Math.max(MIN_REPETITIONS, Math.min(MAX_REPETITIONS, Math.floor(VALUES_PER_REQUEST / columns.length))),
    );
    try {
      const either = signal === undefined ? enough.signal : AbortSignal.any([signal, enough.signal]);
      await session.walk(compileOids(columns), take, {
        budget,
        signal: either,
        report,
        maxRepetitions: repetitions,
        maxRows: MAX_ROWS,
      });
    } catch (error) {
      if (error === ENOUGH) return endOf(report, undefined, 'none');
      if (!isSnmpError(error)) throw error;
      return endOf(report, error, this.#extentOf(error));
    }
    return endOf(report, undefined, 'none');
  }

  ofVlan(vlan: number): NeighbourSource | undefined {
    const session = this.#options.sessionOfVlan?.(vlan);
    return session && new SnmpSource({ ...this.#options, session, sessionOfVlan: undefined });
  }

  #extentOf({ kind }: SnmpError): 'column' | 'table' | 'device' {
    const { budget } = this.#options;
    const isSpent =
      budget.varbindsLeft < 0 ||
      budget.bytesLeft < 0 ||
      budget.requestsLeft < 0 ||
      performance.now() >= budget.deadline;
    if (isSpent || kind === 'auth' || kind === 'refused') return 'device';
    return kind === 'bad_answer' ? 'column' : 'table';
  }
}

function endOf(
  { openColumns = [], broken, faults }: AnswerReport,
  error: SnmpError | undefined,
  extent: WalkEnd['extent'],
): WalkEnd {
  const lostOnes = faults.filter(({ isTaken }) => !isTaken);
  const [first] = lostOnes;
  return {
    open: [...new Set([...openColumns, ...broken.map(({ column }) => column)])],
    reason: error?.message ?? broken[0]?.words,
    // A walk that failed as a whole with a bad answer has left columns open beside the one that it was refused.
    extent: extent === 'column' && openColumns.length > 0 ? 'table' : extent,
    lost: lostOnes.reduce((sum, { count }) => sum + count, 0),
    lostReason: first && `A value could not be read: ${first.words} (${first.oid}).`,
  };
}

/** Makes a device that answers SNMP a source of its tables. */
export function snmpSource(options: SnmpSourceOptions): NeighbourSource {
  return new SnmpSource(options);
}
