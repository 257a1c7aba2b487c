import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EnvironmentSource } from '@stratora/runtime';
import { buildGoProgram, lockBuild } from './go-build.ts';
import { findProgram, isExecutable } from './program-search.ts';
import { ToolUnavailableError } from './victoria-metrics-binary.ts';

/** Version of govmomi, whose simulated vCenter tests run beside, as tools/vcsim/go.mod pins it. */
export const GOVMOMI_VERSION = '0.56.0';

export interface VcsimBuild {
  searchPath: string;
  cacheDir: string;
  /** Folder of the go.mod, tools/vcsim. */
  moduleDir: string;
  environment: EnvironmentSource;
  /** Called with each step, in words for a person. */
  onStep: (text: string) => void;
}

const FOLDER = 'vcsim';

/** Returns the place of the simulated vCenter in the tool cache, which is another one when its source has changed. */
export function vcsimPath({ cacheDir, moduleDir }: Pick<VcsimBuild, 'cacheDir' | 'moduleDir'>): string {
  const source = createHash('sha256')
    .update(readFileSync(join(moduleDir, 'main.go')))
    .digest('hex');
  return join(cacheDir, FOLDER, `${GOVMOMI_VERSION}-${source.slice(0, 12)}`, FOLDER);
}

/**
 * Provides the simulated vCenter, built once by the Go tool chain. Only tests run it.
 * @throws ToolUnavailableError
 */
export async function provideVcsim(build: VcsimBuild): Promise<string> {
  const target = vcsimPath(build);
  if (await isExecutable(target)) return target;
  const go = await findProgram(['go'], build.searchPath);
  if (go === undefined)
    throw new ToolUnavailableError('There is no Go on PATH to build the simulated vCenter with.');
  const lock = await lockBuild(join(build.cacheDir, FOLDER));
  try {
    if (await isExecutable(target)) return target;
    build.onStep(
      `Building the simulated vCenter of govmomi ${GOVMOMI_VERSION} with ${go} (once, takes a minute) ...`,
    );
    return await buildGoProgram({
      title: 'The simulated vCenter',
      go,
      moduleDir: build.moduleDir,
      package: '.',
      args: [`-ldflags=-s -w -X main.version=${GOVMOMI_VERSION}`],
      target,
      environment: build.environment,
      versionArgs: ['-version'],
      version: GOVMOMI_VERSION,
    });
  } finally {
    await lock.release();
  }
}
