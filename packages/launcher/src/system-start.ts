import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnvironmentSource, Logger } from '@stratora/runtime';
import { inheritedEnvironment } from './backend-environment.ts';
import { CannotStartError } from './cannot-start-error.ts';
import { findFreePorts, findListenError } from './free-ports.ts';
import { publicHost, readHostIdentity, urlHost } from './host-addresses.ts';
import type { Installation } from './installation.ts';
import type { LaunchOptions } from './launch-options.ts';
import { ensureCredentialKey, mintLocalToken, readInitialPassword } from './local-secrets.ts';
import { findNginx, type NginxBinary } from './nginx-binary.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import { clusterDir, databaseUrl, ensureCluster, readPostmaster } from './postgres-cluster.ts';
import { healthProbe, httpProbe, waitUntilReady } from './readiness.ts';
import { ensureCertificates, type TlsFiles } from './server-certificate.ts';
import type { ServiceGroup } from './service-group.ts';
import { backendSpec, componentSpec, nginxSpec, postgresSpec, victoriaMetricsSpec } from './service-specs.ts';
import type { Terminal } from './terminal-output.ts';
import { defaultToolCacheDir } from './tool-cache.ts';
import { type Confinement, findConfinement } from './unprivileged.ts';
import { findVictoriaMetrics } from './victoria-metrics-binary.ts';

export interface SystemStartOptions {
  options: LaunchOptions;
  installation: Installation;
  environment: EnvironmentSource;
  terminal: Terminal;
  logger: Logger;
  group: ServiceGroup;
  stopRequest: AbortSignal;
}

export interface StartedSystem {
  url: string;
  caFile: string;
}

/** The options of a start, and what was found out about the host before anything runs. */
interface StartContext extends SystemStartOptions {
  confinement: Confinement;
  inherited: Record<string, string | undefined>;
  httpsPort: number;
  ports: { postgres: number; metrics: number; backend: number };
  searchPath: string;
}

const STORE_TIMEOUT_MS = 60_000;
const BACKEND_TIMEOUT_MS = 90_000;
const HEALTH_TIMEOUT_MS = 90_000;
/** Milliseconds for which parts of our own may be away without a word. */
const OWN_PARTS_MS = 3000;

/**
 * Starts the services, side by side where none needs another, and waits until the public address says that all is
 * well. Undefined when a stop was asked for meanwhile.
 * @throws with advice on what a person can do about it
 */
export async function startSystem(given: SystemStartOptions): Promise<StartedSystem | undefined> {
  const context = await prepareStart(given);
  const { options, stopRequest } = context;
  const proxySecret = randomBytes(24).toString('hex');
  const passwordBefore = await readInitialPassword(options.dataDir);
  // The backend waits for the database and the certificates; the metric store may still be on its way.
  const metrics = startMetrics(context);
  metrics.catch(() => undefined);
  const [database, frontDoor, credentialKeyFile, tokenFile] = await Promise.all([
    startDatabase(context),
    startFrontDoor(context, proxySecret),
    Object.keys(options.credentialKeys).length > 0 ? undefined : ensureCredentialKey(options.dataDir),
    mintLocalToken(options.dataDir),
  ]);
  if (stopRequest.aborted) return undefined;
  const url = `https://${urlHost(publicHost(options.host))}:${context.httpsPort}`;
  await startBackend(context, { url, database, frontDoor, credentialKeyFile, tokenFile, proxySecret });
  if (stopRequest.aborted) return undefined;
  startComponents(context, { caFile: frontDoor.tls.caFile, tokenFile });
  await metrics;
  await waitForHealth(context, frontDoor.tls.caFile);
  if (stopRequest.aborted) return undefined;
  await showInitialPassword(context, passwordBefore);
  return { url, caFile: frontDoor.tls.caFile };
}

async function prepareStart(given: SystemStartOptions): Promise<StartContext> {
  const { options, environment } = given;
  const searchPath = environment['PATH'] ?? '';
  const [confinement, [postgres = 0, metrics = 0, backend = 0, spare = 0]] = await Promise.all([
    findConfinement(searchPath),
    findFreePorts(4),
  ]);
  const httpsPort = options.httpsPort === 0 ? spare : options.httpsPort;
  const fault = await findListenError(options.host, httpsPort);
  if (fault !== undefined) throw new CannotStartError(portAdvice(options.host, httpsPort, fault));
  return {
    ...given,
    confinement,
    searchPath,
    httpsPort,
    ports: { postgres, metrics, backend },
    inherited: inheritedEnvironment(environment),
  };
}

function portAdvice(host: string, port: number, fault: string): string {
  if (fault === 'EADDRINUSE') {
    return `Port ${port} of ${host} is taken by another program. Choose another one with --https-port N.`;
  }
  if (fault === 'EACCES')
    return `Port ${port} needs more rights. Choose one from 1024 on with --https-port N.`;
  return `Nothing can listen on ${host}, port ${port} (${fault}). Choose an address of this host with --host ADDR.`;
}

