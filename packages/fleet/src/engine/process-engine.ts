import type { EngineState } from '@stratora/contract';
import {
  type Clock,
  errorMessage,
  type Logger,
  runProcess,
  type Supervised,
  type SupervisedState,
  sanitizeText,
  superviseProcess,
} from '@stratora/runtime';
import type { CheckResult, Engine, EngineProgram } from './engine.ts';
import { forwardLine } from './engine-log.ts';

export interface ProcessEngineOptions {
  program: EngineProgram;
  configPath: string;
  /** Of the child. It also gets STRATORA_EXIT_ON_STDIN_CLOSE=1: it ends when its standard input does. */
  environment: Readonly<Record<string, string | undefined>>;
  logger: Logger;
  clock: Clock;
}

/** The first restart comes within a second; a crash loop slows down to one a minute. */
const BACKOFF = { minMs: 1000, maxMs: 60_000 };
const CHECK_TIMEOUT_MS = 12_000;
const STOP_AFTER_MS = 4000;
const CRASH_LOOP_EXITS = 3;
const CRASH_LOOP_WINDOW_MS = 300_000;
const KEPT_LINES = 12;

/** An engine that is a child process, kept running. */
export class ProcessEngine implements Engine {
  readonly #options: ProcessEngineOptions;
  readonly #child: Supervised;
  readonly #listeners: (() => void)[] = [];
  #exitTimes: number[] = [];
  #exits = 0;
  #lines: string[] = [];

  constructor(options: ProcessEngineOptions) {
    this.#options = options;
    const { program, configPath, environment, logger, clock } = options;
    this.#child = superviseProcess({
      name: `${program.kind}-engine`,
      command: program.command[0] ?? '',
      args: [...program.command.slice(1), ...program.runArguments(configPath)],
      env: { ...environment, STRATORA_EXIT_ON_STDIN_CLOSE: '1' },
      logger,
      clock,
      backoff: BACKOFF,
      killAfterMs: STOP_AFTER_MS,
      output: (line) => this.#hear(line),
      onState: (state) => this.#entered(state),
    });
  }

  get state(): EngineState {
    const { program } = this.#options;
    const { pid } = this.#child;
    const running = this.#child.state === 'running';
    return {
      kind: program.kind,
      version: program.version,
      running,
      ...(running && pid !== undefined ? { pid } : {}),
    };
  }

  get exits(): number {
    return this.#exits;
  }

  get crashLoop(): boolean {
    const since = this.#options.clock.monotonic() - CRASH_LOOP_WINDOW_MS;
    return this.#exitTimes.filter((time) => time >= since).length >= CRASH_LOOP_EXITS;
  }

  get lastOutput(): string {
    return sanitizeText(this.#lines.join(' | '), 1000);
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  async check(configPath: string): Promise<CheckResult> {
    const { program, environment } = this.#options;
    try {
      const result = await runProcess({
        command: program.command[0] ?? '',
        args: [...program.command.slice(1), ...program.checkArguments(configPath)],
        env: { ...environment },
        timeoutMs: CHECK_TIMEOUT_MS,
        maxOutputBytes: 64 * 1024,
      });
      if (result.code === 0) return { ok: true };
      if (result.timedOut) return { ok: false, message: 'the check did not end in time' };
      const words = sanitizeText(`${result.stderr}\n${result.stdout}`, 2000);
      return { ok: false, message: words || `the check ended with ${result.code ?? result.signal}` };
    } catch (error) {
      return { ok: false, message: `the check could not be started: ${errorMessage(error)}` };
    }
  }

  async apply(): Promise<void> {
    const { program } = this.#options;
    if (this.#child.state === 'running' && this.#child.signal(program.reloadSignal)) return;
    await this.#child.restart();
  }

  async restart(): Promise<void> {
    await this.#child.restart();
  }

  async stop(): Promise<void> {
    await this.#child.stop();
  }

  #entered(state: SupervisedState): void {
    if (state === 'backoff') {
      this.#exits += 1;
      this.#exitTimes = [...this.#exitTimes.slice(1 - CRASH_LOOP_EXITS), this.#options.clock.monotonic()];
    }
    if (state === 'running') this.#lines = [];
    for (const listener of this.#listeners) listener();
  }

  #hear(line: string): void {
    this.#lines = [...this.#lines.slice(1 - KEPT_LINES), sanitizeText(line, 300)];
    forwardLine(line, this.#options.logger);
  }
}
