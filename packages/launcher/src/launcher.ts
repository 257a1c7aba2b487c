import { join } from 'node:path';
import {
  createLogger,
  type EnvironmentSource,
  errorMessage,
  type Logger,
  type Periodic,
  periodic,
} from '@stratora/runtime';
import { endOrphans } from './child-record.ts';
import { type DataLock, lockDataDirectory } from './data-lock.ts';
import { publicHost, readHostIdentity, urlHost } from './host-addresses.ts';
import type { Installation } from './installation.ts';
import type { LaunchOptions } from './launch-options.ts';
import { LogFile } from './log-file.ts';
import { listServices, type ReadyFile, removeReadyFile, writeReadyFile } from './ready-file.ts';
import { ensureCertificates } from './server-certificate.ts';
import type { Service } from './service.ts';
import { ServiceGroup } from './service-group.ts';
import { checkStart, type DatabaseCheck, prepareDataDirectory } from './start-check.ts';
import { startSystem } from './system-start.ts';
import type { Terminal } from './terminal-output.ts';

export interface LauncherOptions {
  options: LaunchOptions;
  installation: Installation;
  environment: EnvironmentSource;
  terminal: Terminal;
  checkDatabase: DatabaseCheck;
}

const CERTIFICATE_CHECK_MS = 3600_000;
const PROCESS_CHECK_MS = 2000;
const ORPHAN_GRACE_MS = 6000;

/** The single-server system: everything that `stratora up` starts, supervises and stops. */
export class Launcher {
  readonly #given: LauncherOptions;
  readonly #group: ServiceGroup;
  readonly #logger: Logger;
  readonly #log: LogFile;
  readonly #stopRequest = new AbortController();
  readonly #loops: Periodic[] = [];
  #lock: DataLock | undefined;
  #stopping: Promise<void> | undefined;
  #ready: Omit<ReadyFile, 'services'> | undefined;
  #writtenReadyFile = '';

  constructor(given: LauncherOptions) {
    const { options, terminal } = given;
    this.#given = given;
    this.#log = new LogFile({ path: join(options.dataDir, 'logs', 'launcher.log') });
    this.#logger = createLogger({ name: 'launcher', level: options.logLevel, destination: this.#log });
    this.#group = new ServiceGroup({
      dataDir: options.dataDir,
      logger: this.#logger,
      terminal,
      onChange: () => void this.#refreshReadyFile(),
    });
  }

  /**
   * Starts everything and resolves when the system is ready, or when a stop was asked for meanwhile.
   * @throws when it cannot start; what had been started is stopped then
   */
  async start(): Promise<void> {
    const { options } = this.#given;
    await prepareDataDirectory(options.dataDir);
    this.#lock = await lockDataDirectory(options.dataDir);
    try {
      await this.#startLocked();
    } catch (error) {
      if (!this.#stopRequest.signal.aborted) this.#logger.error({ err: error }, 'start failed');
      await this.stop();
      throw error;
    }
  }

  async #startLocked(): Promise<void> {
    const { options, installation, environment, terminal, checkDatabase } = this.#given;
    await removeReadyFile(options.dataDir);
    await checkStart(options, environment, checkDatabase);
    await endOrphans(options.dataDir, {
      graceMs: ORPHAN_GRACE_MS,
      onFound: ({ name, pid }) =>
        terminal.status(name, `ending process ${pid} of a launcher that was killed`),
    });
    const system = await startSystem({
      options,
      installation,
      environment,
      terminal,
      logger: this.#logger,
      group: this.#group,
      stopRequest: this.#stopRequest.signal,
    });
    if (system === undefined) return;
    await this.#lock?.announce(system.url);
    this.#ready = {
      url: system.url,
      pid: process.pid,
      ca_file: system.caFile,
      version: installation.version,
    };
    await this.#refreshReadyFile();
    terminal.print(`Stratora is ready at ${system.url}`);
    this.#watch('certificate-renewal', CERTIFICATE_CHECK_MS, () => this.#renewCertificates());
    this.#watch('process-list', PROCESS_CHECK_MS, () => this.#refreshReadyFile());
  }

  get url(): string {
    return this.#ready?.url ?? `https://${urlHost(publicHost(this.#given.options.host))}`;
  }

  #watch(name: string, intervalMs: number, run: () => Promise<void>): void {
    const loop = periodic({ name, intervalMs, run, logger: this.#logger });
    loop.start();
    this.#loops.push(loop);
  }

  /** Stops everything. Safe to call at any time and any number of times; all callers share one stop. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #stopAll(): Promise<void> {
    this.#stopRequest.abort();
    await this.#lock?.markStopping();
    // From here on no program may take this launcher for ready.
    await removeReadyFile(this.#given.options.dataDir);
    await Promise.all(this.#loops.map((loop) => loop.stop()));
    await this.#group.stop();
    await this.#lock?.release();
    this.#log.close();
  }

  async #renewCertificates(): Promise<void> {
    const { options, terminal } = this.#given;
    const { renewed } = await ensureCertificates(options.dataDir, readHostIdentity(options.host));
    if (renewed.length === 0) return;
    this.#logger.info({ renewed }, 'certificates renewed');
    terminal.print(`Renewed: ${renewed.join('; ')}`);
    // nginx takes the new files for new connections and lets the old ones end; the backend looks at the files itself.
    this.#group.find('nginx')?.signal('SIGHUP');
  }

  async #refreshReadyFile(): Promise<void> {
    const ready = this.#ready;
    if (ready === undefined || this.#stopping) return;
    try {
      const content = { ...ready, services: await listServices(this.services) };
      const text = JSON.stringify(content);
      if (text === this.#writtenReadyFile || this.#stopping) return;
      this.#writtenReadyFile = text;
      await writeReadyFile(this.#given.options.dataDir, content);
    } catch (error) {
      this.#logger.warn({ err: errorMessage(error) }, 'ready.json not written');
    }
  }

  get services(): readonly Service[] {
    return this.#group.services;
  }
}