async function startDatabase(context: StartContext): Promise<string> {
  const { options, confinement, group, ports, terminal, stopRequest, inherited } = context;
  if (options.databaseUrl !== undefined) return options.databaseUrl;
  const { dataDir } = options;
  const binaries = await findPostgresBinaries(confinement);
  const onStep = (text: string) => terminal.status('postgres', text);
  const password = await ensureCluster({ dataDir, binaries, confinement, onStep });
  if (stopRequest.aborted) return '';
  const spec = postgresSpec({ dataDir, binaries, confinement, port: ports.postgres, environment: inherited });
  const service = group.start(spec);
  const isReady = async () => {
    const postmaster = await readPostmaster(clusterDir(dataDir));
    return postmaster?.ready === true && postmaster.pid === service.pid;
  };
  await waitUntilReady(service, isReady, { timeoutMs: STORE_TIMEOUT_MS, signal: stopRequest });
  return databaseUrl(ports.postgres, password);
}

async function startMetrics(context: StartContext): Promise<void> {
  const { options, confinement, group, ports, terminal, stopRequest, environment } = context;
  if (options.metricsWriteUrl !== undefined) return;
  const { path } = await findVictoriaMetrics({
    binary: options.victoriaMetricsBinary,
    searchPath: context.searchPath,
    cacheDir: options.toolCacheDir ?? defaultToolCacheDir(environment),
    onStep: (text) => terminal.status('victoria-metrics', text),
    onProgress: (received, total) => terminal.progress(received, total),
  });
  if (stopRequest.aborted) return;
  const spec = victoriaMetricsSpec({
    dataDir: options.dataDir,
    binary: path,
    confinement,
    port: ports.metrics,
    environment: context.inherited,
  });
  const service = group.start(spec);
  const probe = httpProbe(
    { baseUrl: `http://127.0.0.1:${ports.metrics}` },
    '/health',
    (status) => status === 200,
  );
  try {
    await waitUntilReady(service, probe.ask, { timeoutMs: STORE_TIMEOUT_MS, signal: stopRequest });
  } finally {
    probe.close();
  }
}

interface FrontDoor {
  tls: TlsFiles;
  builtin: boolean;
}

/** Makes the certificates, and starts nginx where it is the front door. */
async function startFrontDoor(context: StartContext, proxySecret: string): Promise<FrontDoor> {
  const { options, group, stopRequest, installation } = context;
  const [tls, nginx] = await Promise.all([
    ensureCertificates(options.dataDir, readHostIdentity(options.host)),
    chooseNginx(context),
  ]);
  for (const text of tls.renewed) context.logger.info({ text }, 'certificate made');
  if (nginx === undefined || stopRequest.aborted) return { tls, builtin: true };
  const spec = await nginxSpec({
    dataDir: options.dataDir,
    nginx,
    confinement: context.confinement,
    environment: context.inherited,
    config: {
      host: options.host,
      port: context.httpsPort,
      backendPorts: [context.ports.backend],
      certificateFile: tls.certificateFile,
      keyFile: tls.keyFile,
      webDir: installation.webDir,
      proxySecret,
    },
  });
  group.start(spec);
  return { tls, builtin: false };
}

async function chooseNginx(context: StartContext): Promise<NginxBinary | undefined> {
  const { options } = context;
  if (options.proxy === 'builtin') return undefined;
  const nginx = await findNginx(options.nginxBinary, context.searchPath);
  if (nginx === undefined && options.proxy === 'nginx') {
    throw new CannotStartError(
      '--proxy nginx: no nginx with TLS and HTTP/2 was found. Install it, or use --proxy builtin.',
    );
  }
  return nginx;
}

interface BackendNeeds {
  url: string;
  database: string;
  frontDoor: FrontDoor;
  credentialKeyFile: string | undefined;
  tokenFile: string;
  proxySecret: string;
}

