import type { FileOutcome, RunOutcome } from './run-outcome.ts';

/** A file that failed, and passed when it was run again alone. */
export interface FlakyFile {
  file: string;
  /** The outcome of the first run. */
  first: FileOutcome;
}

export interface MergedOutcome extends RunOutcome {
  flaky: readonly FlakyFile[];
}

/**
 * Replaces the first run of one file by its second one, so that no test counts twice. A second run that did
 * not happen, or left out tests that the first one ran, proves nothing: then the first one stays.
 */
export function mergeSecondRun(merged: MergedOutcome, file: string, second: RunOutcome): MergedOutcome {
  const first = merged.files.find((one) => one.file === file);
  const again = second.files.find((one) => one.file === file);
  const unattributed = [...merged.unattributed, ...second.unattributed];
  if (first === undefined || again === undefined || leavesOut(first, again))
    return { ...merged, unattributed };
  const isFlaky = again.failures.length === 0 && second.unattributed.length === 0;
  return {
    files: merged.files.map((one) => (one === first ? again : one)),
    unattributed,
    flaky: isFlaky ? [...merged.flaky, { file, first }] : merged.flaky,
  };
}

function leavesOut(first: FileOutcome, again: FileOutcome): boolean {
  if (again.passed + again.failures.length === 0) return true;
  return again.failures.length === 0 && again.skipped.some((name) => !first.skipped.includes(name));
}
