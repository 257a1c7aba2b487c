import {
  AnswerReport,
  Cell,
  compileOids,
  RequestBudget,
  readIndexText,
  SnmpTable,
  ValueType,
} from '@stratora/snmp';
import { afterEach, describe, expect, test } from 'vitest';
import type { Behaviour } from './device-spec.ts';
import { MibImage } from './mib-image.ts';
import { networkDeviceObjects } from './network-device.ts';
import { TestPlant } from './plant.test-support.ts';

const ENTRY = '1.3.6.1.2.1.2.2.1';
const COLUMNS = compileOids(Array.from({ length: 22 }, (_, at) => `${ENTRY}.${at + 1}`));
const SYSTEM = ['1.3.6.1.2.1.1.1.0', '1.3.6.1.2.1.1.3.0', '1.3.6.1.2.1.1.5.0'];

let plant = new TestPlant();
afterEach(async () => {
  await plant.end();
  plant = new TestPlant();
});

/** Walks once and tells the index of each row with the number of its cells. */
async function walkOnce(session = plant.session(), plan = COLUMNS) {
  const table = new SnmpTable();
  const report = new AnswerReport();
  const budget = new RequestBudget({ durationMs: 8_000 });
  const before = plant.manager.counters.sent;
  const failure = await session
    .walkTable(plan, table, { report, budget })
    .then(() => undefined)
    .catch((error: unknown) => error as Error);
  const cell = new Cell();
  const rows = Array.from({ length: table.rowCount }, (_, row) => {
    table.readIndex(row, cell);
    const index = readIndexText(cell.buffer, cell.indexStart, cell.indexEnd);
    const cells = plan.oids.filter((_, column) => table.read(row, column, cell)).length;
    return `${index}: ${cells}`;
  });
  return { rows, report, failure, sent: plant.manager.counters.sent - before };
}

const WHOLE = ['1: 22', '2: 22', '3: 22', '4: 22'];

describe('a device that does not know GETBULK', () => {
  test.each(['silent', 'error', 'empty', 'garbage'] as const)(
    'and answers it %s is walked row by row, and at once the next time',
    async (by) => {
      await plant.start({ behaviour: { kind: 'noBulk', by } });
      const session = plant.session();
      expect(await walkOnce(session)).toMatchObject({ rows: WHOLE, failure: undefined });
      const { retries } = plant.manager.counters;
      const second = await walkOnce(session);
      expect(second).toMatchObject({ rows: WHOLE, failure: undefined });
      // Five rows with the one behind the last, by requests of all columns.
      expect(second.sent).toBeLessThanOrEqual(6);
      expect(plant.manager.counters.retries).toBe(retries);
    },
  );

  test('is so for all sessions with it, and for no other device', async () => {
    await plant.start({ behaviour: { kind: 'noBulk', by: 'error' } }, {});
    await walkOnce(plant.session(0));
    expect((await walkOnce(plant.session(0))).sent).toBeLessThanOrEqual(6);
    await walkOnce(plant.session(1));
    expect((await walkOnce(plant.session(1))).sent).toBeLessThan(5);
  });

  test('one lost answer does not make it so', async () => {
    await plant.start({ behaviour: { kind: 'lossy', every: 2 } });
    const session = plant.session(0, { retries: 3 });
    await walkOnce(session);
    const { requests } = plant.plant.devices[0] ?? { requests: 0 };
    await walkOnce(session);
    expect((plant.plant.devices[0]?.requests ?? 0) - requests).toBeLessThanOrEqual(6);
  });
});

describe('a column that spoils the answer for all', () => {
  test.each([true, false])('is left out when the error names it: %s', async (isNamed) => {
    await plant.start({ behaviour: { kind: 'badColumn', oid: `${ENTRY}.5`, isNamed } });
    const { rows, report, failure } = await walkOnce();
    expect(rows).toEqual(WHOLE.map((row) => row.replace('22', '21')));
    expect(failure).toMatchObject({ kind: 'bad_answer' });
    expect(report.broken).toEqual([{ column: 4, words: expect.stringContaining('genErr') as string }]);
    expect(report.openColumns).toBeUndefined();
  });

  test.each([true, false])('is left out of a GET as well, named: %s', async (isNamed) => {
    await plant.start({ behaviour: { kind: 'badColumn', oid: '1.3.6.1.2.1.1.3', isNamed } });
    const report = new AnswerReport();
    const values = await plant.session().getValues(SYSTEM, { report });
    expect(values.map(({ type }) => type)).toEqual([
      ValueType.octetString,
      ValueType.null,
      ValueType.octetString,
    ]);
    expect(report.faults).toMatchObject([{ column: 1, count: 1, oid: SYSTEM[1] }]);
  });
});

