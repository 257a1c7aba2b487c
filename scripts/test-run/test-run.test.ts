import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEEP_SIZES, deepEnvironment, deepFiles } from './deep-run.ts';
import { LONGEST } from './longest-first.ts';
import { strayErrorOf } from './module-outcome.ts';
import { attributeErrors, type FileOutcome, failedFiles, type RunOutcome } from './run-outcome.ts';
import { reportRun } from './run-report.ts';
import { type MergedOutcome, mergeSecondRun } from './second-run.ts';

const REPOSITORY = join(import.meta.dirname, '../..');

function outcome(
  file: string,
  passed: number,
  failed: readonly string[] = [],
  skipped: string[] = [],
): FileOutcome {
  return { file, passed, failures: failed.map((name) => ({ name, message: 'expected 1 to be 2' })), skipped };
}

function firstRun(...files: FileOutcome[]): MergedOutcome {
  return { files, unattributed: [], flaky: [] };
}

function secondRun(...files: FileOutcome[]): RunOutcome {
  return { files, unattributed: [] };
}

function lastLines(...projects: MergedOutcome[]): { last: readonly string[]; exitCode: number } {
  const { lines, exitCode } = reportRun(projects);
  return { last: lines.slice(lines.lastIndexOf('') + 1), exitCode };
}

describe('a run without a second one', () => {
  it('ends with the counts alone, and succeeds when nothing failed', () => {
    const { last, exitCode } = lastLines(
      firstRun(outcome('a', 3, [], ['a: x']), outcome('b', 2)),
      firstRun(outcome('c', 1)),
    );
    expect(last).toEqual(['6 passed, 0 failed, 1 skipped']);
    expect(exitCode).toBe(0);
  });

  it('fails when one test failed, and names it with its message', () => {
    const { lines, exitCode } = reportRun([firstRun(outcome('a', 3, ['a: one']))]);
    expect(exitCode).toBe(1);
    expect(lines).toContain('  a: one\n    expected 1 to be 2');
    expect(lines.at(-1)).toBe('3 passed, 1 failed, 0 skipped');
  });

  it('fails when nothing ran at all', () => {
    expect(lastLines(firstRun())).toEqual({ last: ['0 passed, 0 failed, 0 skipped'], exitCode: 1 });
  });
});

describe('an error outside of tests', () => {
  it('fails the file that it came from, though all its tests passed', () => {
    const run = attributeErrors([outcome('a', 3), outcome('b', 2)], [{ file: 'b', message: 'stray' }], 'e2e');
    expect(failedFiles(run)).toEqual(['b']);
    expect(lastLines({ ...run, flaky: [] })).toEqual({
      last: ['5 passed, 1 failed, 0 skipped'],
      exitCode: 1,
    });
  });

  it.each([{ message: 'stray' }, { file: 'elsewhere', message: 'stray' }])(
    'fails the run when it belongs to no file that ran: %j',
    (error) => {
      const run = attributeErrors([outcome('a', 3)], [error], 'e2e');
      expect(failedFiles(run)).toEqual([]);
      const { lines, exitCode } = reportRun([{ ...run, flaky: [] }]);
      expect(exitCode).toBe(1);
      expect(lines).toContain('  e2e: outside of tests\n    stray');
    },
  );

  it('is read from what the runner adds to it', () => {
    const error = Object.assign(new Error('stray\nand more'), {
      VITEST_TEST_PATH: '/checkout/e2e/a.test.ts',
    });
    expect(strayErrorOf(error, '/checkout')).toEqual({ file: 'e2e/a.test.ts', message: 'stray' });
    expect(strayErrorOf('a text', '/checkout')).toEqual({ message: 'a text' });
  });
});

