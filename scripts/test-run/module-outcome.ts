import { relative } from 'node:path';
import type { TestModule } from 'vitest/node';
import type { Failure, FileOutcome, StrayError } from './run-outcome.ts';

/** Reads the outcome of a file that has run from the runner. */
export function outcomeOf(module: TestModule): FileOutcome {
  const file = module.relativeModuleId;
  let passed = 0;
  const failures: Failure[] = [];
  const skipped: string[] = [];
  // The tests of a file or a suite whose set-up failed did not run.
  for (const suite of [module, ...module.children.allSuites()]) {
    const name = suite.type === 'module' ? 'the file' : suite.fullName;
    const [error] = suite.errors();
    if (error) failures.push({ name: `${file}: ${name}`, message: firstLine(error) });
  }
  for (const test of module.children.allTests()) {
    const { state, errors } = test.result();
    const name = `${file}: ${test.fullName}`;
    if (state === 'passed') passed += 1;
    else if (state === 'failed') failures.push({ name, message: firstLine(errors[0]) });
    else skipped.push(name);
  }
  return { file, passed, failures, skipped };
}

/** Reads an error that belongs to no test; the runner notes the file that its process ran then. */
export function strayErrorOf(error: unknown, root: string): StrayError {
  const path = (error as { VITEST_TEST_PATH?: unknown } | undefined)?.VITEST_TEST_PATH;
  return {
    ...(typeof path === 'string' ? { file: relative(root, path).replaceAll('\\', '/') } : {}),
    message: firstLine(error),
  };
}

function firstLine(error: unknown): string {
  const message = (error as { message?: unknown } | undefined)?.message ?? error;
  return String(message).split('\n', 1)[0] ?? '';
}
