import { describe, expect, test } from 'vitest';
import { ValueType } from './cell.ts';
import {
  type Agent,
  BEHIND,
  compareText,
  ENTRY,
  type Row,
  rightAnswer,
  tableOf,
  walk,
} from './scripted-walk.test-support.ts';

const ROWS = [1, 2, 3, 4, 5];
const TEXTS = ROWS.map(String);
const TABLE = tableOf([1, 2, 3], ROWS);
const WHOLE = { 1: TEXTS, 2: TEXTS, 3: TEXTS };
const right =
  (rows: readonly Row[]): Agent =>
  (question) => ({ rows: rightAnswer(rows, question) });

describe('a row without a value', () => {
  test.each([
    ['noSuchObject', ValueType.noSuchObject],
    ['noSuchInstance', ValueType.noSuchInstance],
    ['endOfMibView', ValueType.endOfMibView],
    ['NULL', ValueType.null],
  ])('(%s) costs its cell alone, and is counted', (_, type) => {
    const odd = TABLE.map((row) =>
      row.oid === `${ENTRY}.2.3` || row.oid === `${ENTRY}.2.4` ? { oid: row.oid, type } : row,
    );
    for (const isStepwise of [false, true]) {
      const { rows, report, failure } = walk(right(odd), [1, 2, 3], { isStepwise });
      expect(rows).toEqual({ ...WHOLE, 2: ['1', '2', '5'] });
      expect(failure).toBeUndefined();
      expect(report.faults).toEqual([
        { column: 1, count: 2, isTaken: false, words: 'it has no value', oid: `${ENTRY}.2.3` },
      ]);
    }
  });

  test('at the very end is the end, whatever it is called and wherever it is repeated', () => {
    for (const type of [ValueType.noSuchObject, ValueType.noSuchInstance, ValueType.endOfMibView]) {
      const agent: Agent = (question) => ({
        rows: rightAnswer(tableOf([3], ROWS), question, (oid) =>
          oid.endsWith('.5') ? { oid, type } : undefined,
        ),
      });
      const { rows, report, failure } = walk(agent, [3]);
      expect(rows).toEqual({ 3: TEXTS });
      expect([failure, report.faults]).toEqual([undefined, []]);
    }
  });

  test('under the OID that was asked, while rows went on, is the end as well', () => {
    const agent: Agent = ({ asked, repetitions }, number) => ({
      rows: Array.from({ length: repetitions }, (_, at) =>
        number === 0 && at < 2
          ? { oid: `${ENTRY}.1.${at + 1}`, type: ValueType.integer, value: at + 1 }
          : { oid: asked[0] ?? '', type: ValueType.endOfMibView },
      ),
    });
    expect(walk(agent, [1])).toMatchObject({ rows: { 1: ['1', '2'] }, failure: undefined, sent: 1 });
  });

  test.each([
    ['NULL', ValueType.null],
    ['a number', ValueType.integer],
  ])('under the OID 0.0 (%s) is the end of its column alone', (_, type) => {
    for (const isStepwise of [false, true]) {
      const agent: Agent = (question) => ({
        rows: rightAnswer(TABLE, question, (oid) =>
          oid.endsWith('.5') || oid === '0.0' ? { oid: '0.0', type, value: 0 } : undefined,
        ),
      });
      for (const columns of [[1, 2, 3], [2]]) {
        const { rows, report, failure, sent } = walk(agent, columns, { isStepwise });
        expect(rows).toEqual(Object.fromEntries(columns.map((column) => [column, TEXTS])));
        expect([failure, report.faults, report.repeats]).toEqual([undefined, [], []]);
        expect(sent).toBeLessThanOrEqual(isStepwise ? 6 : 2);
      }
    }
  });

  test('that never ends is ended by the limit of rows', () => {
    const agent: Agent = ({ asked, repetitions }) => {
      const last = Number((asked[0] ?? '').slice(ENTRY.length + 3));
      return {
        rows: Array.from({ length: repetitions }, (_, at) => ({
          oid: `${ENTRY}.1.${last + at + 1}`,
          type: ValueType.noSuchInstance,
        })),
      };
    };
    expect(walk(agent, [1], { most: 50_000 }).failure).toMatchObject({ kind: 'limit' });
  });
});

