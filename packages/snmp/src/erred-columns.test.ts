import { describe, expect, test } from 'vitest';
import { type Agent, compareText, ENTRY, rightAnswer, tableOf, walk } from './scripted-walk.test-support.ts';

const ROWS = [1, 2, 3, 4, 5];
const TEXTS = ROWS.map(String);
const TABLE = tableOf([1, 2, 3], ROWS);
const WHOLE = { 1: TEXTS, 2: TEXTS, 3: TEXTS };

describe('an error in the middle of a column', () => {
  /** Answers as from these rows, but with an error for whatever leads to one of the bad ones. */
  const erring =
    (bad: readonly string[], status: number, { nameOf = (at: number) => at + 1, rows = TABLE } = {}): Agent =>
    (question) => {
      const answered = rightAnswer(rows, question);
      const at = answered.findIndex(({ oid }) => bad.includes(oid));
      return at < 0 ? { rows: answered } : { rows: [], status, index: nameOf(at % question.asked.length) };
    };
  const NO_SUCH_NAME = 2;
  const GEN_ERR = 5;
  const words = 'the device answers with an error';

  test.each([
    ['noSuchName', NO_SUCH_NAME, ['1', '3', '5']],
    // In the first row it is also what the device says to the question behind the last row of the column before.
    ['genErr', GEN_ERR, ['3', '5']],
  ] as const)('(%s) costs that value alone, and is counted', (_, status, places) => {
    for (const isStepwise of [true, false]) {
      for (const place of places) {
        const bad = `${ENTRY}.2.${place}`;
        const { rows, report, failure } = walk(erring([bad], status), [1, 2, 3], { isStepwise });
        expect(rows).toEqual({ ...WHOLE, 2: TEXTS.filter((text) => text !== place) });
        expect(failure).toBeUndefined();
        expect(report.faults).toEqual([{ column: 1, count: 1, isTaken: false, words, oid: bad }]);
      }
    }
  });

  test('costs several values one after the other, each of them alone', () => {
    const bad = [`${ENTRY}.1.2`, `${ENTRY}.1.3`, `${ENTRY}.3.4`];
    const { rows, report, failure } = walk(erring(bad, NO_SUCH_NAME), [1, 2, 3], { isStepwise: true });
    expect(rows).toEqual({ 1: ['1', '4', '5'], 2: TEXTS, 3: ['1', '2', '3', '5'] });
    expect(failure).toBeUndefined();
    expect(report.faults).toMatchObject([
      { column: 0, count: 2, oid: `${ENTRY}.1.2` },
      { column: 2, count: 1, oid: `${ENTRY}.3.4` },
    ]);
  });

  test.each([
    ['counted from 0', (at: number) => at],
    ['always the first', () => 1],
    ['none', () => 0],
  ])('whose place is wrong (%s) costs no other column', (_, nameOf) => {
    for (const isStepwise of [true, false]) {
      const agent = erring([`${ENTRY}.2.3`], GEN_ERR, { nameOf });
      const { rows, failure } = walk(agent, [1, 2, 3], { isStepwise, most: 80 });
      expect(rows).toEqual({ ...WHOLE, 2: ['1', '2', '4', '5'] });
      expect(failure).toBeUndefined();
    }
  });

  test('that one value is too big for any answer costs it alone', () => {
    const TOO_BIG = 1;
    for (const isStepwise of [true, false]) {
      const agent = erring([`${ENTRY}.2.3`], TOO_BIG, { nameOf: () => 0 });
      const { rows, report, failure } = walk(agent, [1, 2, 3], { isStepwise, most: 80 });
      expect(rows).toEqual({ ...WHOLE, 2: ['1', '2', '4', '5'] });
      expect(failure).toBeUndefined();
      expect(report.faults).toMatchObject([{ column: 1, count: 1, oid: `${ENTRY}.2.3` }]);
    }
  });

  test('in the only column is passed over, one number at a time', () => {
    const { rows, report } = walk(erring([`${ENTRY}.2.3`], GEN_ERR), [2]);
    expect(rows).toEqual({ 2: ['1', '2', '4', '5'] });
    expect(report.faults).toMatchObject([{ column: 0, count: 1, oid: `${ENTRY}.2.3` }]);
  });

  test('for all the rest of it ends the column, with a reason', () => {
    const bad = [3, 4, 5].map((row) => `${ENTRY}.2.${row}`);
    const agent: Agent = (question, number) => {
      const place = question.asked.findIndex((oid) => oid.startsWith(`${ENTRY}.2.`) && oid > `${ENTRY}.2.1`);
      return place < 0
        ? erring(bad, NO_SUCH_NAME)(question, number)
        : { rows: [], status: NO_SUCH_NAME, index: place + 1 };
    };
    const { rows, report, failure } = walk(agent, [1, 2, 3], { isStepwise: true });
    expect(rows).toEqual({ ...WHOLE, 2: ['1', '2'] });
    expect(failure).toMatchObject({ kind: 'bad_answer' });
    expect(report.broken).toMatchObject([{ column: 1 }]);
  });

  test('is none where the device has nothing more, of which nothing is said', () => {
    const known = tableOf([1, 2, 3], ROWS).filter(({ oid }) => oid !== `${ENTRY}.3.5`);
    const agent: Agent = (question) => {
      const answered = question.asked.map((oid) => known.find((row) => compareText(row.oid, oid) > 0));
      const at = answered.indexOf(undefined);
      return at < 0
        ? { rows: answered.flatMap((row) => row ?? []) }
        : { rows: [], status: NO_SUCH_NAME, index: at + 1 };
    };
    const { rows, report, failure } = walk(agent, [1, 2, 3, 4], { isStepwise: true });
    expect(rows).toEqual({ ...WHOLE, 3: ['1', '2', '3', '4'] });
    expect([failure, report.faults, report.broken]).toEqual([undefined, [], []]);
  });
});
