import type { Failure, RunOutcome } from './run-outcome.ts';
import type { FlakyFile, MergedOutcome } from './second-run.ts';

export interface RunReport {
  lines: readonly string[];
  exitCode: 0 | 1;
}

/** Renders the outcome of all projects; the last line has the counts and nothing else. */
export function reportRun(projects: readonly MergedOutcome[]): RunReport {
  const files = projects.flatMap((project) => project.files);
  const failures = projects.flatMap(failuresOf);
  const skipped = files.flatMap((file) => file.skipped);
  const flaky = projects.flatMap((project) => project.flaky);
  const passed = files.reduce((sum, file) => sum + file.passed, 0);
  return {
    lines: [
      ...list('Skipped', skipped),
      ...list('Failed the first time', flaky.flatMap(({ first }) => first.failures).map(failureText)),
      // Failures are repeated at the end, where a log of thousands of lines is read first.
      ...list('Failed', failures.map(failureText)),
      '',
      ...flakyLines(flaky),
      `${passed} passed, ${failures.length} failed, ${skipped.length} skipped`,
    ],
    exitCode: failures.length === 0 && passed > 0 ? 0 : 1,
  };
}

function failuresOf({ files, unattributed }: RunOutcome): Failure[] {
  return [...files.flatMap(({ failures }) => failures), ...unattributed];
}

function failureText({ name, message }: Failure): string {
  return `${name}\n    ${message}`;
}

function list(title: string, entries: readonly string[]): string[] {
  return entries.length === 0 ? [] : ['', `${title}:`, ...entries.map((entry) => `  ${entry}`)];
}

function flakyLines(flaky: readonly FlakyFile[]): string[] {
  if (flaky.length === 0) return [];
  const summary =
    flaky.length === 1
      ? '1 end-to-end file was flaky: it failed and passed when run again alone'
      : `${flaky.length} end-to-end files were flaky: they failed and passed when run again alone`;
  return [...flaky.map(({ file }) => `flaky: ${file}`), summary];
}
