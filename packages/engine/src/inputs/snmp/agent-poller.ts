import {
  AnswerReport,
  type Cell,
  isSnmpError,
  type RequestBudget,
  readIndexText,
  SnmpError,
  type SnmpSession,
  type SnmpTable,
  ValueFault,
} from '@stratora/snmp';
import type { InputContext, Sink } from '../../input.ts';
import type { BlockPlan, PreparedTable } from './block-plan.ts';
import type { DeviceRegistry } from './device-registry.ts';
import { FieldValues } from './field-values.ts';
import type { LineBuffer } from './line-buffer.ts';
import { describeFaults, describeWalk, openColumns, type Reports, worstOf } from './poll-problem.ts';
import { RowCache } from './row-cache.ts';
import { JoinedRows, PlainRows } from './row-set.ts';
import type { SeriesBudget } from './series-budget.ts';
import { type RowSurroundings, seriesPrefix } from './table-encoder.ts';
import { cutIndex, type TablePlan, type WalkPlan } from './table-plan.ts';
import { faultOfValue } from './value-conversion.ts';

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
    const { registry, context, plan, session } = this.#options;
    const { intervalMs } = context;
    const round = {
      sink,
      stamp: Buffer.from(` ${sink.timestampMs()}000000\n`),
      signal,
      budget: registry.budgetOf(this.device, { intervalMs, maxRequests: plan.maxRequests }, this),
    };
    // Who was silent needs no memory until it answers; neither it nor one that is asked slowly may keep others waiting.
    const isSlow = this.#wasSilent || session.target.pace?.requestsPerSecond !== undefined;
    const place = isSlow ? undefined : await registry.gate.enter(signal);
    try {
      const failure = await this.#pollAll(round);
      this.#wasSilent =
        failure !== undefined &&
        (failure.kind === 'timeout' || failure.kind === 'refused' || isUnheard(failure));
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
    const problems: SnmpError[] = [];
    if (plan.fields !== undefined) {
      const failure = await attempt(() => this.#pollFields(round));
      if (failure !== undefined) problems.push(failure);
      if (failure !== undefined && this.#isHopeless(failure, round)) return failure;
    }
    for (const [index, table] of plan.tables.entries()) {
      const cache = this.#caches[index];
      if (cache === undefined) continue;
      const failed = await attempt(() => this.#pollTable(table, cache, round));
      if (failed === undefined) continue;
      if (this.#isHopeless(failed, round)) return problems[0] ?? failed;
      problems.push(new SnmpError(failed.kind, `${table.plan.options.name}: ${failed.message}`));
    }
    return worstOf(problems);
  }

  /**
   * True when going on would only cost time: a silent device, a refused login. A spent budget fails at once by itself.
   */
  #isHopeless(failure: SnmpError, round: Round): boolean {
    // A value that cannot be read is no failure of the poll: it has no cause.
    if (this.#options.plan.stopOnError) return failure.cause !== undefined;
    if (failure.kind === 'timeout' || isUnheard(failure)) return round.budget.answers === 0;
    return failure.kind === 'auth' || failure.kind === 'refused';
  }

  async #pollFields(round: Round): Promise<void> {
    const { plan, session, registry } = this.#options;
    if (plan.fields === undefined) return;
    const { oids, list } = plan.fields;
    const report = new AnswerReport();
    const values = new FieldValues(list, registry);
    try {
      const take = (cell: Cell): void => {
        const conversion = list[cell.column]?.conversion;
        const fault = conversion === undefined ? ValueFault.none : faultOfValue(cell, conversion);
        if (fault === ValueFault.none) values.take(cell);
        else report.noteFault(cell.column, fault, oids.oids[cell.column] ?? '');
      };
      const failure = await attempt(() => session.get(oids, take, { ...round, report }));
      // What came before a failure is written, as far as it is known whose it is.
      const isWhole = values.fillTags(this.#tags);
      if (values.hasAnswer && (isWhole || failure === undefined)) this.#writeFields(values, round);
      const faults = describeFaults(report, (at) => ({
        name: list[at]?.name ?? '',
        oid: oids.oids[at] ?? '',
      }));
      failWith(failure, [failure?.message, faults]);
    } finally {
      values.release();
    }
  }

  #writeFields(values: FieldValues, round: Round): void {
    this.#inherit(values.tags);
    const around = this.#surroundings(new RowCache(), {}, round);
    const prefix = seriesPrefix(this.#options.plan.name, values.tags, around);
    const octets = values.encoded();
    if (prefix.length === 0 || octets === undefined) return;
    this.#write(round, (out) => {
      out.append(prefix);
      out.append(octets);
      out.append(round.stamp);
      out.lines += 1;
    });
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
    const reports = [new AnswerReport(), new AnswerReport()] as const;
    try {
      const failure = await this.#walkBoth(plan, { tables: [first, second], reports }, round);
      const rows = second === undefined ? new PlainRows(first) : new JoinedRows(first, second, plan);
      const around = this.#surroundings(cache, this.#inheritedBy(plan), round);
      const open = openColumns(plan, reports, failure);
      const refused = this.#write(round, (out) =>
        open.size > 0
          ? table.encoder.encodePartial(rows, around, out, open)
          : table.encoder.encode(rows, around, out),
      );
      failWith(failure ?? (refused > 0 ? TOO_MANY_SERIES : undefined), [
        ...describeWalk(plan, reports, { failure, rows: rows.count }),
        refused > 0 ? `${refused} new rows were left out: too many new series within an hour.` : '',
      ]);
    } finally {
      registry.returnTable(first);
      if (second !== undefined) registry.returnTable(second);
    }
  }

  /** Walks a table and the one that is joined to it, which is of no use when the first broke off. */
  async #walkBoth(
    plan: TablePlan,
    { tables, reports }: { readonly tables: readonly [SnmpTable, SnmpTable | undefined]; reports: Reports },
    round: Round,
  ): Promise<SnmpError | undefined> {
    const walkOne = async (walk: WalkPlan | undefined, at: 0 | 1): Promise<SnmpError | undefined> => {
      const into = tables[at];
      if (walk === undefined || into === undefined) return undefined;
      return await attempt(() => this.#walk(walk, { into, report: reports[at] }, round));
    };
    const failure = await walkOne(plan.first, 0);
    if (reports[0].openColumns === undefined) return (await walkOne(plan.second, 1)) ?? failure;
    reports[1].openColumns = plan.second?.oids.oids.map((_, column) => column);
    return failure;
  }

  async #walk(
    walk: WalkPlan,
    to: { readonly into: SnmpTable; readonly report: AnswerReport },
    round: Round,
  ): Promise<void> {
    const { session, plan } = this.#options;
    const { into, report } = to;
    const { signal, budget } = round;
    const options = { signal, budget, report, maxRepetitions: plan.maxRepetitions };
    const { cuts, checks, oids } = walk;
    const add = (cell: Cell): void => {
      const { column, indexEnd } = cell;
      const cut = cuts?.[column];
      if (cut !== undefined && !cutIndex(cell, cut)) return;
      const check = checks[column];
      const fault = check === undefined ? ValueFault.none : faultOfValue(cell, check);
      if (fault === ValueFault.none) {
        into.add(cell);
        return;
      }
      report.noteFault(
        column,
        fault,
        `${oids.oids[column]}.${readIndexText(cell.buffer, cell.indexStart, indexEnd)}`,
      );
    };
    await session.walk(oids, add, options);
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

/** True when nothing that came could be taken for an answer. */
function isUnheard(failure: SnmpError): boolean {
  return failure.isUnheard || (isSnmpError(failure.cause) && failure.cause.isUnheard);
}

const TOO_MANY_SERIES = new SnmpError('limit', 'too many new series');

/** Throws the failure with these words; without one, the words alone are a bad answer. Does nothing without words. */
function failWith(failure: SnmpError | undefined, words: readonly (string | undefined)[]): void {
  const message = words.filter((text) => text !== undefined && text !== '').join(' ');
  if (message === '') return;
  throw new SnmpError(failure?.kind ?? 'bad_answer', message, { cause: failure });
}
