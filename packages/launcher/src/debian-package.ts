import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectory, type RunResult, runProcess } from '@stratora/runtime';
import { findProgram } from './program-search.ts';

export interface DebianTools {
  aptGet: string;
  dpkg: string;
}

/** Finds apt-get and dpkg; undefined where packages are not Debian's. */
export async function findDebianTools(searchPath: string): Promise<DebianTools | undefined> {
  const [aptGet, dpkg] = await Promise.all([
    findProgram(['apt-get'], searchPath),
    findProgram(['dpkg'], searchPath),
  ]);
  return aptGet && dpkg ? { aptGet, dpkg } : undefined;
}

const UPDATE_TIMEOUT_MS = 180_000;
const DOWNLOAD_TIMEOUT_MS = 300_000;

/**
 * Downloads a package of the distribution and unpacks it into `folder`, without root and without touching the
 * system's package lists: apt works in folders of its own, with the system's sources and keys, so the package is
 * checked against the distribution's signature.
 * @throws with the message of apt
 */
export async function unpackDebianPackage(tools: DebianTools, name: string, folder: string): Promise<void> {
  const lists = join(folder, 'apt', 'lists');
  const cache = join(folder, 'apt', 'cache');
  const files = join(folder, 'apt', 'files');
  await Promise.all([lists, cache, files].map((path) => makeDirectory(join(path, 'partial'), 0o755)));
  const settings = {
    'Dir::State::Lists': lists,
    'Dir::State::status': '/dev/null',
    'Dir::Cache': cache,
    'Debug::NoLocking': '1',
    'APT::Sandbox::User': 'root',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
    'Acquire::http::Timeout': '20',
    'Acquire::https::Timeout': '20',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const run = (args: string[], timeoutMs: number) =>
    runProcess({
      command: tools.aptGet,
      args: [...options, ...args],
      cwd: files,
      timeoutMs,
      env: aptEnvironment(),
    });
  // A foreign source that does not answer makes this fail although the distribution's own lists are there.
  const update = await run(['update', '--quiet'], UPDATE_TIMEOUT_MS);
  const download = await run(['download', '--quiet', name], DOWNLOAD_TIMEOUT_MS);
  if (download.code !== 0) throw new Error(lastLines(update.code === 0 ? download : update));
  const deb = (await readdir(files)).find((file) => file.endsWith('.deb'));
  if (deb === undefined) throw new Error(`apt-get download ${name} left no package`);
  const unpack = await runProcess({
    command: tools.dpkg,
    args: ['-x', join(files, deb), join(folder, 'root')],
    timeoutMs: 60_000,
  });
  if (unpack.code !== 0) throw new Error(lastLines(unpack));
}

function aptEnvironment(): Record<string, string> {
  return { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' };
}

function lastLines(result: RunResult): string {
  if (result.timedOut) return 'it took too long';
  const lines = `${result.stdout}\n${result.stderr}`.split('\n').filter((line) => /^(E|Err|W):?/.test(line));
  return lines.slice(-2).join(' ') || `exit code ${result.code}`;
}
