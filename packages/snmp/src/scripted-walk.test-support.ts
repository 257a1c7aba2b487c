import { expect } from 'vitest';
import { AnswerReport } from './answer-report.ts';
import { BerWriter } from './ber-writer.ts';
import { BulkMemory } from './bulk-memory.ts';
import { Cell, ValueType } from './cell.ts';
import { encodeOid, readIndexText, readOidText } from './oid-codec.ts';
import { compileOids } from './oid-plan.ts';
import { PduSizing } from './pdu-sizing.ts';
import { RequestBudget } from './request-budget.ts';
import { createSnmpCounters } from './snmp-counters.ts';
import { PduType, PduView } from './snmp-message.ts';
import { VarbindReader } from './varbind-reader.ts';
import { WalkWork } from './walk-work.ts';

export const ENTRY = '1.3.6.1.2.1.2.2.1';
/** An object behind all tables. */
export const BEHIND: Row = { oid: '1.3.6.1.9.1', type: ValueType.integer, value: 1 };

/** A varbind of a device: an exception or NULL where it has no value. */
export interface Row {
  readonly oid: string;
  readonly type: number;
  readonly value?: number;
}

/** A question, as a scripted device sees it. */
export interface Question {
  readonly isBulk: boolean;
  readonly repetitions: number;
  readonly asked: readonly string[];
}

export interface Answer {
  readonly rows: readonly Row[];
  readonly status?: number;
  readonly index?: number;
}

export type Agent = (question: Question, number: number) => Answer;

/** The rows of these columns; each value is its row number. */
export function tableOf(columns: readonly number[], rows: readonly number[]): Row[] {
  return columns.flatMap((column) =>
    rows.map((row) => ({ oid: `${ENTRY}.${column}.${row}`, type: ValueType.integer, value: row })),
  );
}

export function compareText(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  const at = left.findIndex((arc, place) => arc !== right[place]);
  if (at < 0) return left.length - right.length;
  return right[at] === undefined ? 1 : (left[at] ?? 0) - (right[at] ?? 0);
}

/** Answers as RFC 3416 has it from rows in any order; `after` overrides what follows an OID. */
export function rightAnswer(
  rows: readonly Row[],
  question: Question,
  after?: (oid: string) => Row | undefined,
): Row[] {
  const sorted = [...rows, BEHIND].toSorted((a, b) => compareText(a.oid, b.oid));
  const next = (oid: string): Row =>
    after?.(oid) ??
    sorted.find((row) => compareText(row.oid, oid) > 0) ?? { oid, type: ValueType.endOfMibView };
  const now = [...question.asked];
  const answered: Row[] = [];
  for (let repetition = 0; repetition < question.repetitions; repetition++) {
    for (const [at, oid] of now.entries()) {
      const row = next(oid);
      answered.push(row);
      now[at] = row.oid;
    }
  }
  return answered;
}

function encode({ oid, type, value }: Row): Buffer {
  const name = encodeOid(oid);
  const octets = value === undefined ? [type, 0] : [type, 1, value];
  const list = [0x30, name.length + 2 + octets.length, 0x06, name.length];
  return Buffer.concat([Buffer.from(list), name, Buffer.from(octets)]);
}

function readQuestion(octets: Buffer): Question {
  const reader = new VarbindReader();
  const cell = new Cell();
  const asked: string[] = [];
  // The list is the last part of a PDU whose lengths all take one octet here, or two.
  const pdu = new PduView();
  const at = octets.indexOf(Buffer.from([0x02, 0x01, 0x01]));
  let position = at + 3;
  const numbers: number[] = [];
  for (let count = 0; count < 2; count++) {
    numbers.push(octets[position + 2] ?? 0);
    position += 3;
  }
  const isLong = (octets[position + 1] ?? 0) >= 0x80;
  pdu.listStart = position + (isLong ? 3 : 2);
  reader.reset(octets, pdu.listStart, octets.length);
  while (reader.next(cell)) asked.push(readOidText(octets, cell.indexStart, cell.indexEnd));
  const isBulk = octets[0] === PduType.getBulk;
  return { isBulk, repetitions: isBulk ? (numbers[1] ?? 0) : 1, asked };
}

/** Walks columns of a scripted device and tells its rows by column, as `index=value`. */
export function walk(agent: Agent, columns: readonly number[], { isStepwise = false, most = 40 } = {}) {
  const report = new AnswerReport();
  const rows: Record<string, string[]> = {};
  const plan = compileOids(columns.map((column) => `${ENTRY}.${column}`));
  const work = new WalkWork(
    {
      plan,
      onCell: (cell) => {
        const index = readIndexText(cell.buffer, cell.indexStart, cell.indexEnd);
        const value = cell.buffer[cell.valueStart];
        const of = String(columns[cell.column]);
        rows[of] = [...(rows[of] ?? []), Number(index) === value ? index : `${index}=${value}`];
      },
      report,
      sizing: new PduSizing(256),
      bulk: new BulkMemory(),
      budget: new RequestBudget({ durationMs: 10_000 }),
      counters: createSnmpCounters(),
    },
    { maxRepetitions: 4, isStepwise, expectedRows: 0 },
  );
  let failure: unknown;
  let sent = 0;
  try {
    for (let isDone = false; !isDone && sent < most; ) {
      const writer = new BerWriter();
      work.write(writer, 1);
      const answer = agent(readQuestion(Buffer.from(writer.view())), sent++);
      const pdu = new PduView();
      pdu.type = PduType.response;
      pdu.errorStatus = answer.status ?? 0;
      pdu.errorIndex = answer.index ?? 0;
      pdu.buffer = Buffer.concat(answer.rows.map(encode));
      pdu.listEnd = pdu.hardEnd = pdu.buffer.length;
      isDone = work.accept(pdu, pdu.buffer.length);
    }
  } catch (error) {
    failure = error;
  }
  expect(sent).toBeLessThan(most);
  return { rows, report, failure, sent };
}
