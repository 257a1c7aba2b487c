import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { passwordFault } from '@stratora/contract/password-rule';
import {
  DirectoryError,
  type EnvironmentSource,
  makeDirectory,
  makeWritableDirectory,
  runProcess,
} from '@stratora/runtime';
import { CannotStartError } from './cannot-start-error.ts';
import type { LaunchOptions } from './launch-options.ts';
import { INITIAL_PASSWORD_FILE } from './local-secrets.ts';
import { findNginx } from './nginx-binary.ts';
import { clusterDir } from './postgres-cluster.ts';
import { locateTelegraf } from './telegraf-binary.ts';
import { defaultToolCacheDir } from './tool-cache.ts';
import { locateVictoriaMetrics } from './victoria-metrics-binary.ts';

/** Finds out what is wrong with an external database, in one plain sentence; undefined when it can be used. */
export type DatabaseCheck = (url: string) => Promise<string | undefined>;

/** The value of STRATORA_TELEGRAF_BIN with which no Telegraf is looked for. */
const NO_TELEGRAF = 'none';
const HELP_TIMEOUT_MS = 5000;
/** The option of VictoriaMetrics that we start it with; its help names it in every version. */
const VICTORIA_METRICS_OPTION = 'storageDataPath';

/** Makes the data directory, and tries to write into it. @throws CannotStartError */
export async function prepareDataDirectory(dataDir: string): Promise<void> {
  await named('--data-dir (STRATORA_DATA_DIR)', async () => {
    await makeWritableDirectory(dataDir);
    await makeDirectory(join(dataDir, 'logs'));
  });
}

/** Says by which option a folder was chosen that cannot be used. */
async function named(option: string, make: () => Promise<void>): Promise<void> {
  try {
    await make();
  } catch (error) {
    if (error instanceof DirectoryError) throw new CannotStartError(`${option}: ${error.message}`);
    throw error;
  }
}

/**
 * Checks what the options name, before anything is started: what would fail a minute later fails in the first seconds,
 * in one sentence that names the option.
 *
 * @throws CannotStartError and the errors of the searches for programs
 */
export async function checkStart(
  options: LaunchOptions,
  environment: EnvironmentSource,
  checkDatabase: DatabaseCheck,
): Promise<void> {
  checkPassword(options);
  await Promise.all([checkPrograms(options, environment), checkToolCache(options), askDatabase()]);

  async function askDatabase(): Promise<void> {
    const fault = options.databaseUrl === undefined ? undefined : await checkDatabase(options.databaseUrl);
    if (fault !== undefined) throw new CannotStartError(`DATABASE_URL: ${fault}`);
  }
}

/** Refuses a first password that is easy to guess; one of a system that has its users already is not used at all. */
function checkPassword({ adminPassword, dataDir, databaseUrl }: LaunchOptions): void {
  if (adminPassword === undefined) return;
  const hasUsers =
    databaseUrl === undefined &&
    existsSync(join(clusterDir(dataDir), 'PG_VERSION')) &&
    !existsSync(join(dataDir, INITIAL_PASSWORD_FILE));
  const fault = hasUsers ? undefined : passwordFault(adminPassword, ['admin']);
  if (fault !== undefined) {
    throw new CannotStartError(`--admin-password (STRATORA_ADMIN_PASSWORD) ${fault}.`);
  }
}

async function checkPrograms(options: LaunchOptions, environment: EnvironmentSource): Promise<void> {
  const searchPath = environment['PATH'] ?? '';
  const cacheDir = options.toolCacheDir ?? defaultToolCacheDir(environment);
  const { victoriaMetricsBinary, telegrafBinary, nginxBinary } = options;
  if (nginxBinary !== undefined && options.proxy !== 'builtin') await findNginx(nginxBinary, searchPath);
  if (telegrafBinary !== undefined && telegrafBinary !== NO_TELEGRAF)
    await locateTelegraf({ binary: telegrafBinary, searchPath, cacheDir });
  if (victoriaMetricsBinary === undefined || options.metricsWriteUrl !== undefined) return;
  await locateVictoriaMetrics({ binary: victoriaMetricsBinary, searchPath, cacheDir });
  const call = { command: victoriaMetricsBinary, args: ['-help'], timeoutMs: HELP_TIMEOUT_MS };
  const answer = await runProcess(call).catch(() => undefined);
  if (!`${answer?.stdout}${answer?.stderr}`.includes(VICTORIA_METRICS_OPTION)) {
    throw new CannotStartError(
      `STRATORA_VICTORIA_METRICS_BIN names ${victoriaMetricsBinary}, which is no VictoriaMetrics single node.`,
    );
  }
}

async function checkToolCache({ toolCacheDir }: LaunchOptions): Promise<void> {
  // Only a folder that was named: the usual one is needed only where something must be fetched.
  if (toolCacheDir === undefined) return;
  await named('STRATORA_TOOL_CACHE', () => makeDirectory(toolCacheDir, 0o755));
}
