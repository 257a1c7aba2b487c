import { describe, expect, test } from 'vitest';
import { AnswerReport } from './answer-report.ts';
import { BerWriter } from './ber-writer.ts';
import { BulkMemory } from './bulk-memory.ts';
import { ErrorStatus } from './error-status.ts';
import { encodeOid, readIndexText } from './oid-codec.ts';
import { compileOids } from './oid-plan.ts';
import { PduSizing } from './pdu-sizing.ts';
import { RequestBudget } from './request-budget.ts';
import { createSnmpCounters } from './snmp-counters.ts';
import { PduType, PduView } from './snmp-message.ts';
import { WalkWork } from './walk-work.ts';

/** An error that tells nothing (RFC 3416, section 3). */
const GEN_ERR = 5;
const COLUMN = '1.3.6.1.2.1.2.2.1.8';
const END = varbind(encodeOid('1.3.6.1.9'));

function varbind(oid: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x30, oid.length + 5, 0x06, oid.length]), oid, Buffer.from([2, 1, 1])]);
}

/** A varbind of the column with these octets as its index. */
function rowOf(...index: number[]): Buffer {
  return varbind(Buffer.concat([encodeOid(COLUMN), Buffer.from(index)]));
}

/** Walks one column through these answers and tells what came of it, and by what it was asked. */
function walk(answers: readonly (readonly Buffer[] | 'error')[], bulk = new BulkMemory()) {
  const report = new AnswerReport();
  const types: number[] = [];
  const rows: string[] = [];
  const work = new WalkWork(
    {
      plan: compileOids([COLUMN]),
      onCell: (cell) => rows.push(readIndexText(cell.buffer, cell.indexStart, cell.indexEnd)),
      report,
      sizing: new PduSizing(256),
      bulk,
      budget: new RequestBudget({ durationMs: 10_000 }),
      counters: createSnmpCounters(),
    },
    { maxRepetitions: 4, isStepwise: false, expectedRows: 0 },
  );
  let failure: unknown;
  let asked = 0;
  try {
    for (let isDone = false; !isDone; asked++) {
      const writer = new BerWriter();
      work.write(writer, 1);
      types.push(writer.view()[0] ?? 0);
      const answer = answers[asked] ?? [END];
      const pdu = new PduView();
      pdu.type = PduType.response;
      pdu.errorStatus = answer === 'error' ? GEN_ERR : ErrorStatus.noError;
      pdu.buffer = Buffer.concat(answer === 'error' ? [] : answer);
      pdu.listEnd = pdu.hardEnd = pdu.buffer.length;
      isDone = work.accept(pdu, pdu.buffer.length);
    }
  } catch (error) {
    failure = error;
  }
  return { rows, report, failure, asked, types };
}

describe('a row whose object identifier is damaged', () => {
  test('is passed over where rows that can be read follow it', () => {
    const { rows, report, failure } = walk([[rowOf(1), rowOf(0x80, 2), rowOf(3), rowOf(4)], [END]]);
    expect(rows).toEqual(['1', '3', '4']);
    expect(failure).toBeUndefined();
    expect(report.faults).toMatchObject([{ column: 0, count: 1, oid: COLUMN }]);
  });

  test('ends the column where nothing follows it, with the rows before it kept', () => {
    const { rows, report, failure, asked } = walk([[rowOf(1), rowOf(2)], [rowOf(0x83)], [rowOf(0x83)]]);
    expect(rows).toEqual(['1', '2']);
    expect(failure).toMatchObject({ kind: 'bad_answer' });
    expect(report.broken).toHaveLength(1);
    expect(asked).toBe(1);
  });
});

describe('a device that refuses GETBULK', () => {
  const { getBulk, getNext } = PduType;
  const HOUR_MS = 3_600_000;

  test('is asked by GETNEXT alone for an hour, and then by GETBULK once more', () => {
    let now = 5_000;
    const bulk = new BulkMemory(() => now);
    const refused = ['error', [rowOf(1)]] as const;
    expect(walk(refused, bulk)).toMatchObject({ rows: ['1'], types: [getBulk, getNext, getNext] });
    now += HOUR_MS - 1;
    expect(walk([[rowOf(1)]], bulk)).toMatchObject({ rows: ['1'], types: [getNext, getNext] });
    now += 1;
    expect(walk(refused, bulk)).toMatchObject({ rows: ['1'], types: [getBulk, getNext, getNext] });
    // The hour begins anew.
    now += HOUR_MS - 1;
    expect(walk([[rowOf(1)]], bulk).types).toEqual([getNext, getNext]);
  });

  test('is asked by GETBULK as ever once it answers one', () => {
    let now = 5_000;
    const bulk = new BulkMemory(() => now);
    walk(['error', [rowOf(1)]], bulk);
    now += HOUR_MS;
    expect(walk([[rowOf(1), END]], bulk)).toMatchObject({ rows: ['1'], types: [getBulk] });
    expect(walk([[rowOf(1), END]], bulk).types).toEqual([getBulk]);
    expect(bulk).toMatchObject({ isProven: true, isRefused: false, isDoubtful: false });
  });
});
