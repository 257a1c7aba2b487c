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

/** The surroundings that all services of one launcher share. */
export interface ServiceContext {
  dataDir: string;
  logger: Logger;
  terminal: Terminal;
  /** Called after a process of a service has come or gone. */
  onChange: () => void;
}

export interface ServiceSpec {
  /** Name in ready.json, and of the log. */
  name: string;
  line: CommandLine;
  env: Record<string, string | undefined>;
  port?: number;
  stopSignal?: NodeJS.Signals;
  /** Milliseconds from the stop signal to SIGKILL. */
  killAfterMs: number;
}

/** Waits before a restart: the first is short, since most causes are gone at once; the longest is half a minute. */
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
      output: (line) => this.#keepLine(line),
      onState: (state, exit) => this.#onState(state, exit),
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get isRunning(): boolean {
    return this.#child.state === 'running';
  }

  /** The last lines that it printed, to show beside a failure. */
  get lastLines(): readonly string[] {
    return this.#lastLines;
  }

  start(): void {
    this.#child.start();
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.signal(signal);
  }

  /** Stops the service; resolves once nothing of it is left. Safe to call more than once. */
  async stop(): Promise<void> {
    await this.#child.stop();
    this.#endGroup();
    await this.#records;
    await forgetChild(this.#context.dataDir, this.name);
    this.#log.close();
  }

  #keepLine(line: string): void {
    this.#log.write(line);
    this.#lastLines.push(line);
    if (this.#lastLines.length > KEPT_LINES) this.#lastLines.shift();
  }

  #onState(state: SupervisedState, exit: SupervisedExit | undefined): void {
    const { terminal } = this.#context;
    if (state === 'running') this.#onStarted();
    else if (state === 'stopping') terminal.status(this.name, 'stopping');
    else if (state === 'stopped') terminal.status(this.name, exit ? `stopped${reasonOf(exit)}` : 'stopped');
    else {
      this.#endGroup();
      terminal.status(this.name, `ended${reasonOf(exit)}; starting it again (log: ${this.logPath})`);
    }
    this.#context.onChange();
  }

  #onStarted(): void {
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

  /** Ends the workers and engines of a killed process, which must not hold its port or write beside its successor. */
  #endGroup(): void {
    if (this.#pid !== undefined) endLeaderlessGroup(this.#pid);
    this.#pid = undefined;
  }
}

function reasonOf(exit: SupervisedExit | undefined): string {
  if (exit?.error) return ` (cannot be started: ${exit.error.message})`;
  if (exit?.signal) return ` (${exit.signal})`;
  return exit?.code ? ` (exit code ${exit.code})` : '';
}
