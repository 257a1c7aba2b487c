import { type ChildProcess, spawn } from 'node:child_process';
import { type BackoffOptions, createBackoff } from './backoff.ts';
import { type Clock, systemClock, type TimerHandle } from './clock.ts';
import type { Logger } from './logger.ts';
import { onLines } from './process-lines.ts';

export type SupervisedState = 'stopped' | 'running' | 'backoff' | 'stopping';

export interface SupervisedExit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Milliseconds that it ran. */
  ranMs: number;
  /** The error when it could not be started at all. */
  error?: Error;
}

export interface SuperviseOptions {
  name: string;
  command: string;
  args: readonly string[];
  env?: Record<string, string | undefined>;
  cwd?: string;
  uid?: number;
  gid?: number;
  logger: Logger;
  /** Called for each line that the child prints; see `onLines`. */
  output: (line: string, stream: 'stdout' | 'stderr') => void;
  backoff: BackoffOptions;
  /** Milliseconds of a run that resets the backoff; 30 s by default. */
  steadyMs?: number;
  stopSignal?: NodeJS.Signals;
  /** Milliseconds from the stop signal to SIGKILL; 5 s by default. */
  killAfterMs?: number;
  /** True to lead its own process group, so that a terminal's Ctrl-C reaches only the supervisor. */
  detached?: boolean;
  onState?: (state: SupervisedState, exit?: SupervisedExit) => void;
  clock?: Clock;
}

export interface Supervised {
  readonly name: string;
  readonly pid: number | undefined;
  readonly state: SupervisedState;
  /** Number of times that it was started again after it had ended by itself. */
  readonly restarts: number;
  start(): void;
  /** Resolves once the child is gone; safe to call more than once. */
  stop(): Promise<void>;
  /** Stops and starts at once, without backoff. */
  restart(): Promise<void>;
  signal(signal: NodeJS.Signals): boolean;
}

/**
 * Keeps one child process running: starts it again with backoff whenever it ends by itself. The child's standard
 * input is a pipe held open by us, so a child that watches for its end learns of our death even by SIGKILL.
 */
export function superviseProcess(options: SuperviseOptions): Supervised {
  return new ProcessSupervisor(options);
}

class ProcessSupervisor implements Supervised {
  readonly #options: SuperviseOptions;
  readonly #clock: Clock;
  readonly #backoff;
  #child: ChildProcess | undefined;
  #state: SupervisedState = 'stopped';
  #restarts = 0;
  #retry: TimerHandle | undefined;
  #gone: Promise<void> = Promise.resolve();

  constructor(options: SuperviseOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#backoff = createBackoff(options.backoff);
  }

  get name(): string {
    return this.#options.name;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get state(): SupervisedState {
    return this.#state;
  }

  get restarts(): number {
    return this.#restarts;
  }

  start(): void {
    if (this.#state === 'running' || this.#state === 'backoff') return;
    this.#spawn();
  }

  async stop(): Promise<void> {
    this.#clock.clearTimeout(this.#retry);
    this.#retry = undefined;
    if (!this.#child) {
      this.#enter('stopped');
      return;
    }
    this.#enter('stopping');
    this.#child.kill(this.#options.stopSignal ?? 'SIGTERM');
    const kill = this.#clock.setTimeout(
      () => this.#child?.kill('SIGKILL'),
      this.#options.killAfterMs ?? 5000,
    );
    await this.#gone;
    this.#clock.clearTimeout(kill);
  }

  async restart(): Promise<void> {
    await this.stop();
    this.#backoff.reset();
    this.start();
  }

  signal(signal: NodeJS.Signals): boolean {
    return this.#child?.kill(signal) ?? false;
  }

  #spawn(): void {
    const { command, args, env, cwd, uid, gid, detached = false } = this.#options;
    const startedAt = this.#clock.monotonic();
    const child = spawn(command, args, {
      cwd,
      env,
      detached,
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
    });
    this.#child = child;
    child.stdin.on('error', () => {});
    onLines(child.stdout, (line) => this.#options.output(line, 'stdout'));
    onLines(child.stderr, (line) => this.#options.output(line, 'stderr'));
    this.#enter('running');
    this.#gone = new Promise((resolve) => {
      let ended = false;
      const end = (exit: Omit<SupervisedExit, 'ranMs'>) => {
        if (ended) return;
        ended = true;
        this.#child = undefined;
        this.#onExit({ ...exit, ranMs: this.#clock.monotonic() - startedAt });
        resolve();
      };
      child.once('error', (error) => {
        if (child.pid === undefined) end({ code: null, signal: null, error });
      });
      child.once('exit', (code, signal) => end({ code, signal }));
    });
  }

  #onExit(exit: SupervisedExit): void {
    if (this.#state === 'stopping') {
      this.#enter('stopped', exit);
      return;
    }
    if (exit.ranMs >= (this.#options.steadyMs ?? 30_000)) this.#backoff.reset();
    const delayMs = this.#backoff.next();
    this.#enter('backoff', exit);
    this.#options.logger.warn(
      { child: this.name, code: exit.code, signal: exit.signal, err: exit.error, delayMs },
      'child ended, will be started again',
    );
    this.#retry = this.#clock.setTimeout(() => {
      this.#retry = undefined;
      this.#restarts += 1;
      this.#spawn();
    }, delayMs);
  }

  #enter(state: SupervisedState, exit?: SupervisedExit): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.onState?.(state, exit);
  }
}
