import { describe, expect, test } from 'vitest';
import { AnswerReport } from './answer-report.ts';
import { BerWriter } from './ber-writer.ts';
import { BulkMemory } from './bulk-memory.ts';
import { encodeOid, readIndexText } from './oid-codec.ts';
import { compileOids } from './oid-plan.ts';
import { PduSizing } from './pdu-sizing.ts';
import { RequestBudget } from './request-budget.ts';
import { createSnmpCounters } from './snmp-counters.ts';
import { PduType, PduView } from './snmp-message.ts';
import { WalkWork } from './walk-work.ts';

const COLUMN = '1.3.6.1.2.1.2.2.1.8';
const END = varbind(encodeOid('1.3.6.1.9'));

function varbind(oid: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x30, oid.length + 5, 0x06, oid.length]), oid, Buffer.from([2, 1, 1])]);
}

/** A varbind of the column with these octets as its index. */
function rowOf(...index: number[]): Buffer {
  return varbind(Buffer.concat([encodeOid(COLUMN), Buffer.from(index)]));
}

/** Walks one column through these answers and tells what came of it. */
function walk(answers: readonly (readonly Buffer[])[]) {
  const report = new AnswerReport();
  const rows: string[] = [];
  const work = new WalkWork(
    {
      plan: compileOids([COLUMN]),
      onCell: (cell) => rows.push(readIndexText(cell.buffer, cell.indexStart, cell.indexEnd)),
      report,
      sizing: new PduSizing(256),
      bulk: new BulkMemory(),
      budget: new RequestBudget({ durationMs: 10_000 }),
      counters: createSnmpCounters(),
    },
    { maxRepetitions: 4, isVersion1: false, expectedRows: 0 },
  );
  let failure: unknown;
  let asked = 0;
  try {
    for (let isDone = false; !isDone; asked++) {
      work.write(new BerWriter(), 1);
      const pdu = new PduView();
      pdu.type = PduType.response;
      pdu.buffer = Buffer.concat([...(answers[asked] ?? [END])]);
      pdu.listEnd = pdu.hardEnd = pdu.buffer.length;
      isDone = work.accept(pdu, pdu.buffer.length);
    }
  } catch (error) {
    failure = error;
  }
  return { rows, report, failure, asked };
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
