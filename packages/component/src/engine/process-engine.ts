import {
  type Clock,
  errorMessage,
  type Logger,
  runProcess,
  type Supervised,
  type SupervisedExit,
  type SupervisedState,
  sanitizeText,
  superviseProcess,
} from '@stratora/runtime';
import type { CheckResult, EngineFailure, EngineProgram } from './engine.ts';

export interface ProcessEngineOptions {
  program: EngineProgram;
  configPath: string;
  /**
   * Environment of the child, which also gets STRATORA_EXIT_ON_STDIN_CLOSE=1: our own engine ends when its standard
   * input does.
   */
  environment: Readonly<Record<string, string>>;
  /** Milliseconds between the request to end and the kill. */
  stopWithinMs: number;
  logger: Logger;
  clock: Clock;
  /** Called for each line that the engine prints. */
  onLine: (line: string) => void;
  /** Called when the engine was started, or ended. */
  onState: () => void;
  onFailure: (failure: EngineFailure) => void;
}

/** Pauses before restarts: the first comes within a second; a crash loop slows down to one a minute. */
const BACKOFF = { minMs: 1000, maxMs: 60_000 };
const KEPT_LINES = 12;
/** Signals that a program raises itself; all others come from others, or from the kernel when memory is short. */
const OWN_SIGNALS: ReadonlySet<NodeJS.Signals> = new Set([
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGILL',
  'SIGSEGV',
  'SIGSYS',
  'SIGTRAP',
]);

/** An engine as a child process, kept running. */
export class ProcessEngine {
  readonly program: EngineProgram;
  readonly #options: ProcessEngineOptions;
  readonly #child: Supervised;
  #lines: string[] = [];
  #startedAt = 0;

  constructor(options: ProcessEngineOptions) {
    this.#options = options;
    const { program, configPath, environment, logger, clock, stopWithinMs } = options;
    this.program = program;
    this.#child = superviseProcess({
      name: `${program.kind}-engine`,
      command: program.command[0] ?? '',
      args: [...program.command.slice(1), ...program.runArguments(configPath)],
      env: { ...environment, STRATORA_EXIT_ON_STDIN_CLOSE: '1' },
      logger,
      clock,
      backoff: BACKOFF,
      killAfterMs: stopWithinMs,
      output: (line) => this.#takeLine(line),
      onState: (state, exit) => this.#entered(state, exit),
    });
  }

  get pid(): number | undefined {
    return this.#child.state === 'running' ? this.#child.pid : undefined;
  }

  /** Monotonic time at which the process that runs now was started. */
  get startedAt(): number {
    return this.#startedAt;
  }

  /** The newest lines that the process has printed. */
  get lastLines(): string {
    return sanitizeText(this.#lines.join(' | '), 1000);
  }

  /** Makes a running process take over what changed in the config; starts one where there is none. */
  async apply(): Promise<void> {
    const { reloadSignal } = this.program;
    if (reloadSignal && this.#child.state === 'running' && this.#child.signal(reloadSignal)) return;
    await this.#child.restart();
  }

  restart(): Promise<void> {
    return this.#child.restart();
  }

  stop(): Promise<void> {
    return this.#child.stop();
  }

  #entered(state: SupervisedState, exit: SupervisedExit | undefined): void {
    const { clock, onFailure, onState } = this.#options;
    if (state === 'running') {
      this.#startedAt = clock.monotonic();
      this.#lines = [];
    }
    if (state === 'backoff' && exit) {
      const isOwn = exit.signal === null || OWN_SIGNALS.has(exit.signal);
      onFailure({ at: clock.monotonic(), ranMs: exit.ranMs, isOwn, message: this.#failureMessage(exit) });
    }
    onState();
  }

  #failureMessage(exit: SupervisedExit): string {
    if (exit.error) return `it could not be started: ${errorMessage(exit.error)}`;
    return this.lastLines || (exit.signal === null ? `exit code ${exit.code}` : `ended by ${exit.signal}`);
  }

  #takeLine(line: string): void {
    this.#lines = [...this.#lines.slice(1 - KEPT_LINES), sanitizeText(line, 300)];
    this.#options.onLine(line);
  }
}

export interface CheckOptions {
  environment: Readonly<Record<string, string>>;
  timeoutMs: number;
  /** Turns what the check printed into what a person should read. */
  summarize: (output: string) => string;
}

/** Runs the check of a program to its end, or to the end of its time. */
export async function checkConfig(
  program: EngineProgram,
  configPath: string,
  { environment, timeoutMs, summarize }: CheckOptions,
): Promise<CheckResult & { timedOut?: true }> {
  try {
    const result = await runProcess({
      command: program.command[0] ?? '',
      args: [...program.command.slice(1), ...program.checkArguments(configPath)],
      env: { ...environment },
      timeoutMs,
      maxOutputBytes: 64 * 1024,
    });
    if (result.code === 0) return { ok: true };
    if (result.timedOut) return { ok: false, message: 'the check did not end in time', timedOut: true };
    const message = summarize(`${result.stderr}\n${result.stdout}`);
    return { ok: false, message: message || `the check ended with ${result.code ?? result.signal}` };
  } catch (error) {
    return { ok: false, message: `the check could not be started: ${errorMessage(error)}` };
  }
}
