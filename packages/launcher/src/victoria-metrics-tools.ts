import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorMessage } from '@stratora/runtime';
import { type DebianTools, findDebianTools, unpackDebianPackage } from './debian-package.ts';
import { findProgram, isExecutable } from './program-search.ts';
import { fillCacheFolder } from './tool-cache.ts';
import { ToolUnavailableError } from './victoria-metrics-binary.ts';

export interface StoreToolSearch {
  /** The program that STRATORA_VICTORIA_METRICS_BIN names; its companions may lie beside it. */
  binary?: string | undefined;
  searchPath: string;
  cacheDir: string;
  /** Called with each step, in words for a person. */
  onStep: (text: string) => void;
  /** Tools that replace the search for apt and dpkg; null means that there are none. */
  debianTools?: DebianTools | null;
}

const PACKAGE = 'victoria-metrics';
const TOOLS_FOLDER = 'victoria-metrics-tools-debian';
const TOOL_NAME = /^vm[a-z]+$/;

/**
 * Provides a companion program of VictoriaMetrics (vmauth, vmagent, vmalert), which benchmarks run as a peer: beside
 * the given store, on PATH, from the tool cache, else from the distribution's package, of which all companions are
 * kept.
 * @throws ToolUnavailableError in words for a person
 */
export async function provideStoreTool(name: string, search: StoreToolSearch): Promise<string> {
  const cached = join(search.cacheDir, TOOLS_FOLDER, name);
  const beside = search.binary === undefined ? [] : [join(dirname(search.binary), name)];
  for (const path of [...beside, cached]) if (await isExecutable(path)) return path;
  const onPath = await findProgram([name, `${name}-prod`], search.searchPath);
  if (onPath !== undefined) return onPath;
  const debian =
    search.debianTools === undefined ? await findDebianTools(search.searchPath) : search.debianTools;
  if (!debian) throw unavailable(name, 'there is no apt-get here to fetch it with');
  search.onStep(`Fetching ${name}: the distribution's package ${PACKAGE} (about 23 MB) ...`);
  try {
    await fillCacheFolder(search.cacheDir, TOOLS_FOLDER, (folder) => unpackTools(debian, folder));
  } catch (error) {
    throw unavailable(name, errorMessage(error));
  }
  if (await isExecutable(cached)) return cached;
  throw unavailable(name, `the package ${PACKAGE} does not hold it`);
}

async function unpackTools(debian: DebianTools, folder: string): Promise<void> {
  const work = join(folder, 'work');
  await mkdir(work);
  await unpackDebianPackage(debian, PACKAGE, work);
  const programs = join(work, 'root', 'usr', 'bin');
  for (const name of await readdir(programs)) {
    if (TOOL_NAME.test(name)) await rename(join(programs, name), join(folder, name));
  }
  await rm(work, { recursive: true });
}

function unavailable(name: string, reason: string): ToolUnavailableError {
  return new ToolUnavailableError(
    `${name} is not on PATH and could not be fetched: ${reason}. It is part of the package ${PACKAGE}.`,
  );
}
