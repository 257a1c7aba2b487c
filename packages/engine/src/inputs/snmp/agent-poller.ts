import {
  type Cell,
  isSnmpError,
  type RequestBudget,
  SnmpError,
  type SnmpSession,
  ValueType,
} from '@stratora/snmp';
import type { InputContext, Sink } from '../../input.ts';
import type { BlockPlan, PlannedField, PreparedTable } from './block-plan.ts';
import type { DeviceRegistry } from './device-registry.ts';
import { appendValue } from './field-writer.ts';
import type { LineBuffer } from './line-buffer.ts';
import { RowCache } from './row-cache.ts';
import { JoinedRows, PlainRows } from './row-set.ts';
import type { SeriesBudget } from './series-budget.ts';
import { type RowSurroundings, seriesPrefix } from './table-encoder.ts';
import { cutIndex, type TablePlan, type WalkPlan } from './table-plan.ts';
import { convertCellToText } from './value-conversion.ts';

/** The parts of a block that a poll of one of its agents needs. */
export interface PollerOptions {
  readonly context: InputContext;
  readonly registry: DeviceRegistry;
  readonly plan: BlockPlan;
  readonly session: SnmpSession;
  readonly budget: SeriesBudget;
}

/** A poll of one agent under way. */
interface Round {
  readonly sink: Sink;
  readonly stamp: Buffer;
  readonly signal: AbortSignal;
  readonly budget: RequestBudget;
}

/** Polls one agent of a block: the fields by GET, then each table by a walk of all its columns together. */
export class AgentPoller {
  readonly host: string;
  /** Address and port, which the budget of a cycle belongs to. */
  readonly device: string;
  readonly #options: PollerOptions;
  #caches: RowCache[];
  #tags: Readonly<Record<string, string>> = {};
  #wasSilent = false;

  constructor(options: PollerOptions) {
    this.#options = options;
    const { host, port = 161 } = options.session.target;
    this.host = host;
    this.device = `${host} ${port}`;
    this.#caches = options.plan.tables.map(() => new RowCache());
  }

  /**
   * Polls once and writes what came, also when something failed.
   *
   * @returns why the poll was not whole; undefined when it was
   * @throws the signal's reason
   */
  async poll(sink: Sink, signal: AbortSignal): Promise<SnmpError | undefined> {
    const { registry, context } = this.#options;
    const round = {
      sink,
      stamp: Buffer.from(` ${sink.timestampMs()}000000\n`),
      signal,
      budget: registry.budgetOf(this.device, context.intervalMs),
    };
    // Who was silent needs no memory until it answers, and must not keep others waiting.
    const place = this.#wasSilent ? undefined : await registry.gate.enter(signal);
    try {
      const failure = await this.#pollAll(round);
      this.#wasSilent = failure?.kind === 'timeout' || failure?.kind === 'refused';
      return failure;
    } finally {
      if (place !== undefined) registry.gate.leave(place);
    }
  }

  close(): void {
    this.#options.session.close();
  }

  async #pollAll(round: Round): Promise<SnmpError | undefined> {
    const { plan } = this.#options;
    let failure: SnmpError | undefined;
    if (plan.fields !== undefined) {
      failure = await attempt(() => this.#pollFields(round));
      if (failure !== undefined && this.#isHopeless(failure, round)) return failure;
    }
    for (const [index, table] of plan.tables.entries()) {
      const cache = this.#caches[index];
      if (cache === undefined) continue;
      const failed = await attempt(() => this.#pollTable(table, cache, round));
      if (failed === undefined) continue;
      if (this.#isHopeless(failed, round)) return failure ?? failed;
      failure ??= new SnmpError(failed.kind, `${table.plan.options.name}: ${failed.message}`);
    }
    return failure;
  }

  /**
   * True when going on would only cost time: a silent device, a refused login. A spent budget fails at once by itself.
   */
  #isHopeless(failure: SnmpError, round: Round): boolean {
    if (this.#options.plan.stopOnError) return true;
    if (failure.kind === 'timeout') return round.budget.answers === 0;
    return failure.kind === 'auth' || failure.kind === 'refused';
  }

  async #pollFields(round: Round): Promise<void> {
    const { plan, session } = this.#options;
    if (plan.fields === undefined) return;
    const { fields } = plan;
    const tags: Record<string, string> = {};
    // Borrowed with the first value: thousands of agents wait for theirs at once.
    let values: LineBuffer | undefined;
    const twins: Twins = new Map();
    try {
      let hasAnswer = false;
      const take = (cell: Cell): void => {
        const field = fields.list[cell.column];
        if (field === undefined || isMissing(cell)) return;
        hasAnswer = true;
        if (field.isTag) {
          const text = convertCellToText(cell, field.conversion);
          if (text !== undefined) tags[field.name] = text;
          return;
        }
        if (field.key === undefined) return;
        values ??= this.#options.registry.borrowBuffer();
        const before = values.length;
        values.append(field.key);
        if (!appendValue(values, cell, field.conversion)) values.length = before;
        else if (field.isTwin) setAside(values, before, { field, rank: cell.column, twins });
      };
      await session.get(fields.oids, take, round);
      if (!hasAnswer) return;
      for (const { octets } of twins.values()) values?.append(octets);
      this.#inherit(tags);
      const prefix = seriesPrefix(plan.name, tags, this.#surroundings(new RowCache(), {}, round));
      if (prefix.length === 0 || values === undefined || values.length === 0) return;
      // Each value starts with a comma; the first of a line starts with a space.
      values.bytes[0] = 0x20;
      const octets = values.bytes.subarray(0, values.length);
      this.#write(round, (out) => {
        out.append(prefix);
        out.append(octets);
        out.append(round.stamp);
        out.lines += 1;
      });
    } finally {
      if (values !== undefined) this.#options.registry.returnBuffer(values);
    }
  }

  /** Writes the lines that `encode` appends at once, so that no agent keeps lines while it waits. */
  #write<T>(round: Round, encode: (out: LineBuffer) => T): T {
    const { registry } = this.#options;
    const out = registry.borrowBuffer();
    try {
      const result = encode(out);
      if (out.lines > 0) round.sink.raw(out.bytes.subarray(0, out.length), out.lines);
      return result;
    } finally {
      registry.returnBuffer(out);
    }
  }

