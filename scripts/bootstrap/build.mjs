import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exclusively } from './exclusive.mjs';
import { pinnedNode } from './run.mjs';
import { step } from './terminal.mjs';

const KEEP_OLD_CHUNKS_MS = 24 * 3600 * 1000;

/** Bundles the services into dist/*.mjs, unless they are built from these very sources. */
export function bundle() {
  const inputs = [...folders('packages', 'src'), ...folders('services', 'src')];
  const files = [
    'package-lock.json',
    'rolldown.config.mjs',
    'package.json',
    'scripts/bundle.ts',
    'scripts/bundle/bundle-parts.ts',
  ];
  return whenStale({ name: 'bundle', inputs, files, stamp: 'dist/.bundle-stamp' }, async () => {
    await step('Building the services', () => node(['scripts/bundle.ts']));
    dropOldChunks('dist/chunks');
  });
}

/** Builds the web UI into web/dist, unless it is built from these very sources. */
export function buildWeb() {
  const inputs = ['web/src', 'web/public', 'packages/contract/src'];
  const files = ['package-lock.json', 'web/index.html', 'web/vite.config.ts', 'web/package.json'];
  const stamp = 'web/build/.site-stamp';
  if (!existsSync('web/dist/index.html')) rmSync(stamp, { force: true });
  return whenStale({ name: 'web', inputs, files, stamp }, () =>
    step('Building the web UI', async () => {
      // The build goes to a temporary folder and is swapped in, so that a running server never serves half a site.
      const args = ['build', '--logLevel', 'warn', '--outDir', 'build/site', '--emptyOutDir'];
      await node(['../node_modules/vite/bin/vite.js', ...args], 'web');
      rmSync('web/dist', { recursive: true, force: true });
      renameSync('web/build/site', 'web/dist');
    }),
  );
}

async function whenStale({ name, inputs, files, stamp }, build) {
  if (readStamp(stamp) === digest(inputs, files)) return;
  await exclusively(`build-${name}`, async () => {
    // The hash is taken before the build: what changes meanwhile makes the next start build again.
    const sources = digest(inputs, files);
    if (readStamp(stamp) === sources) return;
    rmSync(stamp, { force: true });
    await build();
    writeFileSync(stamp, sources);
  });
}

function readStamp(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function folders(parent, child) {
  return readdirSync(parent)
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) => join(parent, name, child));
}

function digest(inputs, files) {
  const hash = createHash('sha256');
  const all = new Set([...inputs.flatMap(sourceFiles), ...files.filter((file) => existsSync(file))]);
  for (const file of all) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function sourceFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort((a, b) => (a < b ? -1 : 1));
}

/** Drops chunks a day older than the newest; younger ones of an earlier build may still be loaded by a running server. */
function dropOldChunks(folder) {
  if (!existsSync(folder)) return;
  const newest = Math.max(...readdirSync(folder).map((name) => statSync(join(folder, name)).mtimeMs));
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (newest - statSync(path).mtimeMs > KEEP_OLD_CHUNKS_MS) rmSync(path, { force: true });
  }
}

function node(args, cwd = '.') {
  return new Promise((resolve, reject) => {
    const child = spawn(pinnedNode(), args, { cwd, stdio: ['ignore', 2, 2] });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve(undefined);
      else reject(new Error('The build failed; its reason is above.'));
    });
  });
}
