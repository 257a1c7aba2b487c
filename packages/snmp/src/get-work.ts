import type { AnswerReport } from './answer-report.ts';
import type { BerWriter } from './ber-writer.ts';
import type { BulkMemory } from './bulk-memory.ts';
import { Cell, isExceptionTag, isReadable, ValueType } from './cell.ts';
import { ErrorStatus, errorOfStatus, isAccessStatus } from './error-status.ts';
import type { OidPlan } from './oid-plan.ts';
import { MAX_REQUEST_BYTES, type PduSizing } from './pdu-sizing.ts';
import type { RequestBudget } from './request-budget.ts';
import type { RequestWork } from './request-work.ts';
import type { CellHandler } from './snmp-api.ts';
import type { SnmpCounters } from './snmp-counters.ts';
import { isSnmpError, SnmpError } from './snmp-error.ts';
import { PduType, type PduView } from './snmp-message.ts';
import { ValueFault } from './value-fault.ts';
import { VarbindReader } from './varbind-reader.ts';

/** Most OIDs of one GET: as many as common agents take. */
const MAX_OIDS_PER_GET = 60;

/** The surroundings that get and walk work with. */
export interface WorkContext {
  readonly plan: OidPlan;
  readonly onCell: CellHandler;
  readonly report: AnswerReport | undefined;
  readonly sizing: PduSizing;
  readonly bulk: BulkMemory;
  readonly budget: RequestBudget;
  readonly counters: SnmpCounters;
}

/** An answer to a GET, read to its end. */
interface ValuesRead {
  /** Number of its varbinds. */
  readonly count: number;
  /** Places of values that were not asked for. */
  readonly strangers: readonly number[];
  /** Why the rest could not be read. */
  readonly damage: SnmpError | undefined;
}

const varbinds = new VarbindReader();
const cell = new Cell();

/** An object that an error has named among others, to be asked alone. */
interface NamedObject {
  readonly position: number;
  readonly status: number;
}

/**
 * A GET of all OIDs of a plan; what a cut reply leaves out is asked again. One object that spoils the answer for all is
 * the one that the error names, or is found by halving. It is left out; where errors may name the wrong one, only after
 * it was asked alone.
 */
export class GetWork implements RequestWork {
  private readonly context: WorkContext;
  /** Positions in the plan still to be answered. */
  private missing: number[];
  private named: NamedObject[] = [];
  /** True when an error has named no object of those that were asked. */
  private isVague = false;
  /** True while the named objects are asked alone. */
  private isChecking = false;
  /** Number of named objects that have a value all the same. */
  private valuesChecked = 0;
  private asked = 0;
  private width = MAX_OIDS_PER_GET;
  private answered = 0;
  private failure: SnmpError | undefined;

  constructor(context: WorkContext) {
    this.context = context;
    this.missing = context.plan.oids.map((_, position) => position);
  }

  write(writer: BerWriter, requestId: number): void {
    const { plan, sizing } = this.context;
    const most = this.isChecking ? 1 : Math.min(this.missing.length, this.width, sizing.varbinds);
    let count = 0;
    for (let bytes = 0; count < most; count++) {
      bytes += plan.varbinds[this.missing[count] ?? 0]?.length ?? 0;
      if (bytes > MAX_REQUEST_BYTES && count > 0) break;
    }
    this.asked = count;
    const mark = writer.size;
    for (let i = count - 1; i >= 0; i--) writer.bytes(plan.varbinds[this.missing[i] ?? 0] ?? EMPTY);
    writer.wrap(0x30, mark);
    writer.integer(0);
    writer.integer(0);
    writer.integer(requestId);
    writer.wrap(PduType.get, mark);
  }

  accept(pdu: PduView): boolean {
    if (pdu.errorStatus !== ErrorStatus.noError) this.onErrorStatus(pdu);
    else this.onValues(pdu);
    if (this.missing.length === 0) this.settleNamed();
    if (this.missing.length > 0) return false;
    if (this.answered === 0 && this.failure !== undefined) throw this.failure;
    return true;
  }

