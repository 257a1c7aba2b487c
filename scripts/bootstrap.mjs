// The program behind every npm script of the root package. It needs only the built-ins of Node 20.19, because it runs
// before the first package is installed; everything else runs on the Node that the lock file pins.
import { resolve } from 'node:path';
import { buildWeb, bundle } from './bootstrap/build.mjs';
import { installPackages } from './bootstrap/install.mjs';
import { pinnedNode, runToEnd } from './bootstrap/run.mjs';
import { fail, rootDir } from './bootstrap/terminal.mjs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(
    `Node.js ${process.versions.node} is too old: 20.19 or newer is needed to start.`,
    'Get one from https://nodejs.org or from your distribution; the version that Stratora itself runs on comes by npm.',
  );
}

/** @type {Record<string, (args: string[]) => Promise<number>>} */
const commands = {
  async start(args) {
    await Promise.all([bundle(), buildWeb()]);
    return runToEnd(pinnedNode(), ['dist/stratora.mjs', 'up', ...args], { stopWithParent: true });
  },
  async demo(args) {
    await Promise.all([bundle(), buildWeb()]);
    return runToEnd(pinnedNode(), ['dist/stratora.mjs', 'demo', ...args], { stopWithParent: true });
  },
  async build() {
    await Promise.all([bundle(), buildWeb()]);
    return 0;
  },
  async test(args) {
    await Promise.all([bundle(), buildWeb()]);
    return runToEnd(pinnedNode(), ['scripts/test.ts', ...args]);
  },
  /** Runs the end-to-end tests that take long, at the sizes of the promises they prove. */
  async 'test:deep'(args) {
    await Promise.all([bundle(), buildWeb()]);
    return runToEnd(pinnedNode(), ['scripts/test.ts', '--deep', ...args]);
  },
  async bench(args) {
    await bundle();
    return runToEnd(pinnedNode(), ['bench/main.ts', ...args]);
  },
  async lint(args) {
    return runToEnd(pinnedNode(), ['scripts/lint.ts', ...args]);
  },
  async typecheck(args) {
    return runToEnd(pinnedNode(), ['node_modules/typescript/bin/tsc', '-b', ...args]);
  },
  /** Builds the Telegraf that tests and benchmarks run, and prints its path. */
  async telegraf(args) {
    return runToEnd(pinnedNode(), ['scripts/build-telegraf.ts', ...args]);
  },
  /** Takes pictures of a running demo. */
  async pictures(args) {
    return runToEnd(pinnedNode(), ['web/dev/demo-pictures.ts', ...args]);
  },
  async install() {
    return 0;
  },
  /** Runs the `stratora` command of a checkout; paths among its arguments are relative to the caller's folder. */
  async stratora(args) {
    await Promise.all([bundle(), ['up', 'demo'].includes(args[0]) ? buildWeb() : undefined]);
    return runToEnd(pinnedNode(), [resolve('dist/stratora.mjs'), ...args], { cwd: callerDir });
  },
};

const [name = '', ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (!command) fail(`Unknown command "${name}". Known: ${Object.keys(commands).join(', ')}.`);

const callerDir = process.cwd();
process.chdir(rootDir);
try {
  await installPackages();
  process.exitCode = await command(args);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
