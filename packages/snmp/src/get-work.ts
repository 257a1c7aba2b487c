import { VarbindReader } from './ber-reader.ts';
import type { BerWriter } from './ber-writer.ts';
import { Cell, ValueType } from './cell.ts';
import { ErrorStatus, errorOfStatus } from './error-status.ts';
import type { OidPlan } from './oid-plan.ts';
import { MAX_REQUEST_BYTES, type PduSizing } from './pdu-sizing.ts';
import type { RequestBudget } from './request-budget.ts';
import type { RequestWork } from './request-work.ts';
import type { CellHandler } from './snmp-api.ts';
import type { SnmpCounters } from './snmp-counters.ts';
import { SnmpError } from './snmp-error.ts';
import { PduType, type PduView } from './snmp-message.ts';

/** Most OIDs of one GET: as many as common agents take. */
const MAX_OIDS_PER_GET = 60;

/** The surroundings that get and walk work with. */
export interface WorkContext {
  readonly plan: OidPlan;
  readonly onCell: CellHandler;
  readonly sizing: PduSizing;
  readonly budget: RequestBudget;
  readonly counters: SnmpCounters;
}

const varbinds = new VarbindReader();
const cell = new Cell();

/** A GET of all OIDs of a plan; what a cut reply leaves out is asked again. */
export class GetWork implements RequestWork {
  private readonly context: WorkContext;
  /** Positions in the plan still to be answered. */
  private missing: number[];
  private asked = 0;

  constructor(context: WorkContext) {
    this.context = context;
    this.missing = context.plan.oids.map((_, position) => position);
  }

  write(writer: BerWriter, requestId: number): void {
    const { plan, sizing } = this.context;
    const most = Math.min(this.missing.length, MAX_OIDS_PER_GET, sizing.varbinds);
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
    return this.missing.length === 0;
  }

  onSilence(): boolean {
    return false;
  }

  expectedBytes(): number {
    return 100 + this.asked * 64;
  }

  private onValues(pdu: PduView): void {
    const { plan, budget, counters, onCell, sizing } = this.context;
    varbinds.reset(pdu.buffer, pdu.listStart, pdu.listEnd);
    let count = 0;
    while (count < this.asked && varbinds.next(cell)) {
      const position = this.missing[count] ?? 0;
      const oid = plan.encoded[position] ?? EMPTY;
      if (!isSameOid(oid, cell))
        throw new SnmpError('bad_answer', 'The device answered something that was not asked.');
      budget.takeVarbind();
      counters.varbinds++;
      cell.column = position;
      cell.indexStart = cell.indexEnd;
      onCell(cell);
      count++;
    }
    if (count === 0) throw new SnmpError('bad_answer', 'The device sent an answer without any value.');
    if (count < this.asked) {
      counters.cutReplies++;
      sizing.onCutAnswer(count);
    }
    this.missing = count === this.missing.length ? NONE : this.missing.slice(count);
  }

  private onErrorStatus(pdu: PduView): void {
    const { sizing, counters, onCell } = this.context;
    if (pdu.errorStatus === ErrorStatus.tooBig) {
      counters.tooBig++;
      if (!sizing.onTooMuch(this.asked)) throw errorOfStatus(pdu.errorStatus);
      return;
    }
    // SNMPv1 names one missing OID at a time; the rest is asked again without it (RFC 1157, section 4.1.2).
    const at = pdu.errorIndex - 1;
    if (pdu.errorStatus !== ErrorStatus.noSuchName || at < 0 || at >= this.asked)
      throw errorOfStatus(pdu.errorStatus);
    cell.column = this.missing[at] ?? 0;
    cell.buffer = pdu.buffer;
    cell.type = ValueType.noSuchInstance;
    cell.indexStart = cell.indexEnd = cell.valueStart = cell.valueEnd = pdu.listStart;
    this.missing.splice(at, 1);
    onCell(cell);
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
