import { describe, expect, test } from 'vitest';
import { AnswerReport } from './answer-report.ts';
import { BerWriter } from './ber-writer.ts';
import { BulkMemory } from './bulk-memory.ts';
import { Cell, ValueType } from './cell.ts';
import { GetWork } from './get-work.ts';
import { encodeOid, readOidText } from './oid-codec.ts';
import { compileOids } from './oid-plan.ts';
import { PduSizing } from './pdu-sizing.ts';
import { RequestBudget } from './request-budget.ts';
import { createSnmpCounters } from './snmp-counters.ts';
import { PduType, PduView } from './snmp-message.ts';
import { VarbindReader } from './varbind-reader.ts';

const OIDS = [1, 2, 3, 4].map((object) => `1.3.6.1.2.1.1.${object}.0`);
const NULL = '0500';

interface Answer {
  /** OIDs and values in hex. */
  readonly list: readonly (readonly [string, string])[];
  readonly status?: number;
  readonly index?: number;
}
type Agent = (asked: readonly string[]) => Answer;

function encode([oid, value]: readonly [string, string]): Buffer {
  const name = encodeOid(oid);
  const octets = Buffer.from(value, 'hex');
  const head = [0x30, name.length + octets.length + 2, 0x06, name.length];
  return Buffer.concat([Buffer.from(head), name, octets]);
}

/** The value of an object: its number. */
function valueOf(oid: string): readonly [string, string] {
  return [oid, `02010${oid.split('.').at(-2)}`];
}

function readAsked(request: Buffer): string[] {
  const reader = new VarbindReader();
  const cell = new Cell();
  const asked: string[] = [];
  // Tag and length of the PDU, its three integers of one octet, tag and length of the list.
  reader.reset(request, 2 + 9 + 2, request.length);
  while (reader.next(cell)) asked.push(readOidText(request, cell.indexStart, cell.indexEnd));
  return asked;
}

/** Asks a scripted device for the objects; tells what came by the last digit of its OID. */
function get(agent: Agent, oids = OIDS, bulk = new BulkMemory()) {
  const report = new AnswerReport();
  const values: (number | undefined)[] = oids.map(() => undefined);
  const work = new GetWork({
    plan: compileOids(oids),
    onCell: (cell) => {
      values[cell.column] = cell.type === ValueType.integer ? cell.buffer[cell.valueStart] : -1;
    },
    report,
    sizing: new PduSizing(256),
    bulk,
    budget: new RequestBudget({ durationMs: 10_000 }),
    counters: createSnmpCounters(),
  });
  let sent = 0;
  let failure: unknown;
  try {
    for (let isDone = false; !isDone && sent < 20; sent++) {
      const writer = new BerWriter();
      work.write(writer, 1);
      const answer = agent(readAsked(Buffer.from(writer.view())));
      const pdu = new PduView();
      pdu.type = PduType.response;
      pdu.errorStatus = answer.status ?? 0;
      pdu.errorIndex = answer.index ?? 0;
      pdu.buffer = Buffer.concat(answer.list.map(encode));
      pdu.listEnd = pdu.hardEnd = pdu.buffer.length;
      isDone = work.accept(pdu);
    }
  } catch (error) {
    failure = error;
  }
  expect(sent).toBeLessThan(20);
  return { values, report, failure, sent };
}

const STRANGE = ['1.3.6.1.9.9.9', '020109'] as const;