describe('a second run of a file that failed', () => {
  const first = firstRun(outcome('a', 3), outcome('b', 5, ['b: one', 'b: two'], ['b: never']));

  it('makes it flaky when all passes, and counts each test once', () => {
    const merged = mergeSecondRun(first, 'b', secondRun(outcome('b', 7, [], ['b: never'])));
    expect(lastLines(merged)).toEqual({
      last: [
        'flaky: b',
        '1 end-to-end file was flaky: it failed and passed when run again alone',
        '10 passed, 0 failed, 1 skipped',
      ],
      exitCode: 0,
    });
    expect(reportRun([merged]).lines).toContain('Failed the first time:');
  });

  it('leaves it failed when it fails again, with the counts of the second run', () => {
    const merged = mergeSecondRun(first, 'b', secondRun(outcome('b', 6, ['b: two'], ['b: never'])));
    expect(lastLines(merged)).toEqual({ last: ['9 passed, 1 failed, 1 skipped'], exitCode: 1 });
  });

  it.each([
    ['did not run', secondRun()],
    ['ran no test', secondRun(outcome('b', 0, [], ['b: never']))],
    ['skipped what failed', secondRun(outcome('b', 6, [], ['b: never', 'b: two']))],
  ])('changes nothing when it %s', (_, second) => {
    expect(lastLines(mergeSecondRun(first, 'b', second))).toEqual({
      last: ['8 passed, 2 failed, 1 skipped'],
      exitCode: 1,
    });
  });

  it('excuses no error outside of tests that it has itself', () => {
    const again = attributeErrors([outcome('b', 7)], [{ message: 'stray' }], 'e2e');
    expect(lastLines(mergeSecondRun(first, 'b', again))).toEqual({
      last: ['10 passed, 1 failed, 0 skipped'],
      exitCode: 1,
    });
    const attributed = attributeErrors([outcome('b', 7)], [{ file: 'b', message: 'stray' }], 'e2e');
    expect(lastLines(mergeSecondRun(first, 'b', attributed)).exitCode).toBe(1);
  });

  it('excuses no error of the first run that belongs to no file', () => {
    const stray = attributeErrors(first.files, [{ message: 'stray' }], 'e2e');
    const merged = mergeSecondRun({ ...stray, flaky: [] }, 'b', secondRun(outcome('b', 7)));
    expect(lastLines(merged).exitCode).toBe(1);
  });

  it('is told of each file, and of more than one in other words', () => {
    const both = firstRun(outcome('a', 2, ['a: one']), outcome('b', 6, ['b: one']));
    const merged = ['a', 'b'].reduce(
      (sum, file) => mergeSecondRun(sum, file, secondRun(outcome(file, 4))),
      both,
    );
    expect(lastLines(firstRun(outcome('c', 1)), merged).last).toEqual([
      'flaky: a',
      'flaky: b',
      '2 end-to-end files were flaky: they failed and passed when run again alone',
      '9 passed, 0 failed, 0 skipped',
    ]);
  });
});

describe('the deep run', () => {
  it.each(deepFiles([]))('has %s, which reads the sizes that are set for it', (file) => {
    const text = readFileSync(join(REPOSITORY, file), 'utf8');
    for (const name of Object.keys(DEEP_SIZES[file] ?? {})) expect(text).toContain(`process.env['${name}']`);
  });

  it('runs what a filter names, and nothing for one that names nothing', () => {
    expect(deepFiles(['outage'])).toEqual(['e2e/outage.test.ts']);
    expect(deepFiles(['nowhere'])).toEqual([]);
  });

  it('sets every size that is not set already', () => {
    expect(deepEnvironment({}).STRATORA_TEST_KILLS).toBe('50');
    const given = deepEnvironment({ STRATORA_TEST_KILLS: '9' });
    expect(given).not.toHaveProperty('STRATORA_TEST_KILLS');
    expect(given).toHaveProperty('STRATORA_TEST_OUTAGE_SECONDS', '300');
  });
});

describe('the order of the files', () => {
  it.each(LONGEST)('begins early with %s, which is there', (file) => {
    expect(existsSync(join(REPOSITORY, file))).toBe(true);
  });

  it('has a place for each of them alone', () => {
    expect(new Set(LONGEST).size).toBe(LONGEST.length);
  });
});