  /** Takes the tags that tables may inherit; when one of them changes, all prefixes are made again. */
  #inherit(tags: Readonly<Record<string, string>>): void {
    const names = new Set([...Object.keys(tags), ...Object.keys(this.#tags)]);
    const isSame = [...names].every((name) => tags[name] === this.#tags[name]);
    if (isSame) return;
    this.#tags = tags;
    this.#caches = this.#caches.map((old) => {
      const cache = new RowCache();
      cache.isFilled = old.isFilled;
      return cache;
    });
  }

  async #pollTable(table: PreparedTable, cache: RowCache, round: Round): Promise<void> {
    const { registry } = this.#options;
    const { plan } = table;
    const first = registry.borrowTable();
    const second = plan.second === undefined ? undefined : registry.borrowTable();
    first.reset(plan.first?.oids.oids.length ?? 0);
    second?.reset(plan.second?.oids.oids.length ?? 0);
    try {
      const failure = await attempt(async () => {
        if (plan.first !== undefined) await this.#walk(plan.first, first, round);
        if (plan.second !== undefined && second !== undefined) await this.#walk(plan.second, second, round);
      });
      const rows = second === undefined ? new PlainRows(first) : new JoinedRows(first, second, plan);
      const around = this.#surroundings(cache, this.#inheritedBy(plan), round);
      if (failure !== undefined) {
        this.#write(round, (out) => table.encoder.encodeKnown(rows, around, out));
        throw failure;
      }
      const refused = this.#write(round, (out) => table.encoder.encode(rows, around, out));
      if (refused > 0) {
        throw new SnmpError(
          'limit',
          `${refused} new rows were left out: too many new series within an hour.`,
        );
      }
    } finally {
      registry.returnTable(first);
      if (second !== undefined) registry.returnTable(second);
    }
  }

  async #walk(walk: WalkPlan, into: Parameters<SnmpSession['walkTable']>[1], round: Round): Promise<void> {
    const { session, plan } = this.#options;
    const options = { signal: round.signal, budget: round.budget, maxRepetitions: plan.maxRepetitions };
    const { cuts } = walk;
    if (cuts === undefined) {
      await session.walkTable(walk.oids, into, options);
      return;
    }
    const add = (cell: Cell): void => {
      const cut = cuts[cell.column];
      if (cut === undefined || cutIndex(cell, cut)) into.add(cell);
    };
    await session.walk(walk.oids, add, options);
  }

  #inheritedBy(table: TablePlan): Record<string, string> {
    const inherited: Record<string, string> = {};
    for (const name of table.options.inheritTags) {
      const value = this.#tags[name];
      if (value !== undefined) inherited[name] = value;
    }
    return inherited;
  }

  #surroundings(cache: RowCache, inherited: Record<string, string>, round: Round): RowSurroundings {
    const { context, plan, budget } = this.#options;
    return { context, cache, budget, inherited, hostTag: plan.hostTag, host: this.host, stamp: round.stamp };
  }
}

/** Values of fields that share a name, by that name: the one of the last field so far. */
type Twins = Map<string, { readonly rank: number; readonly octets: Buffer }>;

/** Takes the value that was appended last out again and keeps it, unless a later field of its name had one. */
function setAside(
  values: LineBuffer,
  start: number,
  { field, rank, twins }: { field: PlannedField; rank: number; twins: Twins },
): void {
  const known = twins.get(field.name);
  if (known === undefined || known.rank < rank) {
    twins.set(field.name, { rank, octets: Buffer.from(values.bytes.subarray(start, values.length)) });
  }
  values.length = start;
}

function isMissing(cell: Cell): boolean {
  return cell.type === ValueType.noSuchObject || cell.type === ValueType.noSuchInstance;
}

/** Runs work and returns the failure of SNMP that stopped it; everything else is thrown on. */
async function attempt(work: () => Promise<void>): Promise<SnmpError | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (isSnmpError(error)) return error;
    throw error;
  }
}
