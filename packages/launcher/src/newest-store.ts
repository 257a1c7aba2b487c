import { join } from 'node:path';
import type { EnvironmentSource } from '@stratora/runtime';
import { buildGoProgram, lockBuild } from './go-build.ts';
import { findProgram, isExecutable } from './program-search.ts';
import { ToolUnavailableError } from './victoria-metrics-binary.ts';

/** Version of the newest VictoriaMetrics that tests run beside the distribution's, as tools/victoria-metrics/go.mod pins it. */
export const NEWEST_STORE_VERSION = '1.153.0';

export interface NewestStoreBuild {
  searchPath: string;
  cacheDir: string;
  /** Folder of the go.mod, tools/victoria-metrics. */
  moduleDir: string;
  environment: EnvironmentSource;
  /** Called with each step, in words for a person. */
  onStep: (text: string) => void;
}

const PACKAGE = 'github.com/VictoriaMetrics/VictoriaMetrics/app/victoria-metrics';
const VERSION_VARIABLE = 'github.com/VictoriaMetrics/VictoriaMetrics/lib/buildinfo.Version';
/** Not `victoria-metrics...`, among which the store of the product is looked for. */
const FOLDER = 'newest-victoria-metrics';

/** The place of the newest store in the tool cache, whether it is there or not. */
export function newestStorePath(cacheDir: string): string {
  return join(cacheDir, FOLDER, NEWEST_STORE_VERSION, 'victoria-metrics');
}

/**
 * Provides the newest VictoriaMetrics that the Go module proxy gives, built once. Only tests run it: it judges lines more
 * strictly than the distribution's.
 * @throws ToolUnavailableError
 */
export async function provideNewestStore(build: NewestStoreBuild): Promise<string> {
  const target = newestStorePath(build.cacheDir);
  if (await isExecutable(target)) return target;
  const go = await findProgram(['go'], build.searchPath);
  if (go === undefined)
    throw new ToolUnavailableError('There is no Go on PATH to build VictoriaMetrics with.');
  const lock = await lockBuild(join(build.cacheDir, FOLDER));
  try {
    if (await isExecutable(target)) return target;
    build.onStep(`Building VictoriaMetrics ${NEWEST_STORE_VERSION} with ${go} (once, takes minutes) ...`);
    const version = `victoria-metrics-v${NEWEST_STORE_VERSION}`;
    return await buildGoProgram({
      title: 'VictoriaMetrics',
      go,
      moduleDir: build.moduleDir,
      package: PACKAGE,
      args: [`-ldflags=-s -w -X ${VERSION_VARIABLE}=${version}`],
      target,
      environment: build.environment,
      versionArgs: ['-version'],
      version,
    });
  } finally {
    await lock.release();
  }
}
