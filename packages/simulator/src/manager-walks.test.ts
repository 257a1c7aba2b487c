import { Cell, compileOids, readIndexText, readValue, SnmpTable, ValueType } from '@stratora/snmp';
import { afterEach, describe, expect, test } from 'vitest';
import type { Behaviour } from './device-spec.ts';
import { MibImage } from './mib-image.ts';
import type { MibObject } from './mib-object.ts';
import { networkDeviceObjects } from './network-device.ts';
import { TestPlant } from './plant.test-support.ts';

const ENTRY = '1.3.6.1.2.1.2.2.1';
const COLUMNS = compileOids(Array.from({ length: 22 }, (_, at) => `${ENTRY}.${at + 1}`));
const PORTS = 24;

let plant = new TestPlant();
afterEach(async () => {
  await plant.end();
  plant = new TestPlant();
});

/** Renders index and values of all rows as text. */
function rowsOf(table: SnmpTable): string[] {
  const cell = new Cell();
  return Array.from({ length: table.rowCount }, (_, row) => {
    table.readIndex(row, cell);
    const index = readIndexText(cell.buffer, cell.indexStart, cell.indexEnd);
    const values = Array.from({ length: table.columnCount }, (_, column) =>
      table.read(row, column, cell) ? String(readValue(cell)) : '-',
    );
    return `${index}: ${values.join(' ')}`;
  });
}

/** Derives the expected rows from the objects alone. */
function expectedRows(objects: readonly MibObject[], columns: readonly string[]): string[] {
  const indexes = new Set<string>();
  const values = new Map<string, string>();
  for (const object of objects) {
    const column = columns.findIndex((oid) => object.oid.startsWith(`${oid}.`));
    if (column < 0 || typeof object.value === 'function') continue;
    const index = object.oid.slice((columns[column]?.length ?? 0) + 1);
    indexes.add(index);
    values.set(`${column} ${index}`, String(object.value));
  }
  return [...indexes].map(
    (index) => `${index}: ${columns.map((_, column) => values.get(`${column} ${index}`) ?? '-').join(' ')}`,
  );
}

/** The objects of a switch at one moment, counters wrapped as on the wire. */
const still = networkDeviceObjects({ ports: PORTS }).map((object) => {
  const value = typeof object.value === 'function' ? object.value(1_800_000_000) : object.value;
  const isWrapped = object.type === ValueType.counter32 || object.type === ValueType.timeTicks;
  return { ...object, value: isWrapped && typeof value === 'number' ? value % 2 ** 32 : value };
});

describe('a walk of 22 columns and 24 rows', () => {
  test.each<readonly [string, Behaviour | undefined, 1 | 2, number | undefined]>([
    ['is whole', undefined, 2, undefined],
    ['is whole over SNMPv1', undefined, 1, undefined],
    ['is whole when answers are cut within a row', { kind: 'cut', varbinds: 37 }, 2, undefined],
    ['is whole when answers never hold one row', { kind: 'cut', varbinds: 5 }, 2, undefined],
    ['is whole when answers hold one value', { kind: 'cut', varbinds: 1 }, 2, undefined],
    ['is whole when the device says tooBig', { kind: 'tooBig', varbinds: 9 }, 2, undefined],
    ['is whole when answers fit 484 octets', undefined, 2, 484],
    ['is whole when every seventh answer is lost', { kind: 'lossy', every: 7 }, 2, undefined],
  ])('%s', async (_, behaviour, version, maxReplyBytes) => {
    await plant.start({ image: new MibImage(still), behaviour, maxReplyBytes });
    const session = plant.session(0, { version, community: 'public', retries: 5 });
    const table = new SnmpTable();
    for (let round = 0; round < 3; round++) {
      await session.walkTable(COLUMNS, table);
      expect(rowsOf(table)).toEqual(expectedRows(still, COLUMNS.oids));
    }
  });

  test('takes a handful of requests once the device is known', async () => {
    await plant.start({ image: new MibImage(still) });
    const session = plant.session();
    const table = new SnmpTable();
    await session.walkTable(COLUMNS, table);
    await session.walkTable(COLUMNS, table);
    const before = plant.manager.counters.sent;
    await session.walkTable(COLUMNS, table);
    expect(plant.manager.counters.sent - before).toBe(3);
  });

  test('a cut answer is noticed and counted', async () => {
    await plant.start({ image: new MibImage(still), behaviour: { kind: 'cut', varbinds: 37 } });
    await plant.session().walkTable(COLUMNS, new SnmpTable());
    expect(plant.manager.counters.cutReplies).toBeGreaterThan(0);
  });
});

