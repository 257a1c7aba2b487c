import type { AnswerReport } from './answer-report.ts';
import type { BerWriter } from './ber-writer.ts';
import type { BulkMemory } from './bulk-memory.ts';
import { Cell, isReadable, ValueType } from './cell.ts';
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

const varbinds = new VarbindReader();
const cell = new Cell();

/**
 * A GET of all OIDs of a plan; what a cut reply leaves out is asked again. One object that spoils the answer for all is
 * found by halving, and left out.
 */
export class GetWork implements RequestWork {
  private readonly context: WorkContext;
  /** Positions in the plan still to be answered. */
  private missing: number[];
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
    const most = Math.min(this.missing.length, this.width, sizing.varbinds);
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
    const { budget, counters, sizing } = this.context;
    varbinds.reset(pdu.buffer, pdu.listStart, pdu.listEnd, pdu.hardEnd);
    let count = 0;
    let damage: SnmpError | undefined;
    try {
      for (; count < this.asked && varbinds.next(cell); count++) {
        budget.takeVarbind();
        counters.varbinds++;
        this.take(this.missing[count] ?? 0);
      }
    } catch (error) {
      if (!isSnmpError(error) || error.kind === 'limit') throw error;
      damage = error;
    }
    if (count === 0) {
      this.onNothing(damage ?? new SnmpError('bad_answer', 'The device sent an answer without any value.'));
      return;
    }
    if (count < this.asked && damage === undefined) {
      counters.cutReplies++;
      sizing.onCutAnswer(count);
    }
    this.missing = count === this.missing.length ? NONE : this.missing.slice(count);
  }

  /** Hands on the value of an object, or notes why there is none. */
  private take(position: number): void {
    const { plan, onCell, report } = this.context;
    const isOther = !isSameOid(plan.encoded[position] ?? EMPTY, cell);
    const fault = isOther ? ValueFault.otherObject : cell.fault;
    if (fault !== ValueFault.none) report?.noteFault(position, fault, plan.oids[position] ?? '');
    if (isOther) {
      this.failure ??= new SnmpError('bad_answer', 'The device answered something that was not asked.');
      return;
    }
    this.answered++;
    if (!isReadable(cell)) return;
    cell.column = position;
    cell.indexStart = cell.indexEnd;
    onCell(cell);
  }

  /** Takes an answer of which nothing can be used. */
  private onNothing(reason: SnmpError): void {
    if (this.asked > 1) this.width = this.asked >> 1;
    else this.leaveOut(0, reason);
  }

  private leaveOut(at: number, reason: SnmpError): void {
    const position = this.missing[at] ?? 0;
    this.failure ??= reason;
    this.context.report?.noteFault(position, ValueFault.refused, this.context.plan.oids[position] ?? '');
    this.missing.splice(at, 1);
    this.width = MAX_OIDS_PER_GET;
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
    const at = pdu.errorIndex - 1;
    const isNamed = at >= 0 && at < this.asked;
    // SNMPv1 names one missing OID at a time; the rest is asked again without it (RFC 1157, section 4.1.2).
    if (isNamed && status === ErrorStatus.noSuchName) this.onMissing(pdu, at);
    else if (isNamed) this.leaveOut(at, errorOfStatus(status));
    else this.onNothing(errorOfStatus(status));
  }

  private onMissing(pdu: PduView, at: number): void {
    this.answered++;
    cell.column = this.missing[at] ?? 0;
    cell.buffer = pdu.buffer;
    cell.type = ValueType.noSuchInstance;
    cell.fault = ValueFault.none;
    cell.indexStart = cell.indexEnd = cell.valueStart = cell.valueEnd = pdu.listStart;
    this.missing.splice(at, 1);
    this.context.onCell(cell);
  }
}

const NONE: number[] = [];
const EMPTY = Buffer.alloc(0);

function isSameOid(oid: Buffer, answered: Cell): boolean {
  const { buffer, indexStart, indexEnd } = answered;
  if (indexEnd - indexStart !== oid.length) return false;
  for (let i = 0; i < oid.length; i++) if (buffer[indexStart + i] !== oid[i]) return false;
  return true;
}
