import { existsSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type EnvironmentSource, errorMessage } from '@stratora/runtime';
import type { Finding } from './finding.ts';
import { findListenError } from './free-ports.ts';
import { readHostIdentity } from './host-addresses.ts';
import type { Installation } from './installation.ts';
import type { LaunchOptions } from './launch-options.ts';
import { findNginx } from './nginx-binary.ts';
import { examineNode } from './node-version.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import { isRunning, type ProcessIdentity } from './process-identity.ts';
import { findProgram } from './program-search.ts';
import type { ReadyFile } from './ready-file.ts';
import { examineRunningSystem } from './running-system.ts';
import { certificateFault } from './server-certificate.ts';
import type { DatabaseCheck } from './start-check.ts';
import { defaultToolCacheDir } from './tool-cache.ts';
import { findConfinement } from './unprivileged.ts';
import { locateVictoriaMetrics } from './victoria-metrics-binary.ts';

const LOW_SPACE_BYTES = 2e9;

export interface Examination {
  findings: Finding[];
  /** The running system, as its ready.json tells it; undefined where none is ready. */
  system: ReadyFile | undefined;
}

export interface ExaminationOptions {
  options: LaunchOptions;
  installation: Installation;
  environment: EnvironmentSource;
  checkDatabase: DatabaseCheck;
}

/** Checks everything that `up` needs, and the system that runs, without starting or changing anything. */
export async function examineInstallation(given: ExaminationOptions): Promise<Examination> {
  const { options, installation, environment, checkDatabase } = given;
  const holder = runningLauncher(options.dataDir);
  const running = examineRunningSystem(options.dataDir, holder);
  const checks = await Promise.all([
    dataDirectory(options.dataDir, holder),
    port(options, holder),
    postgres(options, environment, checkDatabase),
    metricStore(options, environment),
    frontDoor(options, environment),
    certificates(options),
    prober(environment),
  ]);
  const { ready, findings } = await running;
  const installed = [
    examineNode(installation.rootDir),
    builtFiles(installation),
    freeSpace(options.dataDir),
    ...checks,
  ];
  return { findings: [...installed, publicOrigins(options), ...findings], system: ready };
}

function publicOrigins({ publicOrigins: origins }: LaunchOptions): Finding {
  const detail = origins.length === 0 ? 'that of the listener, or what a proxy hands on' : origins.join(', ');
  return { subject: 'Public origin', state: 'ok', detail };
}

function builtFiles(installation: Installation): Finding {
  const wanted = [
    installation.entry('server').at(-1) ?? '',
    join(installation.webDir, 'index.html'),
    installation.migrationsDir,
    installation.templatesDir,
    installation.alertDefinitionsDir,
    installation.identificationDir,
  ];
  const missing = wanted.filter((path) => !existsSync(path));
  if (missing.length === 0) return { subject: 'Built files', state: 'ok', detail: installation.rootDir };
  return {
    subject: 'Built files',
    state: 'fault',
    detail: `missing: ${missing.join(', ')}`,
    advice: 'Run npm run build.',
  };
}

function runningLauncher(dataDir: string): number | undefined {
  try {
    const holder = JSON.parse(readFileSync(join(dataDir, 'lock'), 'utf8')) as ProcessIdentity;
    return isRunning(holder) ? holder.pid : undefined;
  } catch {
    return undefined;
  }
}

async function dataDirectory(dataDir: string, holder: number | undefined): Promise<Finding> {
  const subject = 'Data directory';
  if (holder !== undefined)
    return { subject, state: 'ok', detail: `${dataDir}, in use by process ${holder}` };
  try {
    const part = existingPart(dataDir);
    if (!statSync(part).isDirectory()) throw new Error(`${part} is not a folder`);
    await access(part, constants.W_OK);
    return { subject, state: 'ok', detail: existsSync(dataDir) ? dataDir : `${dataDir}, to be made` };
  } catch (error) {
    return {
      subject,
      state: 'fault',
      detail: errorMessage(error),
      advice: 'Choose another one with --data-dir DIR.',
    };
  }
}

function existingPart(path: string): string {
  let part = path;
  while (!existsSync(part) && dirname(part) !== part) part = dirname(part);
  return part;
}