describe('the answer to a GET', () => {
  test.each<readonly [string, Agent]>([
    ['in the order asked', (asked) => ({ list: asked.map(valueOf) })],
    ['in the reverse order', (asked) => ({ list: asked.map(valueOf).toReversed() })],
    ['turned', (asked) => ({ list: [...asked.slice(1), ...asked.slice(0, 1)].map(valueOf) })],
    ['with something before it', (asked) => ({ list: [STRANGE, ...asked.map(valueOf)] })],
    ['with something behind it', (asked) => ({ list: [...asked.map(valueOf), STRANGE, STRANGE] })],
    ['with each value twice', (asked) => ({ list: asked.map(valueOf).flatMap((one) => [one, one]) })],
    ['without the first value', (asked) => ({ list: asked.slice(asked.length > 1 ? 1 : 0).map(valueOf) })],
    ['with one value at a time', (asked) => ({ list: asked.slice(-1).map(valueOf) })],
    ['with an error beside its values', (asked) => ({ list: asked.map(valueOf), status: 5, index: 1 })],
    [
      'with an error and a part of its values',
      (asked) => ({
        list: asked.map((oid, at) => (at === 0 ? valueOf(oid) : [oid, NULL])),
        status: asked.length === 1 ? 0 : 5,
        index: 2,
      }),
    ],
  ])('%s has all values', (_, agent) => {
    const { values, report, failure } = get(agent);
    expect(values).toEqual([1, 2, 3, 4]);
    expect([report.faults, failure]).toEqual([[], undefined]);
  });

  test('for an object that is asked twice goes to both, in any order', () => {
    const twice = [...OIDS, ...OIDS.slice(0, 1)];
    const { values } = get((asked) => ({ list: [...new Set(asked)].map(valueOf).toReversed() }), twice);
    expect(values).toEqual([1, 2, 3, 4, 1]);
  });

  test('that names another object leaves out the one at its place alone', () => {
    const { values, report, sent } = get((asked) => ({
      list: asked.map((oid, at) => (at === 1 ? STRANGE : valueOf(oid))),
    }));
    expect(values).toEqual([1, undefined, 3, 4]);
    expect(report.faults).toMatchObject([{ column: 1, count: 1, words: 'the answer names another object' }]);
    expect(sent).toBe(1);
  });

  describe('with an error for one object', () => {
    const NO_SUCH_NAME = 2;
    const GEN_ERR = 5;
    const erring =
      (bad: readonly string[], status: number, nameOf = (at: number) => at + 1): Agent =>
      (asked) => {
        const at = asked.findIndex((oid) => bad.includes(oid));
        return at < 0 ? { list: asked.map(valueOf) } : { list: [], status, index: nameOf(at) };
      };

    test.each([
      ['its place', (at: number) => at + 1],
      ['its place counted from 0', (at: number) => at],
      ['always the first place', () => 1],
      ['no place', () => 0],
      ['a place that there is not', () => 99],
    ])('and %s has all others', (_, nameOf) => {
      for (const place of [0, 1, 3]) {
        for (const status of [NO_SUCH_NAME, GEN_ERR]) {
          const { values, report, failure } = get(erring([OIDS[place] ?? ''], status, nameOf));
          const absent = status === NO_SUCH_NAME ? -1 : undefined;
          expect(values).toEqual([1, 2, 3, 4].with(place, absent as number));
          expect(failure).toBeUndefined();
          expect(report.faults).toHaveLength(status === GEN_ERR ? 1 : 0);
        }
      }
    });

    test('after the other is known to name the right one, and is not asked alone again', () => {
      const bulk = new BulkMemory();
      const agent = erring(OIDS.slice(1, 3), NO_SUCH_NAME);
      expect(get(agent, OIDS, bulk)).toMatchObject({ values: [1, -1, -1, 4], sent: 5 });
      expect(get(agent, OIDS, bulk)).toMatchObject({ values: [1, -1, -1, 4], sent: 3 });
    });
  });

  test.each([
    ['NULL', NULL],
    ['endOfMibView', '8200'],
  ])('%s as a value is left out and counted', (_, value) => {
    const { values, report, failure } = get((asked) => ({
      list: asked.map((oid) => (oid === OIDS[2] ? [oid, value] : valueOf(oid))),
    }));
    expect(values).toEqual([1, 2, undefined, 4]);
    expect(report.faults).toMatchObject([{ column: 2, count: 1, words: 'it has no value' }]);
    expect(failure).toBeUndefined();
  });
});
