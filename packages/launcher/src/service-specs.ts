import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { makeDirectory, writeFileAtomic } from '@stratora/runtime';
import type { BackendEnvironment, ComponentEnvironment } from './backend-environment.ts';
import type { NginxBinary } from './nginx-binary.ts';
import { type NginxConfigOptions, renderNginxConfig } from './nginx-config.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { clusterDir, serverArguments } from './postgres-cluster.ts';
import type { ServiceSpec } from './service.ts';
import type { CommandLine, Confinement } from './unprivileged.ts';

type Environment = Record<string, string | undefined>;

/**
 * Milliseconds from the stop signal to SIGKILL. The three stages of a stop (components; backend; nginx and the stores)
 * follow each other, so their sum stays below the 10 s in which everything ends.
 */
const KILL_AFTER_MS = { component: 4000, backend: 2500, nginx: 2500, store: 2800 };

/** Returns the spec of PostgreSQL; SIGINT is its fast shutdown: sessions end, a checkpoint is written. */
export function postgresSpec(options: {
  dataDir: string;
  binaries: PostgresBinaries;
  confinement: Confinement;
  port: number;
  environment: Environment;
}): ServiceSpec {
  const args = serverArguments(clusterDir(options.dataDir), options.port);
  return {
    name: 'postgres',
    line: options.confinement.wrap(options.binaries.postgres, args, 'SIGINT'),
    env: { ...options.environment, LC_ALL: 'C' },
    port: options.port,
    stopSignal: 'SIGINT',
    killAfterMs: KILL_AFTER_MS.store,
  };
}

export function victoriaMetricsSpec(options: {
  dataDir: string;
  binary: string;
  confinement: Confinement;
  port: number;
  environment: Environment;
}): ServiceSpec {
  const args = [
    `-storageDataPath=${join(options.dataDir, 'victoria-metrics')}`,
    `-httpListenAddr=127.0.0.1:${options.port}`,
    '-retentionPeriod=30d',
    // Up to 1.112 it is 30, and what is beyond is cut.
    '-maxLabelsPerTimeseries=40',
    // A sample that is sent twice after a crash is stored once.
    '-dedup.minScrapeInterval=1ms',
    // By default VictoriaMetrics hides the newest 30 s.
    '-search.latencyOffset=0s',
    // Any local user can reach the port, so deleting and the like needs a key, which nobody has.
    ...['-deleteAuthKey', '-snapshotAuthKey', '-forceMergeAuthKey'].map(
      (flag) => `${flag}=${randomBytes(16).toString('hex')}`,
    ),
  ];
  return {
    name: 'victoria-metrics',
    line: dropRootWhereReadable(options.confinement, options.binary, args),
    env: options.environment,
    port: options.port,
    killAfterMs: KILL_AFTER_MS.store,
  };
}

/**
 * Writes nginx's configuration and returns its spec; on a port below 1024 it keeps root's right to listen, else not.
 */
export async function nginxSpec(options: {
  dataDir: string;
  nginx: NginxBinary;
  confinement: Confinement;
  environment: Environment;
  config: Omit<NginxConfigOptions, 'workDir' | 'workers' | 'version'>;
}): Promise<ServiceSpec> {
  const workDir = join(options.dataDir, 'nginx');
  await makeDirectory(workDir);
  const configFile = join(workDir, 'nginx.conf');
  const workers = Math.min(4, availableParallelism());
  const text = renderNginxConfig({ ...options.config, workDir, workers, version: options.nginx.version });
  await writeFileAtomic(configFile, text);
  const args = ['-e', 'stderr', '-p', workDir, '-c', configFile];
  const { confinement } = options;
  // The user nobody can read neither the key nor the web UI below a private home: then the workers stay root's.
  const asRoot =
    confinement.kind === 'nobody' || (confinement.kind === 'namespace' && options.config.port < 1024);
  const line = asRoot
    ? confinement.endWithParent(
        { command: options.nginx.path, args: [...args, '-g', 'user root;'] },
        'SIGTERM',
      )
    : confinement.wrap(options.nginx.path, args, 'SIGTERM');
  return {
    name: 'nginx',
    line,
    env: options.environment,
    port: options.config.port,
    stopSignal: 'SIGQUIT',
    killAfterMs: KILL_AFTER_MS.nginx,
  };
}

export function backendSpec(options: {
  command: readonly string[];
  port: number;
  environment: Environment;
  backend: BackendEnvironment;
  credentialKeys: Record<string, string>;
}): ServiceSpec {
  return {
    name: 'backend',
    line: toLine(options.command),
    env: { ...options.environment, ...NODE_SERVICE, ...options.credentialKeys, ...options.backend },
    port: options.port,
    killAfterMs: KILL_AFTER_MS.backend,
  };
}

export function componentSpec(options: {
  name: 'collector' | 'agent';
  command: readonly string[];
  environment: Environment;
  component: ComponentEnvironment;
}): ServiceSpec {
  return {
    name: options.name,
    line: toLine(options.command),
    env: { ...options.environment, ...NODE_SERVICE, ...options.component },
    killAfterMs: KILL_AFTER_MS.component,
  };
}

/** Variables of our own services, which watch their standard input: it ends with the launcher, whatever ended that. */
const NODE_SERVICE = { NODE_ENV: 'production', STRATORA_EXIT_ON_STDIN_CLOSE: '1' };

/** Drops root's rights where our files stay readable, which they are not for the user nobody. */
function dropRootWhereReadable(confinement: Confinement, command: string, args: string[]): CommandLine {
  if (confinement.kind === 'nobody') return confinement.endWithParent({ command, args }, 'SIGTERM');
  return confinement.wrap(command, args, 'SIGTERM');
}

function toLine(command: readonly string[]): CommandLine {
  const [program = '', ...args] = command;
  return { command: program, args };
}
