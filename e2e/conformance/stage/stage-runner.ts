import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultToolCacheDir, locateTelegraf } from '@stratora/launcher';
import { findVcsim } from '@stratora/testkit';
import type { StageResult, StageSpec } from './stage-spec.ts';

const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));
const NAMESPACES = ['--net', '--mount', '--pid', '--fork', '--mount-proc', '--uts', '--ipc', '--kill-child'];

/** Returns the reason for which this machine cannot have a stage; undefined when it can. */
export function findStageObstacle(): string | undefined {
  if (process.platform !== 'linux') return 'there are namespaces on Linux only';
  const tried = spawnSync('unshare', [
    ...NAMESPACES,
    'ip',
    'link',
    'add',
    'probe-a',
    'type',
    'veth',
    'peer',
    'name',
    'probe-b',
  ]);
  return tried.status === 0 ? undefined : 'no right to make namespaces and interfaces in them (root has it)';
}

/** Finds the Telegraf of this machine: STRATORA_TELEGRAF_BIN, PATH, the tool cache. */
export async function findTelegraf(): Promise<string | undefined> {
  const found = await locateTelegraf({
    binary: process.env['STRATORA_TELEGRAF_BIN'],
    searchPath: process.env['PATH'] ?? '',
    cacheDir: process.env['STRATORA_TOOL_CACHE'] ?? defaultToolCacheDir(process.env),
  });
  return found?.path;
}

/** Returns the command of the built engine, as components run it. */
export function embeddedCommand(): readonly string[] {
  const program = join(REPOSITORY, 'dist/stratora.mjs');
  if (!existsSync(program)) throw new Error('dist/ is not built: npm run build');
  return [process.execPath, program, 'engine', 'run', '--config'];
}

/** Runs both engines on all confs of a stage in namespaces of their own. */
export async function runStage(spec: Omit<StageSpec, 'folder' | 'vcsim'>): Promise<StageResult> {
  const folder = await mkdtemp(join(tmpdir(), 'stratora-conformance-'));
  try {
    const specFile = join(folder, 'spec.json');
    const resultFile = join(folder, 'result.json');
    await writeFile(specFile, JSON.stringify({ ...spec, vcsim: findVcsim(), folder } satisfies StageSpec));
    const main = fileURLToPath(new URL('main.ts', import.meta.url));
    const output = await runToEnd('unshare', [...NAMESPACES, process.execPath, main, specFile, resultFile]);
    if (!existsSync(resultFile)) throw new Error(`the stage failed: ${output}`);
    return JSON.parse(await readFile(resultFile, 'utf8')) as StageResult;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runToEnd(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', () => resolve(output));
  });
}