describe('awkward tables', () => {
  const root = '1.3.6.1.4.1.99999.1.1';
  const integer = ValueType.integer;

  test('columns with holes, several arcs and large arcs are joined by index', async () => {
    const objects: MibObject[] = [];
    for (const [column, indexes] of [
      [1, ['1.5', '1.200', '1.300.7', '2.4294967295', '9']],
      [2, ['1.200', '2.4294967295']],
      [3, ['1.5', '1.300.7', '1.300.7.1', '100000.1']],
      [4, []],
    ] as const) {
      for (const index of indexes)
        objects.push({ oid: `${root}.${column}.${index}`, type: integer, value: column });
    }
    const columns = [1, 2, 3, 4, 77].map((column) => `${root}.${column}`);
    await plant.start({ image: new MibImage(objects) });
    for (const maxRepetitions of [1, 2, 50]) {
      const table = new SnmpTable();
      await plant.session().walkTable(compileOids(columns), table, { maxRepetitions });
      expect(rowsOf(table).toSorted()).toEqual(expectedRows(objects, columns).toSorted());
    }
  });

  test('the last column of the MIB ends at the end of the MIB', async () => {
    const objects: MibObject[] = [1, 2, 3].map((index) => ({
      oid: `${root}.1.${index}`,
      type: integer,
      value: index,
    }));
    await plant.start({ image: new MibImage(objects) });
    for (const version of [1, 2] as const) {
      const values = await plant.session(0, { version, community: 'public' }).walkValues(`${root}.1`);
      expect(values.map((value) => value.value)).toEqual([1, 2, 3]);
      expect(await plant.session(0, { version, community: 'public' }).walkValues(`${root}.2`)).toEqual([]);
    }
  });

  test('a table that has grown or shrunk since the last walk is whole', async () => {
    const rows = (count: number): MibImage =>
      new MibImage(
        Array.from({ length: count }, (_, at) => ({ oid: `${root}.1.${at + 1}`, type: integer, value: at })),
      );
    const plan = compileOids([`${root}.1`]);
    for (const count of [3, 90, 1, 0, 40]) {
      await plant.start({ image: rows(count) });
      const session = plant.session();
      const table = new SnmpTable();
      await session.walkTable(plan, table);
      expect(table.rowCount).toBe(count);
      await plant.plant.stop();
    }
  });
});

describe('a GET', () => {
  test('of more objects than one request holds is whole and in place', async () => {
    await plant.start({ image: new MibImage(still), maxReplyBytes: 700 });
    const oids = still.slice(0, 300).map((object) => object.oid);
    const values = await plant.session().getValues(oids);
    expect(values.map((value) => value.oid)).toEqual(oids);
    expect(values.map((value) => String(value.value))).toEqual(
      still.slice(0, 300).map((object) => String(object.value)),
    );
  });

  test('tells what is missing, in both versions', async () => {
    await plant.start({ image: new MibImage(still) });
    const oids = ['1.3.6.1.2.1.1.5.0', '1.3.6.1.2.1.1.99.0', `${ENTRY}.1.99`, `${ENTRY}.1.1`];
    const types = async (version: 1 | 2): Promise<number[]> =>
      (await plant.session(0, { version, community: 'public' }).getValues(oids)).map((value) => value.type);
    expect(await types(2)).toEqual([4, ValueType.noSuchObject, ValueType.noSuchInstance, 2]);
    expect(await types(1)).toEqual([4, ValueType.noSuchInstance, ValueType.noSuchInstance, 2]);
  });
});

test('a device never has two requests at once, its sessions included', async () => {
  await plant.start({ behaviour: { kind: 'slow', delayMs: 10 } });
  const [device] = plant.plant.devices;
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, (device?.requests ?? 0) - (device?.answers ?? 0));
  }, 1);
  const target = { retries: 0, timeoutMs: 2_000 };
  const sessions = [plant.session(0, target), plant.session(0, target)];
  await Promise.all(
    sessions.flatMap((session) => [
      session.getValues(['1.3.6.1.2.1.1.5.0']),
      session.walkValues('1.3.6.1.2.1.1'),
    ]),
  );
  clearInterval(watch);
  expect(most).toBeLessThanOrEqual(1);
  expect(plant.manager.counters.sent).toBe(device?.requests);
});