  onSilence(): boolean {
    return false;
  }

  onGivenUp(): boolean {
    return false;
  }

  expectedBytes(): number {
    return 100 + this.asked * 64;
  }

  private onValues(pdu: PduView): void {
    const { counters, sizing } = this.context;
    const { asked } = this;
    const answered = Array.from({ length: asked }, () => false);
    const { count, strangers, damage } = this.readValues(pdu, answered);
    if (count === 0) {
      this.onNothing(damage ?? new SnmpError('bad_answer', 'The device sent an answer without any value.'));
      return;
    }
    if (count < asked && damage === undefined) {
      counters.cutReplies++;
      sizing.onCutAnswer(count);
    }
    // What another object stands for was answered too, if wrongly.
    for (const at of strangers) {
      if (at >= asked || answered[at] === true) continue;
      answered[at] = true;
      this.onStranger(this.missing[at] ?? 0);
    }
    this.missing = this.missing.filter((_, at) => answered[at] !== true);
  }

  /**
   * Hands on the values of an answer, wherever in it they stand.
   *
   * @param answered what was asked for, by its place; set to true for what came
   */
  private readValues(pdu: PduView, answered: boolean[]): ValuesRead {
    const { budget, counters } = this.context;
    const strangers: number[] = [];
    let count = 0;
    varbinds.reset(pdu.buffer, pdu.listStart, pdu.listEnd, pdu.hardEnd);
    try {
      for (; varbinds.next(cell); count++) {
        budget.takeVarbind();
        counters.varbinds++;
        const at = this.placeOf(cell, count, answered);
        if (at < 0) {
          strangers.push(count);
          continue;
        }
        answered[at] = true;
        this.take(this.missing[at] ?? 0);
      }
    } catch (error) {
      if (!isSnmpError(error) || error.kind === 'limit') throw error;
      return { count, strangers, damage: error };
    }
    return { count, strangers, damage: undefined };
  }

  /** Finds what was asked for by the OID of its answer, most often at the same place; -1 when nothing was. */
  private placeOf(value: Cell, place: number, answered: readonly boolean[]): number {
    const isWanted = (at: number): boolean =>
      answered[at] === false && isSameOid(this.context.plan.encoded[this.missing[at] ?? 0] ?? EMPTY, value);
    if (isWanted(place)) return place;
    for (let at = 0; at < answered.length; at++) if (isWanted(at)) return at;
    return -1;
  }

  /** Hands on the value of an object, or notes why there is none. */
  private take(position: number): void {
    const { plan, onCell, report } = this.context;
    const fault = cell.fault === ValueFault.none && isEmptyTag(cell.type) ? ValueFault.noValue : cell.fault;
    if (fault !== ValueFault.none) report?.noteFault(position, fault, plan.oids[position] ?? '');
    this.answered++;
    if (this.isChecking) this.valuesChecked++;
    if (fault === ValueFault.noValue || !isReadable(cell)) return;
    cell.column = position;
    cell.indexStart = cell.indexEnd;
    onCell(cell);
  }

  private onStranger(position: number): void {
    const { plan, report } = this.context;
    report?.noteFault(position, ValueFault.otherObject, plan.oids[position] ?? '');
    this.failure ??= new SnmpError('bad_answer', 'The device answered something that was not asked.');
  }

  /** Takes an answer of which nothing can be used. */
  private onNothing(reason: SnmpError): void {
    if (this.asked > 1) this.width = this.asked >> 1;
    else this.leaveOut(0, reason);
  }

  private leaveOut(at: number, reason: SnmpError): void {
    const position = this.missing[at] ?? 0;
    this.missing.splice(at, 1);
    this.width = MAX_OIDS_PER_GET;
    this.onRefused(position, reason);
  }

  private onRefused(position: number, reason: SnmpError): void {
    this.failure ??= reason;
    this.context.report?.noteFault(position, ValueFault.refused, this.context.plan.oids[position] ?? '');
  }

