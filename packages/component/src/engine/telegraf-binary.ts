import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { runProcess } from '@stratora/runtime';

/** Places where Telegraf may be. */
export interface TelegrafPlaces {
  /** STRATORA_TELEGRAF_BIN; where it is given, no other place is looked at. `none` says that there is no Telegraf. */
  binary: string | undefined;
  /** PATH. */
  searchPath: string;
  /** Folder of the tool cache; undefined where there is none. */
  cacheDirectory: string | undefined;
}

export interface TelegrafBinary {
  path: string;
  /** Version as it prints it; `unknown` when it prints none. */
  version: string;
  /** Changes when another binary takes its place. */
  fingerprint: string;
}

export type TelegrafSearch = { found: TelegrafBinary } | { absent: string };

/** Oldest version that runs our configs: strict handling of variables can be asked for since then. */
const OLDEST = [1, 37];
const VERSION_TIMEOUT_MS = 3000;
const PROGRAM = process.platform === 'win32' ? 'telegraf.exe' : 'telegraf';
const ADVICE =
  'install it so that it is on PATH, name its binary in STRATORA_TELEGRAF_BIN, or choose the embedded engine';

/**
 * Looks for a Telegraf that can run our configs: the given binary, else PATH, else the newest of the tool cache.
 * @param environment of the process that prints its version
 */
export async function findTelegraf(
  places: TelegrafPlaces,
  environment: Readonly<Record<string, string>>,
): Promise<TelegrafSearch> {
  const { binary } = places;
  if (binary === 'none') return { absent: `Telegraf is switched off on this host: ${ADVICE}` };
  if (binary !== undefined && !(await isProgram(binary))) {
    return { absent: `STRATORA_TELEGRAF_BIN names ${binary}, which is no program: ${ADVICE}` };
  }
  const path = binary ?? (await onPath(places.searchPath)) ?? (await inCache(places.cacheDirectory));
  if (path === undefined) return { absent: `Telegraf is not on this host: ${ADVICE}` };
  const { size, mtimeMs, ino } = await stat(path);
  const version = await readVersion(path, environment);
  if (isTooOld(version)) {
    const needed = OLDEST.join('.');
    return { absent: `${path} is Telegraf ${version}, and ${needed} or newer is needed: ${ADVICE}` };
  }
  return { found: { path, version, fingerprint: `${path} ${ino} ${size} ${mtimeMs}` } };
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function onPath(searchPath: string): Promise<string | undefined> {
  for (const folder of searchPath.split(delimiter).filter(Boolean)) {
    const path = join(folder, PROGRAM);
    if (await isProgram(path)) return path;
  }
  return undefined;
}

/** The cache has one folder per version. */
async function inCache(directory: string | undefined): Promise<string | undefined> {
  if (directory === undefined) return undefined;
  const folder = join(directory, 'telegraf');
  const versions = (await readdir(folder).catch(() => []))
    .filter((name) => /^\d+(\.\d+)*$/.test(name))
    .toSorted((a, b) => compareVersions(numbersOf(b), numbersOf(a)));
  for (const version of versions) {
    const path = join(folder, version, PROGRAM);
    if (await isProgram(path)) return path;
  }
  return undefined;
}

async function readVersion(path: string, environment: Readonly<Record<string, string>>): Promise<string> {
  try {
    const result = await runProcess({
      command: path,
      args: ['version'],
      env: { ...environment },
      timeoutMs: VERSION_TIMEOUT_MS,
      maxOutputBytes: 4096,
    });
    return /Telegraf v?(\d[\w.+-]{0,40})/.exec(result.stdout)?.[1] ?? 'unknown';
  } catch {
    // What cannot even say its version shows by its check that it cannot run a config.
    return 'unknown';
  }
}

function isTooOld(version: string): boolean {
  const numbers = numbersOf(version);
  return numbers.length > 0 && compareVersions(numbers, OLDEST) < 0;
}

function numbersOf(version: string): number[] {
  const [numbers = ''] = /^\d+(\.\d+)*/.exec(version) ?? [];
  return numbers === '' ? [] : numbers.split('.').map(Number);
}

function compareVersions(a: readonly number[], b: readonly number[]): number {
  const at = [...a.keys()].find((index) => a[index] !== (b[index] ?? 0));
  if (at === undefined) return 0;
  return (a[at] ?? 0) - (b[at] ?? 0);
}
