import { resolve } from 'node:path';
import {
  provideCompanion,
  provideNewestStore,
  providePinnedTelegraf,
  provideStore,
  provideVcsim,
} from '@stratora/testkit';
import { startVitest } from 'vitest/node';
import { deepEnvironment, deepFiles } from './test-run/deep-run.ts';
import { outcomeOf, strayErrorOf } from './test-run/module-outcome.ts';
import { attributeErrors, failedFiles, type RunOutcome } from './test-run/run-outcome.ts';
import { reportRun } from './test-run/run-report.ts';
import { type MergedOutcome, mergeSecondRun } from './test-run/second-run.ts';

/** Projects in the order of their runs: what measures times must not run beside what keeps the cores busy. */
const PROJECTS = ['unit', 'db', 'e2e', 'fleet', 'conformance'];
/** Projects that the files of the deep run belong to; at full size one is enough for a machine. */
const DEEP_PROJECTS = ['db', 'e2e', 'fleet'];
/** Workers of the deep run, where the environment does not say. */
const DEEP_WORKERS = '2';
/**
 * Projects whose tests run whole systems and real programs, where a machine that stalls can fail a correct test. A
 * unit or db test that fails now and then is wrong, and is never run twice.
 */
const REPEATED = new Set(['e2e', 'fleet', 'conformance']);

const [mode, ...rest] = process.argv.slice(2);
const isDeep = mode === '--deep';
const filters = isDeep ? deepFiles(rest) : process.argv.slice(2);
if (isDeep) {
  Object.assign(process.env, deepEnvironment(process.env));
  process.env['VITEST_MAX_WORKERS'] ??= DEEP_WORKERS;
}
// Tests of every kind start the real store; a new machine has none in its tool cache yet.
await provideStore();
await build('Telegraf', providePinnedTelegraf);
await build('newest VictoriaMetrics', provideNewestStore);
await build('simulated vCenter', provideVcsim);
await build('vmalert', () => provideCompanion('vmalert'));
const outcomes: MergedOutcome[] = [];
// No filter at all would mean every file.
if (!isDeep || filters.length > 0) {
  for (const project of isDeep ? DEEP_PROJECTS : PROJECTS) outcomes.push(await runProject(project));
}
const { lines, exitCode } = reportRun(outcomes);
for (const line of lines) console.log(line);
// Nothing may be printed after the counts, by leftover timers of the runner either.
process.exit(exitCode);

/** Builds a program that tests run beside ours. Without it they are skipped, and fail in CI. */
async function build(name: string, provide: () => Promise<unknown>): Promise<void> {
  try {
    await provide();
  } catch (error) {
    console.log(`No ${name} to test beside: ${(error as Error).message}`);
  }
}

async function runProject(project: string): Promise<MergedOutcome> {
  console.log(`\n--- ${project} tests`);
  let merged: MergedOutcome = { ...(await run(project, filters)), flaky: [] };
  if (!REPEATED.has(project)) return merged;
  for (const file of failedFiles(merged)) {
    console.log(`\n--- ${file} failed: once more, alone`);
    merged = mergeSecondRun(merged, file, await run(project, [resolve(file)]));
  }
  return merged;
}

async function run(project: string, files: string[]): Promise<RunOutcome> {
  const runner = await startVitest('test', files, {
    project: [project],
    run: true,
    watch: false,
    passWithNoTests: true,
  });
  try {
    const errors = runner.state.getUnhandledErrors().map((error) => strayErrorOf(error, runner.config.root));
    return attributeErrors(runner.state.getTestModules().map(outcomeOf), errors, project);
  } finally {
    await runner.close();
  }
}