  private onErrorStatus(pdu: PduView): void {
    const { sizing, counters } = this.context;
    const status = pdu.errorStatus;
    if (status === ErrorStatus.tooBig) {
      counters.tooBig++;
      if (!sizing.onTooMuch(this.asked)) this.leaveOut(0, errorOfStatus(status));
      return;
    }
    if (isAccessStatus(status)) throw errorOfStatus(status);
    if (this.takeBesideError(pdu)) return;
    const at = this.asked === 1 ? 0 : pdu.errorIndex - 1;
    const position = this.missing[at];
    if (at < 0 || at >= this.asked || position === undefined) {
      this.isVague = true;
      this.onNothing(errorOfStatus(status));
    } else if (this.asked > 1) {
      // SNMPv1 names one missing OID at a time; the rest is asked again without it (RFC 1157, section 4.1.2).
      this.named.push({ position, status });
      this.missing.splice(at, 1);
    } else if (status === ErrorStatus.noSuchName) {
      this.missing.splice(at, 1);
      this.width = MAX_OIDS_PER_GET;
      this.onMissing(position);
    } else {
      this.leaveOut(at, errorOfStatus(status));
    }
  }

  /** Asks the objects that errors have named once more, each alone, unless they are known to be the right ones. */
  private settleNamed(): void {
    const { named, context } = this;
    const isSure = context.bulk.namesRightly || (named.length === 1 && !this.isVague);
    this.named = [];
    if (isSure) {
      for (const { position, status } of named) {
        if (status === ErrorStatus.noSuchName) this.onMissing(position);
        else this.onRefused(position, errorOfStatus(status));
      }
    } else if (named.length > 0) {
      this.isChecking = true;
      this.missing = named.map(({ position }) => position);
    } else if (this.isChecking && !this.isVague && this.valuesChecked === 0) {
      context.bulk.namesRightly = true;
    }
  }

  /**
   * Takes the values that a device sends with an error, where the question with its NULLs should stand; what it does not
   * hold is asked again. False when there is none.
   */
  private takeBesideError(pdu: PduView): boolean {
    const { asked } = this;
    varbinds.reset(pdu.buffer, pdu.listStart, pdu.listEnd, pdu.hardEnd);
    const known = Array.from({ length: asked }, () => false);
    let hasTaken = false;
    try {
      for (let place = 0; varbinds.next(cell); place++) {
        if (cell.fault !== ValueFault.none || cell.type === ValueType.null || isExceptionTag(cell.type))
          continue;
        const at = this.placeOf(cell, place, known);
        if (at < 0) continue;
        this.context.budget.takeVarbind();
        known[at] = true;
        hasTaken = true;
        this.take(this.missing[at] ?? 0);
      }
    } catch (error) {
      if (!isSnmpError(error) || error.kind === 'limit') throw error;
    }
    if (hasTaken) this.missing = this.missing.filter((_, at) => known[at] !== true);
    return hasTaken;
  }

  private onMissing(position: number): void {
    this.answered++;
    cell.column = position;
    cell.buffer = EMPTY;
    cell.type = ValueType.noSuchInstance;
    cell.fault = ValueFault.none;
    cell.indexStart = cell.indexEnd = cell.valueStart = cell.valueEnd = 0;
    this.context.onCell(cell);
  }
}

/** True for NULL and endOfMibView, which say nothing of an object. */
function isEmptyTag(tag: number): boolean {
  return tag === ValueType.null || tag === ValueType.endOfMibView;
}

const EMPTY = Buffer.alloc(0);

function isSameOid(oid: Buffer, answered: Cell): boolean {
  const { buffer, indexStart, indexEnd } = answered;
  if (indexEnd - indexStart !== oid.length) return false;
  for (let i = 0; i < oid.length; i++) if (buffer[indexStart + i] !== oid[i]) return false;
  return true;
}
