import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunResult, runProcess, sleep, writeFileAtomic } from '@stratora/runtime';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { identify, isRunning, sendSignal } from './process-identity.ts';
import type { Confinement } from './unprivileged.ts';

export interface ClusterOptions {
  dataDir: string;
  binaries: PostgresBinaries;
  confinement: Confinement;
  onStep: (text: string) => void;
}

/** Name of the backend's role and of its database; the role owns the database and is no superuser. */
const NAME = 'stratora';

export function clusterDir(dataDir: string): string {
  return join(dataDir, 'postgres');
}

export function databaseUrl(port: number, password: string): string {
  return `postgres://${NAME}:${password}@127.0.0.1:${port}/${NAME}`;
}

/**
 * Makes the embedded cluster, once: initdb, then a role and a database, all in a temporary folder that takes the name
 * when it is complete. So a kill at any moment leaves no cluster or a whole one.
 * @returns the password of the backend's role
 */
export async function ensureCluster(options: ClusterOptions): Promise<string> {
  const { dataDir, binaries } = options;
  const target = clusterDir(dataDir);
  // The user nobody must pass through on the way to its own folder; it can list and read nothing else there.
  if (options.confinement.kind === 'nobody') await chmod(dataDir, 0o711);
  const passwordFile = join(dataDir, 'postgres.password');
  if (existsSync(join(target, 'PG_VERSION'))) {
    const major = Number.parseInt(await readFile(join(target, 'PG_VERSION'), 'utf8'), 10);
    if (major !== binaries.major) {
      throw new Error(
        `${target} was made by PostgreSQL ${major}, and this version of Stratora brings ${binaries.major}.`,
      );
    }
    await dropStalePidFile(target);
    return (await readFile(passwordFile, 'utf8')).trim();
  }
  options.onStep('Making the database (once) ...');
  const password = randomBytes(24).toString('hex');
  await writeFileAtomic(passwordFile, `${password}\n`);
  await createCluster(options, password);
  return password;
}

async function createCluster(options: ClusterOptions, password: string): Promise<void> {
  const { dataDir, binaries, confinement } = options;
  const fresh = `${clusterDir(dataDir)}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { mode: 0o700 });
  // initdb reads this file and may run as nobody: so it is inside the folder that nobody owns then.
  const superuserFile = `${fresh}.superuser`;
  await writeFile(superuserFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  await changeOwner(confinement, fresh, superuserFile);
  try {
    const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${superuserFile}`];
    const text = ['--locale=C', '--encoding=UTF8', '--no-instructions'];
    const init = await run(confinement, binaries.initdb, ['-D', fresh, ...access, ...text]);
    expectSuccess(init, 'initdb', confinement);
    // Single-user mode needs no port and no password; one statement per line.
    const statements = [
      `CREATE ROLE ${NAME} LOGIN PASSWORD '${password}'`,
      `CREATE DATABASE ${NAME} OWNER ${NAME}`,
      'REVOKE CONNECT ON DATABASE postgres FROM PUBLIC',
    ];
    const single = ['--single', '-D', fresh, '-c', 'exit_on_error=on', 'postgres'];
    const setup = await run(confinement, binaries.postgres, single, `${statements.join('\n')}\n`);
    expectSuccess(setup, 'postgres --single', confinement);
    await rename(fresh, clusterDir(dataDir));
  } finally {
    await rm(superuserFile, { force: true });
  }
}

async function changeOwner(confinement: Confinement, ...paths: string[]): Promise<void> {
  if (confinement.kind !== 'nobody') return;
  const { uid = 0, gid = 0 } = confinement.wrap('true', []);
  for (const path of paths) await chown(path, uid, gid);
}

function run(confinement: Confinement, program: string, args: string[], input = ''): Promise<RunResult> {
  const line = confinement.wrap(program, args);
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
  return runProcess({ ...line, env, input, timeoutMs: 120_000 });
}

function expectSuccess(result: RunResult, what: string, confinement: Confinement): void {
  if (result.code === 0 && !/\b(ERROR|FATAL|PANIC):/.test(result.stderr)) return;
  const lastLines = `${result.stderr}${result.stdout}`.trim().split('\n').slice(-4).join('\n');
  const advice =
    confinement.kind === 'nobody' && /permission denied/i.test(lastLines)
      ? '\nPostgreSQL runs as the user nobody here, who must be able to reach the data directory: choose one outside ' +
        'of a private home with --data-dir DIR, or start as a user that is not root.'
      : '';
  throw new Error(
    `${what} failed (${result.timedOut ? 'too slow' : `code ${result.code}`}):\n${lastLines}${advice}`,
  );
}

/** Reads postmaster.pid, in PostgreSQL's own format: line 1 pid, line 4 port, line 8 state. */
export async function readPostmaster(
  cluster: string,
): Promise<{ pid: number; port: number; ready: boolean } | undefined> {
  try {
    const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
  } catch {
    return undefined;
  }
}

/**
 * Ends a server that still runs on the cluster, and removes a pid file whose process is gone or is something else:
 * PostgreSQL would refuse to start when the number is in use again, by whatever program. The caller holds the lock of
 * the data directory, so no server of another launcher can be meant.
 */
async function dropStalePidFile(cluster: string): Promise<void> {
  const postmaster = await readPostmaster(cluster);
  if (postmaster === undefined) return;
  const command = await readFile(`/proc/${postmaster.pid}/cmdline`, 'utf8').catch(() => '');
  if (command.includes('postgres') && command.includes(cluster)) {
    // SIGINT: fast shutdown, which ends sessions and writes a checkpoint.
    sendSignal(postmaster.pid, 'SIGINT');
    await waitForEnd(postmaster.pid, 8000);
    sendSignal(postmaster.pid, 'SIGQUIT');
    await waitForEnd(postmaster.pid, 2000);
  }
  if (process.platform === 'linux') await rm(join(cluster, 'postmaster.pid'), { force: true });
}

async function waitForEnd(pid: number, timeoutMs: number): Promise<void> {
  const identity = identify(pid);
  const endsAt = performance.now() + timeoutMs;
  while (isRunning(identity) && performance.now() < endsAt) {
    await sleep(20);
  }
}

/** Returns the cluster's settings as command line options. Memory is kept small: this serves one host's backend. */
export function serverArguments(cluster: string, port: number): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '60',
    shared_buffers: '64MB',
    max_wal_size: '512MB',
    min_wal_size: '64MB',
    // Every commit is flushed (the default, written down because promises depend on it).
    fsync: 'on',
    synchronous_commit: 'on',
    log_line_prefix: '%m [%p] ',
    log_timezone: 'UTC',
    timezone: 'UTC',
    // A backend that was frozen must not hold locks for ever.
    idle_in_transaction_session_timeout: '60000',
  };
  return ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}
