import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage } from '@stratora/runtime';
import { type DebianTools, findDebianTools, unpackDebianPackage } from './debian-package.ts';
import { findProgram, isExecutable } from './program-search.ts';
import { downloadFile } from './release-download.ts';
import { readFromTarGz } from './tar-reader.ts';
import { fillCacheFolder } from './tool-cache.ts';

export interface Release {
  version: string;
  /** URL of the release without the file name. */
  baseUrl: string;
  /** Files by `platform-arch` as Node names them. */
  files: Readonly<Record<string, { name: string; sha256: string }>>;
}

const VERSION = '1.150.0';

function releaseFile(target: string, sha256: string) {
  return { name: `victoria-metrics-${target}-v${VERSION}.tar.gz`, sha256 };
}

/** The project's own release; hashes from its published checksum files. */
export const VICTORIA_METRICS_RELEASE: Release = {
  version: VERSION,
  baseUrl: `https://github.com/VictoriaMetrics/VictoriaMetrics/releases/download/v${VERSION}`,
  files: {
    'linux-x64': releaseFile(
      'linux-amd64',
      '22bfe77be3de1ad03f214a005129312536d77ed4e293b66c186df417ee40a61d',
    ),
    'linux-arm64': releaseFile(
      'linux-arm64',
      'fdb9e272f5e4d49cb506991b7293ed53bccbff821a62653dea7c463ae1980da5',
    ),
    'darwin-x64': releaseFile(
      'darwin-amd64',
      '46bf0d386197990a9d21fc470021990c8f0304690b6598a474cf1fffe14c2df0',
    ),
    'darwin-arm64': releaseFile(
      'darwin-arm64',
      'ed6e2c06e88fed5865fbe838d34f68613208f79032308cd12ec7d7b13785d978',
    ),
  },
};

export type ToolSource = 'option' | 'path' | 'cache' | 'debian' | 'release';

export interface ToolSearch {
  /** The program that STRATORA_VICTORIA_METRICS_BIN names. */
  binary?: string | undefined;
  searchPath: string;
  cacheDir: string;
  /** Called with each step, in words for a person. */
  onStep: (text: string) => void;
  onProgress?: (receivedBytes: number, totalBytes: number | undefined) => void;
  release?: Release;
  /** Tools that replace the search for apt and dpkg; null means that there are none. */
  debianTools?: DebianTools | null;
  platform?: string;
}

/** A program was found nowhere; the message lists what was tried and what a person can do. */
export class ToolUnavailableError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ToolUnavailableError';
  }
}

const PROGRAM = 'victoria-metrics';
const MAX_ARCHIVE_BYTES = 128 * 1024 * 1024;
const DOWNLOAD_TIMEOUT_MS = 600_000;

/**
 * Finds VictoriaMetrics, fetching it when it is nowhere: the given binary, PATH, the tool cache, the distribution's
 * package, the official release.
 * @throws ToolUnavailableError
 */
export async function findVictoriaMetrics(search: ToolSearch): Promise<{ path: string; source: ToolSource }> {
  const present = await locateVictoriaMetrics(search);
  if (present) return present;
  const tried: string[] = [];
  const debian =
    search.debianTools === undefined ? await findDebianTools(search.searchPath) : search.debianTools;
  if (debian) {
    search.onStep("Fetching VictoriaMetrics: the distribution's package (about 23 MB) ...");
    try {
      return { path: await fetchDebian(search.cacheDir, debian), source: 'debian' };
    } catch (error) {
      tried.push(`the distribution's package: ${errorMessage(error)}`);
    }
  }
  try {
    return { path: await fetchRelease(search), source: 'release' };
  } catch (error) {
    tried.push(`the official release: ${errorMessage(error)}`);
  }
  throw new ToolUnavailableError(adviceFor(tried, search));
}

/**
 * Finds the one that is on this machine already: the given binary, on PATH, in the tool cache.
 * @throws ToolUnavailableError when the given file is no program
 */
export async function locateVictoriaMetrics(
  search: Pick<ToolSearch, 'binary' | 'searchPath' | 'cacheDir' | 'release'>,
): Promise<{ path: string; source: ToolSource } | undefined> {
  if (search.binary !== undefined) {
    if (await isExecutable(search.binary)) return { path: search.binary, source: 'option' };
    throw new ToolUnavailableError(
      `STRATORA_VICTORIA_METRICS_BIN names ${search.binary}, which is no program.`,
    );
  }
  const onPath = await findProgram([PROGRAM, `${PROGRAM}-prod`], search.searchPath);
  if (onPath) return { path: onPath, source: 'path' };
  for (const folder of [releaseFolder(search.release), DEBIAN_FOLDER]) {
    const path = join(search.cacheDir, folder, PROGRAM);
    if (await isExecutable(path)) return { path, source: 'cache' };
  }
  return undefined;
}

const DEBIAN_FOLDER = 'victoria-metrics-debian';

function releaseFolder(release: Release = VICTORIA_METRICS_RELEASE): string {
  return `victoria-metrics-${release.version}`;
}

async function fetchDebian(cacheDir: string, tools: DebianTools): Promise<string> {
  const folder = await fillCacheFolder(cacheDir, DEBIAN_FOLDER, async (temporary) => {
    const work = join(temporary, 'work');
    await mkdir(work);
    await unpackDebianPackage(tools, PROGRAM, work);
    await rename(join(work, 'root', 'usr', 'bin', PROGRAM), join(temporary, PROGRAM));
    await rm(work, { recursive: true });
  });
  return join(folder, PROGRAM);
}

async function fetchRelease(search: ToolSearch): Promise<string> {
  const release = search.release ?? VICTORIA_METRICS_RELEASE;
  const platform = search.platform ?? `${process.platform}-${process.arch}`;
  const file = release.files[platform];
  if (file === undefined) throw new Error(`there is none for ${platform}`);
  const url = `${release.baseUrl}/${file.name}`;
  search.onStep(`Fetching VictoriaMetrics ${release.version}: ${url} ...`);
  const archive = await downloadFile({
    url,
    sha256: file.sha256,
    maxBytes: MAX_ARCHIVE_BYTES,
    timeoutMs: DOWNLOAD_TIMEOUT_MS,
    ...(search.onProgress ? { onProgress: search.onProgress } : {}),
  });
  const program = readFromTarGz(archive, `${PROGRAM}-prod`);
  if (program === undefined) throw new Error(`${file.name} holds no ${PROGRAM}-prod`);
  const folder = await fillCacheFolder(search.cacheDir, releaseFolder(release), async (temporary) => {
    await writeFile(join(temporary, PROGRAM), program);
    await chmod(join(temporary, PROGRAM), 0o755);
  });
  return join(folder, PROGRAM);
}

function adviceFor(tried: readonly string[], search: ToolSearch): string {
  return [
    'VictoriaMetrics, the metric store, is not installed and could not be fetched:',
    ...tried.map((line) => `  - ${line}`),
    'What helps, any one of these:',
    '  - let this machine reach the network (apt and curl settings for a proxy are respected by apt), start again',
    `  - install the package ${PROGRAM}, or put the program into a folder of PATH`,
    `  - put the program at ${join(search.cacheDir, releaseFolder(search.release), PROGRAM)}`,
    '  - set STRATORA_VICTORIA_METRICS_BIN to the program, or STRATORA_METRICS_WRITE_URL and',
    '    STRATORA_METRICS_READ_URL to a VictoriaMetrics that runs elsewhere',
  ].join('\n');
}
