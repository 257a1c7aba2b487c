import { defaultToolCacheDir, findVictoriaMetrics } from '@stratora/launcher';
import { startVitest, type TestModule } from 'vitest/node';
import { providePinnedTelegraf } from './provide-telegraf.ts';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** One after the other: end-to-end tests measure times and must not share the machine with a hundred unit tests. */
const PROJECTS = ['unit', 'db', 'e2e', 'conformance'];

const filters = process.argv.slice(2);
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const skipped: string[] = [];
await fetchStore();
await buildTelegraf();
for (const project of PROJECTS) {
  console.log(`\n--- ${project} tests`);
  await runProject(project);
}
if (skipped.length > 0) console.log(`\nSkipped:\n${skipped.map((name) => `  ${name}`).join('\n')}`);
console.log('');
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
// Nothing after the counts: leftover timers of the runner must not print either.
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

/** Tests of every kind start the real store; a new machine has none in its tool cache yet. */
async function fetchStore(): Promise<void> {
  await findVictoriaMetrics({
    binary: process.env['STRATORA_VICTORIA_METRICS_BIN'],
    searchPath: process.env['PATH'] ?? '',
    cacheDir: process.env['STRATORA_TOOL_CACHE'] ?? defaultToolCacheDir(process.env),
    onStep: (text) => console.log(text),
  });
}

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
    total.failed += runner.state.getUnhandledErrors().length;
  } finally {
    await runner.close();
  }
}

function count(module: TestModule): void {
  // A file or a suite that could not even be set up has tests that did not run.
  const broken = [module, ...module.children.allSuites()].filter((suite) => suite.errors().length > 0);
  total.failed += broken.length;
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    if (state === 'passed') total.passed += 1;
    else if (state === 'failed') total.failed += 1;
    else {
      total.skipped += 1;
      skipped.push(`${module.relativeModuleId}: ${test.fullName}`);
    }
  }
}