describe('an answer that is not row by row', () => {
  const columnOf = (oid: string | undefined): string => oid?.split('.').slice(0, 10).join('.') ?? '';
  const ORDERS: Readonly<Record<string, (rows: readonly Row[], asked: readonly string[]) => Row[]>> = {
    'column by column': (rows, { length: width }) =>
      Array.from({ length: width }, (_, column) => rows.filter((_, at) => at % width === column)).flat(),
    'by OID': (rows) => rows.toSorted((a, b) => compareText(a.oid, b.oid)),
    'with the columns of a row turned': (rows, { length: width }) =>
      rows.map((_, at) => rows[at - (at % width) + ((at + 1) % width)] ?? BEHIND),
    'without the columns that have ended': (rows, asked) => {
      const own = rows.filter(({ oid }, at) => columnOf(oid) === columnOf(asked[at % asked.length]));
      return own.length === 0 ? [BEHIND] : own;
    },
  };
  const UNEVEN = [...tableOf([1], ROWS), ...tableOf([2], [1]), ...tableOf([3], [1, 2, 3, 4, 5, 6, 7, 8, 9])];
  const UNEVEN_ROWS = { 1: TEXTS, 2: ['1'], 3: [1, 2, 3, 4, 5, 6, 7, 8, 9].map(String) };

  test.each(
    Object.keys(ORDERS).flatMap((order) =>
      [
        [1, 2, 3],
        [3, 1, 2],
        [2, 3, 1],
        [3, 2, 1],
      ].map((columns) => [order, columns] as const),
    ),
  )('(%s, asked %j) has all rows of all columns', (order, columns) => {
    for (const [table, expected] of [
      [TABLE, WHOLE],
      [UNEVEN, UNEVEN_ROWS],
    ] as const) {
      for (const isStepwise of [false, true]) {
        const agent: Agent = (question) => ({
          rows: ORDERS[order]?.(rightAnswer(table, question), question.asked) ?? [],
        });
        const { rows, report } = walk(agent, columns, { isStepwise });
        for (const of of Object.values(rows)) of.sort((a, b) => Number(a) - Number(b));
        expect(rows).toEqual(expected);
        expect([report.faults, report.repeats]).toEqual([[], []]);
      }
    }
  });

  test('from the last row to the first has all rows', () => {
    for (const columns of [[1, 2, 3], [3, 2, 1], [2]]) {
      const agent: Agent = (question) => ({ rows: rightAnswer(TABLE, question).toReversed() });
      const { rows } = walk(agent, columns);
      for (const of of Object.values(rows)) expect(of.toSorted()).toEqual(TEXTS);
      expect(Object.keys(rows)).toEqual(columns.map(String).toSorted());
    }
  });

  test.each([2, 3, 5, 7, 11])('and is cut after %i varbinds goes on until all have come', (most) => {
    const byColumn = ORDERS['column by column'];
    for (const columns of [
      [1, 2, 3],
      [3, 2, 1],
    ]) {
      const agent: Agent = (question) => ({
        rows: (byColumn?.(rightAnswer(TABLE, question), question.asked) ?? []).slice(0, most),
      });
      expect(walk(agent, columns)).toMatchObject({ rows: WHOLE, failure: undefined });
    }
  });

  test('asked for columns that it has not, has the others', () => {
    const byColumn = ORDERS['column by column'];
    const agent: Agent = (question) => ({
      rows: byColumn?.(rightAnswer(tableOf([2, 4], ROWS), question), question.asked) ?? [],
    });
    const { rows, failure } = walk(agent, [1, 2, 3, 4, 5]);
    expect(rows).toEqual({ 2: TEXTS, 4: TEXTS });
    expect(failure).toBeUndefined();
  });
});

describe('an answer row by row', () => {
  test.each([[[1, 2, 3]], [[3, 1, 2]], [[2, 5, 1, 3]]])('is read as such, asked %j', (columns) => {
    for (const [table, expected] of [
      [TABLE, WHOLE],
      [tableOf([2, 3], ROWS), { 2: TEXTS, 3: TEXTS }],
      [
        [...tableOf([1], [9]), ...tableOf([2], ROWS), ...tableOf([3], [7, 8])],
        { 1: ['9'], 2: TEXTS, 3: ['7', '8'] },
      ],
    ] as const) {
      const { rows, report, failure, sent } = walk(right(table), columns);
      expect(rows).toEqual(expected);
      expect([failure, report.faults, report.repeats]).toEqual([undefined, [], []]);
      expect(sent).toBeLessThanOrEqual(3);
    }
  });

  test('with more than was asked, or less, has all rows', () => {
    const more: Agent = (question) => ({
      rows: [...rightAnswer(TABLE, { ...question, repetitions: question.repetitions + 2 }), BEHIND, BEHIND],
    });
    const less: Agent = (question) => ({ rows: rightAnswer(TABLE, question).slice(0, 2) });
    for (const agent of [more, less])
      expect(walk(agent, [1, 2, 3])).toMatchObject({ rows: WHOLE, failure: undefined });
  });
});

