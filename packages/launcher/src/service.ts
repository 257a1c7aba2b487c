import { join } from 'node:path';
import {
  type Logger,
  type Supervised,
  type SupervisedExit,
  type SupervisedState,
  superviseProcess,
} from '@stratora/runtime';
import { endLeaderlessGroup, forgetChild, recordChild } from './child-record.ts';
import { LogFile } from './log-file.ts';
import type { Terminal } from './terminal-output.ts';
import type { CommandLine } from './unprivileged.ts';

/** What every service of one launcher shares. */
export interface ServiceContext {
  dataDir: string;
  logger: Logger;
  terminal: Terminal;
  /** Called after a process of a service has come or gone. */
  onChange: () => void;
}

export interface ServiceSpec {
  /** As in ready.json; also the name of the log. */
  name: string;
  line: CommandLine;
  env: Record<string, string | undefined>;
  port?: number;
  stopSignal?: NodeJS.Signals;
  /** From the stop signal to SIGKILL. */
  killAfterMs: number;
}

/** The first retry is quick, since most causes are gone at once; a service that cannot run is tried twice a minute. */
const BACKOFF = { minMs: 300, maxMs: 30_000 };
const KEPT_LINES = 15;

/** A child of the launcher: restarted with backoff, logged with rotation, recorded for the launcher after this one. */
export class Service {
  readonly name: string;
  readonly port: number | undefined;
  readonly logPath: string;
  readonly #context: ServiceContext;
  readonly #spec: ServiceSpec;
  readonly #child: Supervised;
  readonly #log: LogFile;
  #pid: number | undefined;
  #lastLines: string[] = [];
  #records: Promise<void> = Promise.resolve();

  constructor(context: ServiceContext, spec: ServiceSpec) {
    this.#context = context;
    this.#spec = spec;
    this.name = spec.name;
    this.port = spec.port;
    this.logPath = join(context.dataDir, 'logs', `${spec.name}.log`);
    this.#log = new LogFile({ path: this.logPath });
    this.#child = superviseProcess({
      name: spec.name,
      ...spec.line,
      env: spec.env,
      cwd: context.dataDir,
      logger: context.logger,
      backoff: BACKOFF,
      stopSignal: spec.stopSignal ?? 'SIGTERM',
      killAfterMs: spec.killAfterMs,
      // Its own process group: Ctrl-C reaches the launcher alone, which then stops all in order.
      detached: process.platform !== 'win32',
      output: (line) => this.#hear(line),
      onState: (state, exit) => this.#entered(state, exit),
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get isRunning(): boolean {
    return this.#child.state === 'running';
  }

  /** What it said last, to show beside a failure. */
  get lastLines(): readonly string[] {
    return this.#lastLines;
  }

  start(): void {
    this.#child.start();
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.signal(signal);
  }

  /** Resolves once it is gone and nothing of it is left; safe to call more than once. */
  async stop(): Promise<void> {
    await this.#child.stop();
    this.#endRest();
    await this.#records;
    await forgetChild(this.#context.dataDir, this.name);
    this.#log.close();
  }

  #hear(line: string): void {
    this.#log.write(line);
    this.#lastLines.push(line);
    if (this.#lastLines.length > KEPT_LINES) this.#lastLines.shift();
  }

  #entered(state: SupervisedState, exit: SupervisedExit | undefined): void {
    const { terminal } = this.#context;
    if (state === 'running') this.#started();
    else if (state === 'stopping') terminal.status(this.name, 'stopping');
    else if (state === 'stopped') terminal.status(this.name, exit ? `stopped${reasonOf(exit)}` : 'stopped');
    else {
      this.#endRest();
      terminal.status(this.name, `ended${reasonOf(exit)}; starting it again (log: ${this.logPath})`);
    }
    this.#context.onChange();
  }

  #started(): void {
    const { pid } = this.#child;
    this.#pid = pid;
    if (pid === undefined) return;
    const { dataDir, logger, terminal } = this.#context;
    const where = this.port === undefined ? '' : `, port ${this.port}`;
    terminal.status(
      this.name,
      `${this.#child.restarts > 0 ? 'running again' : 'started'} (process ${pid}${where})`,
    );
    const record = { name: this.name, pid, stopSignal: this.#spec.stopSignal ?? ('SIGTERM' as const) };
    this.#records = this.#records
      .then(() => recordChild(dataDir, record))
      .catch((error: unknown) => logger.error({ err: error, child: this.name }, 'child not recorded'));
  }

  /** Workers and engines of a process that was killed must not hold its port or write beside its successor. */
  #endRest(): void {
    if (this.#pid !== undefined) endLeaderlessGroup(this.#pid);
    this.#pid = undefined;
  }
}

function reasonOf(exit: SupervisedExit | undefined): string {
  if (exit?.error) return ` (cannot be started: ${exit.error.message})`;
  if (exit?.signal) return ` (${exit.signal})`;
  return exit?.code ? ` (exit code ${exit.code})` : '';
}
