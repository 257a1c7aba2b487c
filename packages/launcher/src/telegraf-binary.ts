import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnvironmentSource } from '@stratora/runtime';
import { buildGoProgram, lockBuild } from './go-build.ts';
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
  const lock = await lockBuild(join(build.cacheDir, PROGRAM));
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

function compile(build: TelegrafBuild, go: string, tags: string): Promise<string> {
  return buildGoProgram({
    title: 'Telegraf',
    go,
    moduleDir: build.moduleDir,
    package: PACKAGE,
    args: [`-tags=${tags}`, `-ldflags=-s -w -X ${VERSION_VARIABLE}=${TELEGRAF_VERSION}`],
    target: cachedPath(build.cacheDir),
    environment: build.environment,
    versionArgs: ['version'],
    version: TELEGRAF_VERSION,
  });
}
