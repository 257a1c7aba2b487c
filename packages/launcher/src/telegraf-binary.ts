import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type EnvironmentSource, errorMessage, runProcess, sleep } from '@stratora/runtime';
import { DataDirectoryBusyError, type DataLock, lockDataDirectory } from './data-lock.ts';
import { findProgram, isExecutable } from './program-search.ts';
import { ToolUnavailableError } from './victoria-metrics-binary.ts';

/** Version of the Telegraf that is built for the tests, as pinned in tools/telegraf/go.mod. */
export const TELEGRAF_VERSION = '1.40.1';

export interface TelegrafSearch {
  /** The program that STRATORA_TELEGRAF_BIN names. */
  binary?: string | undefined;
  searchPath: string;
  cacheDir: string;
}

export interface FoundTelegraf {
  path: string;
  source: 'option' | 'path' | 'cache' | 'built';
}

export interface TelegrafBuild extends TelegrafSearch {
  /** Folder of the go.mod, tools/telegraf. */
  moduleDir: string;
  /** Names of the inputs that are built in, no others. */
  inputs: readonly string[];
  /** Environment from which Go takes its settings: home, proxies, GOFLAGS and the like. */
  environment: EnvironmentSource;
  /** Called with each step, in words for a person. */
  onStep: (text: string) => void;
}

const PROGRAM = 'telegraf';
const PACKAGE = 'github.com/influxdata/telegraf/cmd/telegraf';
const VERSION_VARIABLE = 'github.com/influxdata/telegraf/internal.Version';
/** Plugins that are built in beside the inputs, for the component's output and the tests. */
const OTHER_PLUGINS = [
  'outputs.influxdb',
  'outputs.file',
  'outputs.discard',
  'parsers.influx',
  'serializers.influx',
];
/** Time limit of a build: compiling takes a minute and a half on two cores, and fetching modules comes on top. */
const BUILD_TIMEOUT_MS = 20 * 60_000;
const LOCK_POLL_MS = 250;

/**
 * Finds a Telegraf that is on this machine already: the given binary, on PATH, in the tool cache.
 * @throws ToolUnavailableError when the given file is no program
 */
export async function locateTelegraf(search: TelegrafSearch): Promise<FoundTelegraf | undefined> {
  if (search.binary !== undefined && search.binary !== '') {
    if (await isExecutable(search.binary)) return { path: search.binary, source: 'option' };
    throw new ToolUnavailableError(`STRATORA_TELEGRAF_BIN names ${search.binary}, which is no program.`);
  }
  const onPath = await findProgram([PROGRAM], search.searchPath);
  if (onPath !== undefined) return { path: onPath, source: 'path' };
  const cached = cachedPath(search.cacheDir);
  return (await isExecutable(cached)) ? { path: cached, source: 'cache' } : undefined;
}

/**
 * Finds Telegraf, building it by the Go tool chain when it is nowhere or when the one of the tool cache lacks an input.
 * Of several processes that ask at once one builds and the others wait for its result.
 * @throws ToolUnavailableError
 */
export async function provideTelegraf(build: TelegrafBuild): Promise<FoundTelegraf> {
  const tags = buildTags(build.inputs);
  const present = await usable(build, tags);
  if (present !== undefined) return present;
  const go = await findProgram(['go'], build.searchPath);
  if (go === undefined) {
    throw new ToolUnavailableError(
      'There is no Telegraf (STRATORA_TELEGRAF_BIN, PATH, tool cache) and no Go on PATH to build it.',
    );
  }
  const lock = await waitForLock(join(build.cacheDir, PROGRAM));
  try {
    const meanwhile = await usable(build, tags);
    if (meanwhile !== undefined) return meanwhile;
    build.onStep(`Building Telegraf ${TELEGRAF_VERSION} with ${go} (once, takes minutes) ...`);
    return { path: await compile(build, go, tags), source: 'built' };
  } finally {
    await lock.release();
  }
}

function cachedPath(cacheDir: string): string {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return join(cacheDir, PROGRAM, TELEGRAF_VERSION, PROGRAM + suffix);
}

function buildTags(inputs: readonly string[]): string {
  return ['custom', ...OTHER_PLUGINS, ...inputs.map((name) => `inputs.${name}`).toSorted()].join(',');
}

/** Locates a Telegraf; the one of the tool cache counts only when built with these plugins, which Go notes in it. */
async function usable(search: TelegrafSearch, tags: string): Promise<FoundTelegraf | undefined> {
  const found = await locateTelegraf(search);
  if (found?.source !== 'cache') return found;
  return (await readFile(found.path)).includes(`-tags=${tags}\n`) ? found : undefined;
}

async function waitForLock(folder: string): Promise<DataLock> {
  await mkdir(folder, { recursive: true });
  for (;;) {
    try {
      return await lockDataDirectory(folder, { waitForStoppingMs: 0 });
    } catch (error) {
      if (!(error instanceof DataDirectoryBusyError)) throw error;
      await sleep(LOCK_POLL_MS);
    }
  }
}

async function compile(build: TelegrafBuild, go: string, tags: string): Promise<string> {
  const target = cachedPath(build.cacheDir);
  const folder = await mkdtemp(join(build.cacheDir, PROGRAM, 'part-'));
  const output = join(folder, PROGRAM);
  try {
    await run(go, {
      args: [
        'build',
        '-mod=readonly',
        '-buildvcs=false',
        '-trimpath',
        `-tags=${tags}`,
        `-ldflags=-s -w -X ${VERSION_VARIABLE}=${TELEGRAF_VERSION}`,
        `-o=${output}`,
        PACKAGE,
      ],
      cwd: build.moduleDir,
      // Some distributions forbid Go to fetch the tool chain that go.mod names.
      env: { ...build.environment, CGO_ENABLED: '0', GOWORK: 'off', GOTOOLCHAIN: 'auto' },
    });
    const answer = await run(output, { args: ['version'], cwd: folder, env: {} });
    if (!answer.includes(TELEGRAF_VERSION)) throw new Error(`the program calls itself "${answer.trim()}"`);
    await mkdir(dirname(target), { recursive: true });
    await rename(output, target);
    return target;
  } catch (error) {
    throw new ToolUnavailableError(`Telegraf could not be built: ${errorMessage(error)}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(
  command: string,
  options: { args: string[]; cwd: string; env: Record<string, string | undefined> },
): Promise<string> {
  const result = await runProcess({ command, ...options, timeoutMs: BUILD_TIMEOUT_MS });
  if (result.code === 0) return result.stdout;
  const words = result.stderr.trim().split('\n').slice(-3).join(' ');
  throw new Error(result.timedOut ? 'it took too long' : words || `exit code ${result.code}`);
}
