import { providePinnedTelegraf, provideStore } from '@stratora/testkit';
import { startVitest, type TestModule } from 'vitest/node';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** One after the other: end-to-end tests measure times and must not share the machine with a hundred unit tests. */
const PROJECTS = ['unit', 'db', 'e2e', 'conformance'];

const filters = process.argv.slice(2);
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const failed: string[] = [];
const skipped: string[] = [];
// Tests of every kind start the real store; a new machine has none in its tool cache yet.
await provideStore();
await buildTelegraf();
for (const project of PROJECTS) {
  console.log(`\n--- ${project} tests`);
  await runProject(project);
}
list('Skipped', skipped);
// Once more at the end, where a log of thousands of lines is read first.
list('Failed', failed);
console.log('');
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
// Nothing after the counts: leftover timers of the runner must not print either.
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

/** The tests that compare engines run real Telegraf. Where it cannot be had they are skipped, and fail in CI. */
async function buildTelegraf(): Promise<void> {
  try {
    await providePinnedTelegraf();
  } catch (error) {
    console.log(`No Telegraf to test beside: ${(error as Error).message}`);
  }
}

async function runProject(project: string): Promise<void> {
  const runner = await startVitest('test', filters, {
    project,
    run: true,
    watch: false,
    passWithNoTests: true,
  });
  try {
    for (const module of runner.state.getTestModules()) count(module);
    // What nobody caught belongs to no test, and yet something is broken.
    for (const error of runner.state.getUnhandledErrors()) fail(`${project}: outside of tests`, [error]);
  } finally {
    await runner.close();
  }
}

function count(module: TestModule): void {
  // A file or a suite that could not even be set up has tests that did not run.
  for (const suite of [module, ...module.children.allSuites()]) {
    const name = suite.type === 'module' ? 'the file' : suite.fullName;
    if (suite.errors().length > 0) fail(`${module.relativeModuleId}: ${name}`, suite.errors());
  }
  for (const test of module.children.allTests()) {
    const { state, errors } = test.result();
    const name = `${module.relativeModuleId}: ${test.fullName}`;
    if (state === 'passed') total.passed += 1;
    else if (state === 'failed') fail(name, errors);
    else {
      total.skipped += 1;
      skipped.push(name);
    }
  }
}

function fail(name: string, errors: readonly unknown[]): void {
  total.failed += 1;
  const [error] = errors;
  const message = (error as { message?: unknown } | undefined)?.message ?? error;
  failed.push(`${name}\n    ${String(message).split('\n', 1)[0]}`);
}

function list(title: string, names: readonly string[]): void {
  if (names.length > 0) console.log(`\n${title}:\n${names.map((name) => `  ${name}`).join('\n')}`);
}