describe('rows in an order of their own', () => {
  test('come all, in that order', async () => {
    await plant.start({ behaviour: { kind: 'unordered', indexes: [1, 5, 3, 7, 2] } });
    for (const version of [1, 2] as const) {
      const session = plant.session(0, { version, community: 'public' });
      const { rows, failure } = await walkOnce(session);
      expect(rows).toEqual(['1: 22', '5: 22', '3: 22', '7: 22', '2: 22']);
      expect(failure).toBeUndefined();
    }
  });

  test.each<readonly [string, readonly number[], number]>([
    ['from the last to the first', [1, 2], 1],
    ['from the last to one in the middle', [1, 2, 3, 4, 5], 3],
    ['over rows out of order', [9, 2, 7, 4], 2],
    ['on one row', [6], 6],
  ])('that form a circle %s are kept, and the walk ends', async (_, indexes, next) => {
    await plant.start({ behaviour: { kind: 'unordered', indexes, next } });
    for (const version of [1, 2] as const) {
      const { rows, report, failure, sent } = await walkOnce(
        plant.session(0, { version, community: 'public' }),
      );
      expect(rows).toEqual(indexes.map((index) => `${index}: 22`));
      expect(failure).toMatchObject({ kind: 'bad_answer' });
      expect(report.broken).toHaveLength(22);
      expect(sent).toBeLessThanOrEqual(2 * indexes.length + 2);
    }
  });
});

describe('values that cannot be read', () => {
  const objects = networkDeviceObjects({ ports: 4 }).map((object) => {
    const sent: Readonly<Record<string, string>> = {
      [`${ENTRY}.8.2`]: '0200',
      [`${ENTRY}.8.3`]: '0200',
      [`${ENTRY}.10.1`]: '410a00000000000000000001',
      [`${ENTRY}.6.4`]: '0409000000000001',
      '1.3.6.1.2.1.1.3.0': '4300',
    };
    const octets = sent[object.oid];
    return octets === undefined ? object : { ...object, sent: Buffer.from(octets, 'hex') };
  });

  test('are noted by column with their number, and cost nothing else', async () => {
    await plant.start({ image: new MibImage(objects) });
    const { rows, report, failure } = await walkOnce();
    expect(failure).toBeUndefined();
    expect(rows).toEqual(['1: 21', '2: 21', '3: 21', '4: 22']);
    expect(report.faults.toSorted((a, b) => a.column - b.column)).toEqual([
      { column: 5, count: 1, isTaken: true, words: 'text with a wrong length', oid: `${ENTRY}.6.4` },
      { column: 7, count: 2, isTaken: false, words: 'a number without octets', oid: `${ENTRY}.8.2` },
      { column: 9, count: 1, isTaken: false, words: 'a number of more than 64 bits', oid: `${ENTRY}.10.1` },
    ]);
  });

  test('come as nothing from a GET', async () => {
    await plant.start({ image: new MibImage(objects) });
    const values = await plant.session().getValues(SYSTEM);
    expect(values.map(({ oid }) => oid)).toEqual(SYSTEM);
    expect(values[1]).toMatchObject({ type: ValueType.null, value: null });
    expect(values[2]?.value).toBeDefined();
  });
});

test('a walk that its budget ends tells which columns are unfinished', async () => {
  await plant.start({ behaviour: { kind: 'endless' } satisfies Behaviour });
  const table = new SnmpTable();
  const report = new AnswerReport();
  const budget = new RequestBudget({ durationMs: 8_000, maxVarbinds: 900 });
  await expect(plant.session().walkTable(COLUMNS, table, { report, budget })).rejects.toMatchObject({
    kind: 'limit',
  });
  expect(table.rowCount).toBeGreaterThanOrEqual(40);
  expect(report.openColumns).toHaveLength(22);
});
