import type { EngineState } from '@stratora/contract';
import {
  type Clock,
  type Logger,
  type Periodic,
  periodic,
  sanitizeText,
  sleep,
  type TimerHandle,
} from '@stratora/runtime';
import type {
  CheckResult,
  Engine,
  EngineFailure,
  EngineFigures,
  EngineKind,
  EngineProgram,
} from './engine.ts';
import type { EngineLimits } from './engine-limits.ts';
import { forwardLine } from './engine-log.ts';
import type { EnginePrograms, ProgramSearch } from './engine-programs.ts';
import { EngineWatch } from './engine-watch.ts';
import { LogGate } from './log-gate.ts';
import { checkConfig, ProcessEngine } from './process-engine.ts';
import { readProcessFigures } from './process-figures.ts';
import { endStrays, engineMark, MARK_VARIABLE } from './stray-processes.ts';
import { forwardTelegrafLine, parseTelegrafLine, type TelegrafLine, telegrafFaults } from './telegraf-log.ts';

export interface EngineHostOptions {
  programs: EnginePrograms;
  /** The file that the running engine reads. */
  configPath: string;
  /** Tells our engines from those of other components. */
  stateDirectory: string;
  environment: Readonly<Record<string, string>>;
  limits: EngineLimits;
  logger: Logger;
  clock: Clock;
  /** Takes a line of Telegraf's log; returns true when the line need not be logged again. */
  onTelegrafLine: (line: TelegrafLine) => boolean;
}

const STOP_WITHIN_MS = 4000;
/** Time for an engine to end before the next one starts beside it. */
const HAND_OVER_MS = 1000;
const CRASH_LOOP_FAILURES = 3;
const CRASH_LOOP_WINDOW_MS = 300_000;
const KEPT_FAILURES = 10;
const WATCH_INTERVAL_MS = 5000;
const RETRY_ABSENT_MS = 30_000;
/** Share of the memory limit for the soft limit of Go's own memory management, below the one at which we step in. */
const SOFT_SHARE = 0.9;

/** Owns the engine of a component: one process of one kind at a time, kept running and watched. */
export class EngineHost implements Engine {
  readonly #options: EngineHostOptions;
  readonly #gate: LogGate;
  readonly #watch: EngineWatch;
  readonly #watchLoop: Periodic;
  readonly #listeners: (() => void)[] = [];
  #process: ProcessEngine | undefined;
  /** The end of the engines that another one has followed already. */
  #leaving: Promise<unknown> = Promise.resolve();
  /** The kind of engine that should run; undefined when none should. */
  #wanted: EngineKind | undefined;
  /** The program that would run if there were something to gather. */
  #resting: Pick<EngineState, 'kind' | 'version'> | undefined;
  /** The reason why the wanted engine does not run. */
  #absent: { kind: EngineKind; reason: string } | undefined;
  #retryTimer: TimerHandle | undefined;
  #exits = 0;
  #failures: EngineFailure[] = [];
  #queue: Promise<void> = Promise.resolve();

