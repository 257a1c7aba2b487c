import { mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type EnvironmentSource, errorMessage, makeDirectory, runProcess, sleep } from '@stratora/runtime';
import { DataDirectoryBusyError, type DataLock, lockDataDirectory } from './data-lock.ts';
import { ToolUnavailableError } from './victoria-metrics-binary.ts';

export interface GoBuild {
  /** What is built, for people. */
  title: string;
  /** The Go program. */
  go: string;
  /** Folder of the go.mod that pins it. */
  moduleDir: string;
  /** The main package, and further arguments of `go build`. */
  package: string;
  args?: readonly string[];
  /** Path at which the program is put once it is whole. */
  target: string;
  /** Environment from which Go takes its settings: home, proxies, GOFLAGS and the like. */
  environment: EnvironmentSource;
  /** Arguments with which the new program says what it is. */
  versionArgs: readonly string[];
  /** Text that its answer must hold. */
  version: string;
}

/** Time limit of a build: compiling takes minutes on two cores, and fetching modules comes on top. */
const BUILD_TIMEOUT_MS = 20 * 60_000;
const LOCK_POLL_MS = 250;

/**
 * Builds a program of a pinned Go module into the tool cache.
 * @throws ToolUnavailableError
 */
export async function buildGoProgram(build: GoBuild): Promise<string> {
  const parent = dirname(dirname(build.target));
  await makeDirectory(parent, 0o755);
  const folder = await mkdtemp(join(parent, 'part-'));
  const output = join(folder, basename(build.target));
  try {
    await run(build.go, {
      args: [
        'build',
        '-mod=readonly',
        '-buildvcs=false',
        '-trimpath',
        ...(build.args ?? []),
        `-o=${output}`,
        build.package,
      ],
      cwd: build.moduleDir,
      // Some distributions forbid Go to fetch the tool chain that go.mod names.
      env: { ...build.environment, CGO_ENABLED: '0', GOWORK: 'off', GOTOOLCHAIN: 'auto' },
    });
    const answer = await run(output, { args: [...build.versionArgs], cwd: folder, env: {} });
    if (!answer.includes(build.version)) throw new Error(`the program calls itself "${answer.trim()}"`);
    await makeDirectory(dirname(build.target), 0o755);
    await rename(output, build.target);
    return build.target;
  } catch (error) {
    throw new ToolUnavailableError(`${build.title} could not be built: ${errorMessage(error)}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Waits for the lock under which one process builds what others wait for. */
export async function lockBuild(folder: string): Promise<DataLock> {
  await makeDirectory(folder, 0o755);
  for (;;) {
    try {
      return await lockDataDirectory(folder, { waitForStoppingMs: 0 });
    } catch (error) {
      if (!(error instanceof DataDirectoryBusyError)) throw error;
      await sleep(LOCK_POLL_MS);
    }
  }
}

async function run(
  command: string,
  options: { args: string[]; cwd: string; env: Record<string, string | undefined> },
): Promise<string> {
  const result = await runProcess({ command, ...options, timeoutMs: BUILD_TIMEOUT_MS });
  if (result.code === 0) return result.stdout + result.stderr;
  const words = result.stderr.trim().split('\n').slice(-3).join(' ');
  throw new Error(result.timedOut ? 'it took too long' : words || `exit code ${result.code}`);
}