async function startBackend(context: StartContext, needs: BackendNeeds): Promise<void> {
  const { options, group, ports, installation, stopRequest } = context;
  const { tls, builtin } = needs.frontDoor;
  const metricsUrl = `http://127.0.0.1:${ports.metrics}`;
  const spec = backendSpec({
    command: installation.entry('server'),
    port: ports.backend,
    environment: context.inherited,
    credentialKeys: options.credentialKeys,
    backend: {
      DATABASE_URL: needs.database,
      STRATORA_INTERNAL_PORT: String(ports.backend),
      STRATORA_PUBLIC_URL: needs.url,
      STRATORA_PUBLIC_ORIGIN: listed(options.publicOrigins),
      STRATORA_OUTBOUND_ALLOW: listed(options.outboundAllow),
      STRATORA_METRICS_WRITE_URL: options.metricsWriteUrl ?? metricsUrl,
      STRATORA_METRICS_READ_URL: options.metricsReadUrl ?? metricsUrl,
      STRATORA_DATA_DIR: options.dataDir,
      STRATORA_WEB_DIR: installation.webDir,
      STRATORA_TEMPLATES_DIR: installation.templatesDir,
      STRATORA_ALERT_DEFINITIONS_DIR: installation.alertDefinitionsDir,
      STRATORA_IDENTIFICATION_DIR: installation.identificationDir,
      STRATORA_MIGRATIONS_DIR: installation.migrationsDir,
      STRATORA_PROGRAM_DIR: installation.rootDir,
      STRATORA_ADMIN_PASSWORD: options.adminPassword,
      STRATORA_CREDENTIAL_KEY_FILE: needs.credentialKeyFile,
      STRATORA_LOCAL_ENROLLMENT_TOKEN_FILE: needs.tokenFile,
      STRATORA_PROXY_SECRET: needs.proxySecret,
      STRATORA_CA_FILE: tls.caFile,
      STRATORA_VERSION: installation.version,
      STRATORA_LOG_LEVEL: options.logLevel,
      STRATORA_TLS_CERT_FILE: builtin ? tls.certificateFile : undefined,
      STRATORA_TLS_KEY_FILE: builtin ? tls.keyFile : undefined,
      STRATORA_HTTPS_HOST: builtin ? options.host : undefined,
      STRATORA_HTTPS_PORT: builtin ? String(context.httpsPort) : undefined,
    },
  });
  const service = group.start(spec);
  // 503 is an answer too: without the metric store the backend serves, and says so.
  const isAnswer = (status: number) => status === 200 || status === 503;
  const probe = httpProbe({ baseUrl: `http://127.0.0.1:${ports.backend}` }, '/api/v1/health', isAnswer);
  try {
    await waitUntilReady(service, probe.ask, { timeoutMs: BACKEND_TIMEOUT_MS, signal: stopRequest });
  } finally {
    probe.close();
  }
}

function startComponents(context: StartContext, needs: { caFile: string; tokenFile: string }): void {
  const { options, installation, group } = context;
  for (const name of ['collector', 'agent'] as const) {
    if (!options[name]) continue;
    const spec = componentSpec({
      name,
      command: installation.entry(name),
      environment: context.inherited,
      component: {
        STRATORA_SERVER_URL: localUrl(context),
        STRATORA_CA_FILE: needs.caFile,
        STRATORA_ENROLLMENT_TOKEN_FILE: needs.tokenFile,
        STRATORA_STATE_DIR: join(options.dataDir, name),
        STRATORA_LOG_LEVEL: options.logLevel,
        STRATORA_ENGINE_COMMAND: JSON.stringify([...installation.entry('stratora'), 'engine']),
        STRATORA_TELEGRAF_BIN: options.telegrafBinary,
        STRATORA_OUTBOUND_ALLOW: listed(options.outboundAllow),
        STRATORA_TOOL_CACHE: options.toolCacheDir ?? defaultToolCacheDir(context.environment),
      },
    });
    group.start(spec);
  }
}

function listed(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : values.join(',');
}

/** Returns the URL by which this host itself reaches the front door. */
function localUrl({ options, httpsPort }: StartContext): string {
  const wildcards: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
  return `https://${urlHost(wildcards[options.host] ?? options.host)}:${httpsPort}`;
}

/** Waits until the whole path of a browser works: the front door, the backend, both stores. */
async function waitForHealth(context: StartContext, caFile: string): Promise<void> {
  const backend = context.group.find('backend');
  if (backend === undefined) return;
  const { options, stopRequest, terminal } = context;
  const ca = await readFile(caFile, 'utf8');
  // A store that is not ours comes up, or is set right, when it is: the system runs meanwhile, and says what it waits for.
  const isOwnStore = options.metricsWriteUrl === undefined;
  const timeoutMs = isOwnStore ? HEALTH_TIMEOUT_MS : Number.POSITIVE_INFINITY;
  const tell = (text: string) => terminal.status('waiting', text);
  // Our own parts are on their way; what is wrong with somebody else's is said at once.
  const probe = healthProbe({ baseUrl: localUrl(context), ca }, tell, isOwnStore ? OWN_PARTS_MS : 0);
  try {
    await waitUntilReady(backend, probe.ask, { timeoutMs, signal: stopRequest });
  } finally {
    probe.close();
  }
}

/** Shows the first password, in words only in the start that has made it, later as the file that holds it. */
async function showInitialPassword(context: StartContext, before: string | undefined): Promise<void> {
  const { dataDir } = context.options;
  const password = await readInitialPassword(dataDir);
  if (password === undefined) return;
  const file = join(dataDir, 'initial-admin-password');
  if (password === before) context.terminal.print(`The first password of the user admin is in ${file}.`);
  else
    context.terminal.print(
      `Log in as admin with the password ${password} (kept in ${file} until it is changed).`,
    );
}