  constructor(options: EngineHostOptions) {
    this.#options = options;
    const { clock, logger, limits } = options;
    this.#gate = new LogGate(clock, logger);
    this.#watch = new EngineWatch({ limits, clock, read: readProcessFigures });
    this.#watchLoop = periodic({
      name: 'engine-watch',
      intervalMs: WATCH_INTERVAL_MS,
      run: () => this.#look(),
      clock,
      logger,
    });
  }

  get state(): EngineState {
    const program = this.#process?.program;
    const pid = this.#process?.pid;
    if (this.#resting) return { ...this.#resting, running: false, idle: true };
    return {
      kind: program?.kind ?? this.#absent?.kind ?? 'embedded',
      version: program?.version ?? '',
      running: pid !== undefined,
      ...(pid === undefined ? {} : { pid }),
    };
  }

  get exits(): number {
    return this.#exits;
  }

  get failures(): readonly EngineFailure[] {
    return this.#failures;
  }

  get crashLoop(): boolean {
    if (this.#absent) return true;
    const since = this.#options.clock.monotonic() - CRASH_LOOP_WINDOW_MS;
    return this.#failures.filter(({ at }) => at >= since).length >= CRASH_LOOP_FAILURES;
  }

  get lastOutput(): string {
    return this.#absent?.reason ?? this.#failures.at(-1)?.message ?? this.#process?.lastLines ?? '';
  }

  get figures(): EngineFigures | undefined {
    return this.#watch.figures;
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Ends the engines that an earlier process of this component left running. */
  async open(): Promise<void> {
    const { stateDirectory, configPath, clock, logger } = this.#options;
    for (const purpose of ['run', 'check'] as const) {
      const path = purpose === 'run' ? configPath : undefined;
      const ended = await endStrays(engineMark(stateDirectory, purpose), path, clock);
      if (ended.length > 0)
        logger.warn({ pids: ended, purpose }, 'ended an engine of a component that was killed');
    }
    this.#watchLoop.start();
  }

  async fingerprint(kind: EngineKind): Promise<string | undefined> {
    const search = await this.#find(kind);
    return 'program' in search ? search.program.fingerprint : undefined;
  }

  #find(kind: EngineKind): Promise<ProgramSearch> {
    return this.#options.programs.find(kind);
  }

  async check(kind: EngineKind, configPath: string, timeoutMs: number): Promise<CheckResult> {
    const search = await this.#find(kind);
    if ('absent' in search) return { ok: false, message: search.absent };
    const { stateDirectory, clock } = this.#options;
    const mark = engineMark(stateDirectory, 'check');
    const result = await checkConfig(search.program, configPath, {
      environment: { ...this.#environment(search.program), [MARK_VARIABLE]: mark },
      timeoutMs,
      summarize: kind === 'telegraf' ? telegrafFaults : (output) => sanitizeText(output, 2000),
    });
    if ('timedOut' in result) await endStrays(mark, undefined, clock);
    return result;
  }

  run(kind: EngineKind): Promise<void> {
    return this.#inTurn(() => this.#run(kind, false));
  }

  restart(kind: EngineKind): Promise<void> {
    return this.#inTurn(() => this.#run(kind, true));
  }

  rest(kind: EngineKind): Promise<void> {
    return this.#inTurn(async () => {
      await this.#end();
      const search = await this.#find(kind);
      this.#process = undefined;
      this.#failures = [];
      this.#resting = { kind, version: 'program' in search ? search.program.version : '' };
      this.#notify();
    });
  }

  stop(): Promise<void> {
    return this.#inTurn(() => this.#end());
  }

  async close(): Promise<void> {
    await this.#watchLoop.stop();
    await this.stop();
  }

  /** Notes that the engine gave output, or reported something. */
  noteLife(): void {
    this.#watch.noteLife();
  }

  async #end(): Promise<void> {
    this.#wanted = undefined;
    this.#resting = undefined;
    this.#setAbsent(undefined);
    await Promise.all([this.#process?.stop(), this.#leaving]);
    await this.#endLeftovers();
  }

  async #run(kind: EngineKind, afresh: boolean): Promise<void> {
    this.#wanted = kind;
    this.#resting = undefined;
    const search = await this.#find(kind);
    if ('absent' in search) {
      await this.#process?.stop();
      this.#process = undefined;
      this.#setAbsent({ kind, reason: search.absent });
      return;
    }
    this.#setAbsent(undefined);
    const before = this.#process;
    if (before?.program.kind === kind && before.program.fingerprint === search.program.fingerprint) {
      if (before.program.reloadSignal === undefined) await this.#handOver(before);
      else await (afresh ? before.restart() : before.apply());
      return;
    }
    await Promise.all([before?.stop(), this.#leaving]);
    await this.#endLeftovers();
    this.#failures = [];
    this.#process = this.#open(search.program);
    await this.#process.restart();
  }

  /**
   * Starts anew a program that does not read its config again. Once it is asked to end it begins no gather, but it waits
   * for those under way: when one of them hangs, the next process does not wait for it.
   */
  async #handOver(before: ProcessEngine): Promise<void> {
    const left = before.stop();
    this.#leaving = Promise.all([this.#leaving, left]);
    await Promise.race([left, sleep(HAND_OVER_MS, this.#options.clock)]);
    this.#process = this.#open(before.program);
    await this.#process.restart();
  }

  #open(program: EngineProgram): ProcessEngine {
    const { configPath, stateDirectory, logger, clock } = this.#options;
    const mark = engineMark(stateDirectory, 'run');
    const process: ProcessEngine = new ProcessEngine({
      program,
      configPath,
      environment: { ...this.#environment(program), [MARK_VARIABLE]: mark },
      stopWithinMs: STOP_WITHIN_MS,
      logger,
      clock,
      onLine: (line) => this.#takeLine(process, line),
      onState: () => {
        this.#notify();
      },
      onFailure: (failure) => {
        this.#exits += 1;
        this.#noteFailure(failure);
      },
    });
    return process;
  }

  #environment(program: EngineProgram): Record<string, string> {
    const { environment, limits } = this.#options;
    if (program.kind !== 'telegraf' || limits.memoryBytes === 0) return { ...environment };
    const softMiB = Math.floor((limits.memoryBytes * SOFT_SHARE) / 1024 ** 2);
    return { GOMEMLIMIT: `${softMiB}MiB`, ...environment };
  }

  /** Ends children that an engine has left behind: they would gather on, or hold what the next one needs. */
  async #endLeftovers(): Promise<void> {
    const { stateDirectory, clock } = this.#options;
    await endStrays(engineMark(stateDirectory, 'run'), undefined, clock);
  }

  #takeLine(process: ProcessEngine, line: string): void {
    const { logger, onTelegrafLine } = this.#options;
    if (process.program.kind === 'embedded') {
      if (this.#gate.pass()) forwardLine(line, logger);
      return;
    }
    const parsed = parseTelegrafLine(line);
    // What one that is leaving still says is about the targets of an earlier config.
    const isLeaving = process !== this.#process || process.pid === undefined;
    if (parsed && !isLeaving && onTelegrafLine(parsed)) return;
    if (this.#gate.pass()) forwardTelegrafLine(parsed ?? line, logger);
  }

  async #look(): Promise<void> {
    const process = this.#process;
    const pid = process?.pid;
    const watched = process && pid !== undefined ? { pid, startedAt: process.startedAt } : undefined;
    const reason = await this.#watch.look(watched);
    if (reason === undefined || !process) return;
    await this.#inTurn(async () => {
      if (process.pid !== pid || this.#process !== process) return;
      const { logger, clock } = this.#options;
      logger.error({ pid, reason }, 'engine is started anew');
      const at = clock.monotonic();
      this.#noteFailure({ at, ranMs: at - process.startedAt, isOwn: true, message: reason });
      await process.restart();
    });
  }

  #noteFailure(failure: EngineFailure): void {
    this.#failures = [...this.#failures.slice(1 - KEPT_FAILURES), failure];
    this.#notify();
  }

  #setAbsent(absent: { kind: EngineKind; reason: string } | undefined): void {
    const { clock, logger } = this.#options;
    clock.clearTimeout(this.#retryTimer);
    this.#retryTimer = undefined;
    if (absent) {
      if (!this.#absent) logger.error({ engine: absent.kind, reason: absent.reason }, 'engine is not there');
      this.#retryTimer = clock.setTimeout(() => {
        if (this.#wanted === absent.kind) void this.run(absent.kind);
      }, RETRY_ABSENT_MS);
    }
    const isNew = this.#absent?.reason !== absent?.reason;
    this.#absent = absent;
    if (isNew) this.#notify();
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Queues a change: one at a time. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => {});
    return done;
  }
}