test('a device that begins anew behind its last object is walked to the end', () => {
  const agent: Agent = (question) => ({
    rows: rightAnswer(TABLE, question, (oid) => (oid === `${ENTRY}.3.5` ? TABLE[0] : undefined)),
  });
  for (const isStepwise of [false, true]) {
    const { rows, report, failure } = walk(agent, [1, 2, 3], { isStepwise });
    expect(rows).toEqual(WHOLE);
    expect([failure, report.faults, report.repeats]).toEqual([undefined, [], []]);
  }
});

describe('a row that comes again', () => {
  test('is counted and passed over, and the walk goes on', () => {
    const twice: Agent = (question) => ({
      rows: Array.from({ length: question.repetitions }, (_, at) => at)
        .flatMap((at) => {
          const width = question.asked.length;
          const row = rightAnswer(TABLE, question).slice(at * width, at * width + width);
          return [...row, ...row];
        })
        .slice(0, question.repetitions * question.asked.length),
    });
    const { rows, report, failure } = walk(twice, [1, 2, 3]);
    expect(rows).toEqual(WHOLE);
    expect(failure).toBeUndefined();
    expect(report.repeats).toMatchObject([
      { column: 0, oid: `${ENTRY}.1.1` },
      { column: 1, oid: `${ENTRY}.2.1` },
      { column: 2, oid: `${ENTRY}.3.1` },
    ]);
  });

  test('for ever, where the device is asked from it, does not keep it from the rows behind', () => {
    const after = (oid: string): Row | undefined =>
      oid.endsWith('.2.2') ? { oid, type: ValueType.integer, value: 2 } : undefined;
    const agent: Agent = (question) => ({ rows: rightAnswer(TABLE, question, after) });
    for (const isStepwise of [false, true]) {
      const { rows, report, failure } = walk(agent, [1, 2, 3], { isStepwise });
      expect(rows).toEqual(WHOLE);
      expect(failure).toBeUndefined();
      expect(report.repeats).toMatchObject([{ column: 1, oid: `${ENTRY}.2.2` }]);
    }
  });

  test('keeps the first of its values', () => {
    const agent: Agent = (question) => ({
      rows: rightAnswer(TABLE, question).flatMap((row) =>
        row.value === undefined ? [row] : [row, { ...row, value: row.value + 100 }],
      ),
    });
    expect(walk(agent, [1])).toMatchObject({ rows: { 1: TEXTS }, failure: undefined });
  });

  test('whatever is asked ends its column, with a reason, and no other', () => {
    const agent: Agent = (question) => ({
      rows: rightAnswer(TABLE, question, (oid) =>
        /\.2\.3(\.0)?$/.test(oid) ? { oid: `${ENTRY}.2.3`, type: ValueType.integer, value: 3 } : undefined,
      ),
    });
    const { rows, report, failure } = walk(agent, [1, 2, 3]);
    expect(rows).toEqual({ ...WHOLE, 2: ['1', '2', '3'] });
    expect(failure).toMatchObject({ kind: 'bad_answer' });
    expect(report.broken).toMatchObject([{ column: 1 }]);
  });
});

describe('an error', () => {
  test('beside rows costs none of them', () => {
    const agent: Agent = (question) => ({ rows: rightAnswer(TABLE, question), status: 5, index: 1 });
    for (const isStepwise of [false, true]) {
      const { rows, failure } = walk(agent, [1, 2, 3], { isStepwise });
      expect(rows).toEqual(WHOLE);
      // An end beside an error is none that can be relied on.
      expect(failure).toMatchObject({ kind: 'bad_answer' });
    }
  });

  test('that leaves NULL in one column of a row has the other columns', () => {
    const agent: Agent = (question) => {
      const at = question.asked.findIndex((oid) => oid.startsWith(`${ENTRY}.2`));
      const rows = rightAnswer(TABLE, question);
      if (at < 0) return { rows };
      return {
        rows: rows.map((row, place) =>
          place % question.asked.length === at
            ? { oid: question.asked[at] ?? '', type: ValueType.null }
            : row,
        ),
        status: 5,
        index: at + 1,
      };
    };
    const { rows, report } = walk(agent, [1, 2, 3]);
    expect(rows).toMatchObject({ 1: TEXTS, 3: TEXTS });
    expect(report.broken).toMatchObject([{ column: 1 }]);
  });

  test.each([0, 77])('with the place %i and nothing else goes on by GETNEXT', (index) => {
    const agent: Agent = (question) =>
      question.isBulk ? { rows: [], status: 5, index } : { rows: rightAnswer(TABLE, question) };
    expect(walk(agent, [1, 2, 3])).toMatchObject({ rows: WHOLE, failure: undefined });
  });
});