function freeSpace(dataDir: string): Finding {
  const { bavail, bsize } = statfsSync(existingPart(dataDir));
  const bytes = bavail * bsize;
  const detail = `${(bytes / 1e9).toFixed(1)} GB free`;
  if (bytes >= LOW_SPACE_BYTES) return { subject: 'Disk', state: 'ok', detail };
  return {
    subject: 'Disk',
    state: 'warning',
    detail,
    advice: 'Thirty days of 1,000 series need about 1 GB.',
  };
}

async function port(options: LaunchOptions, holder: number | undefined): Promise<Finding> {
  const subject = 'HTTPS port';
  const detail = `${options.host}, port ${options.httpsPort}`;
  const fault = await findListenError(options.host, options.httpsPort);
  if (fault === undefined) return { subject, state: 'ok', detail };
  if (holder !== undefined)
    return { subject, state: 'ok', detail: `${detail}, in use by the running system` };
  return {
    subject,
    state: 'fault',
    detail: `${detail}: ${fault}`,
    advice: 'Choose another one with --https-port N.',
  };
}

async function postgres(
  options: LaunchOptions,
  environment: EnvironmentSource,
  checkDatabase: DatabaseCheck,
): Promise<Finding> {
  const subject = 'PostgreSQL';
  if (options.databaseUrl !== undefined) {
    const fault = await checkDatabase(options.databaseUrl);
    if (fault === undefined) return { subject, state: 'ok', detail: 'that of DATABASE_URL' };
    return {
      subject,
      state: 'fault',
      detail: fault,
      advice: 'Mend DATABASE_URL or the database that it names.',
    };
  }
  const confinement = await findConfinement(environment['PATH'] ?? '');
  try {
    const { major } = await findPostgresBinaries(confinement);
    const user = { none: 'as you', namespace: 'in a user namespace', nobody: 'as nobody' }[confinement.kind];
    return { subject, state: 'ok', detail: `embedded ${major}, runs ${user}` };
  } catch (error) {
    return { subject, state: 'fault', detail: errorMessage(error) };
  }
}

async function metricStore(options: LaunchOptions, environment: EnvironmentSource): Promise<Finding> {
  const subject = 'VictoriaMetrics';
  if (options.metricsWriteUrl !== undefined) {
    const { origin, pathname } = new URL(options.metricsWriteUrl);
    return { subject, state: 'ok', detail: `${origin}${pathname}` };
  }
  try {
    const found = await locateVictoriaMetrics({
      binary: options.victoriaMetricsBinary,
      searchPath: environment['PATH'] ?? '',
      cacheDir: options.toolCacheDir ?? defaultToolCacheDir(environment),
    });
    if (found) return { subject, state: 'ok', detail: found.path };
    return {
      subject,
      state: 'warning',
      detail: 'not here yet',
      advice: 'The first start fetches it (12 to 23 MB).',
    };
  } catch (error) {
    return { subject, state: 'fault', detail: errorMessage(error) };
  }
}

async function frontDoor(options: LaunchOptions, environment: EnvironmentSource): Promise<Finding> {
  const subject = 'Front door';
  if (options.proxy === 'builtin') return { subject, state: 'ok', detail: 'built in' };
  try {
    const nginx = await findNginx(options.nginxBinary, environment['PATH'] ?? '');
    if (nginx) return { subject, state: 'ok', detail: `nginx ${nginx.version} (${nginx.path})` };
    if (options.proxy === undefined) return { subject, state: 'ok', detail: 'built in (no nginx was found)' };
    return {
      subject,
      state: 'fault',
      detail: 'no nginx was found',
      advice: 'Install nginx, or --proxy builtin.',
    };
  } catch (error) {
    return { subject, state: 'fault', detail: errorMessage(error) };
  }
}

async function certificates(options: LaunchOptions): Promise<Finding> {
  const subject = 'Certificates';
  const fault = await certificateFault(options.dataDir, readHostIdentity(options.host));
  if (fault === undefined) return { subject, state: 'ok', detail: join(options.dataDir, 'tls') };
  return { subject, state: 'ok', detail: `${fault}; the next start makes what is needed` };
}

async function prober(environment: EnvironmentSource): Promise<Finding> {
  const path = await findProgram(['fping'], environment['PATH'] ?? '');
  if (path) return { subject: 'fping', state: 'ok', detail: path };
  return {
    subject: 'fping',
    state: 'warning',
    detail: 'not found',
    advice: 'Install the package fping: without it reachability is tested by TCP connections.',
  };
}
