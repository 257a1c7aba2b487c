import { type Clock, errorMessage, type Logger, sanitizeText, type TimerHandle } from '@stratora/runtime';
import type { EngineStats, InputStats } from './engine-stats.ts';
import { detailOf, failureWords } from './failure-words.ts';
import { GatherSink } from './gather-sink.ts';
import { GatherError, type Input, type TargetStatus } from './input.ts';
import { InputSchedule, type ScheduleSettings } from './input-schedule.ts';
import type { MetricBuffer } from './metric-buffer.ts';
import type { MetricShape } from './metric-shape.ts';
import { notDoneInTime } from './target-words.ts';

export interface RunnerOptions {
  readonly input: Input;
  readonly schedule: ScheduleSettings;
  readonly deadlineMs: number;
  readonly precisionMs: number;
  /** 3 s by default. */
  readonly firstGatherWithinMs?: number;
  readonly shape: MetricShape;
  readonly buffer: MetricBuffer;
  readonly stats: InputStats;
  readonly engineStats: EngineStats;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called after each gather. */
  readonly onStatus: (status: TargetStatus, message: string, detail?: string) => void;
}

interface Outcome {
  readonly status: TargetStatus;
  readonly message: string;
  readonly detail: string | undefined;
}

/** Most time until an instance's first gather: nobody who adds a device waits for the clock's next round number. */
const FIRST_GATHER_WITHIN_MS = 3000;

/** Runs one instance of an input on its schedule, each gather under its deadline, never two at a time. */
export class InputRunner {
  readonly #options: RunnerOptions;
  readonly #schedule: InputSchedule;
  #timer: TimerHandle | undefined;
  #gathering: Promise<void> | undefined;
  #controller: AbortController | undefined;
  #isStopped = false;
  #reported: Outcome | undefined;
  #lastProblem = '';

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#schedule = new InputSchedule(options.schedule);
  }

  start(): void {
    const { clock, schedule, firstGatherWithinMs: withinMs = FIRST_GATHER_WITHIN_MS } = this.#options;
    const firstMs = this.#schedule.nextDelayMs(clock.now());
    if (firstMs <= withinMs) {
      this.#arm(firstMs);
      return;
    }
    const earlyMs = Math.round(withinMs * schedule.jitterFraction);
    this.#timer = clock.setTimeout(() => {
      this.#arm(firstMs - earlyMs);
      this.#gather();
    }, earlyMs);
  }

  /** Notes the target's status; called by the input during its gather. */
  reportStatus(status: TargetStatus, message: string, detail?: string): void {
    this.#reported = { status, message, detail };
    if (this.#gathering === undefined && !this.#isStopped) this.#options.onStatus(status, message, detail);
  }

  /** Ends the rhythm, aborts what is under way and frees the input. Resolves when the input has let go. */
  async stop(): Promise<void> {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#options.clock.clearTimeout(this.#timer);
    this.#controller?.abort(new Error('the input was stopped'));
    await this.#gathering;
    try {
      await this.#options.input.stop?.();
    } catch (error) {
      this.#options.logger.warn({ err: error }, 'input failed to stop');
    }
  }

  #arm(delayMs: number): void {
    this.#timer = this.#options.clock.setTimeout(() => this.#tick(), delayMs);
  }

  #tick(): void {
    this.#arm(this.#schedule.nextDelayMs(this.#options.clock.now()));
    this.#gather();
  }

  #gather(): void {
    if (this.#gathering !== undefined) {
      this.#options.stats.skipped += 1;
      this.#options.engineStats.total.skipped += 1;
      this.#note('the gather before has not ended; interval skipped');
      if (this.#reported === undefined && !this.#isStopped)
        this.#options.onStatus('timeout', 'The gather before has not ended; this interval is left out.');
      return;
    }
    this.#gathering = this.#run().finally(() => {
      this.#gathering = undefined;
    });
  }

  async #run(): Promise<void> {
    const { input, clock, deadlineMs, stats, onStatus } = this.#options;
    const controller = new AbortController();
    const sink = new GatherSink(this.#options);
    const startedAt = clock.monotonic();
    let isLate = false;
    this.#controller = controller;
    this.#reported = undefined;
    const deadline = clock.setTimeout(() => {
      isLate = true;
      controller.abort(new GatherError('timeout', notDoneInTime(deadlineMs / 1000)));
    }, deadlineMs);
    stats.runs += 1;
    let failure: unknown;
    try {
      await input.gather(sink, controller.signal);
    } catch (error) {
      failure = error ?? new Error('failed without a reason');
    }
    clock.clearTimeout(deadline);
    sink.close();
    this.#controller = undefined;
    stats.durationMs = clock.monotonic() - startedAt;
    if (this.#isStopped) return;
    const { status, message, detail } = this.#conclude(failure, isLate);
    onStatus(status, message, detail);
  }

  #conclude(failure: unknown, isLate: boolean): Outcome {
    const { stats, engineStats, clock } = this.#options;
    if (isLate) {
      stats.timeouts += 1;
      engineStats.total.timeouts += 1;
    }
    if (failure === undefined) {
      stats.lastSuccessAt = clock.now();
      const outcome = this.#reported ?? { status: 'ok' as const, message: '', detail: undefined };
      this.#note(outcome.status === 'ok' ? '' : outcome.message);
      return outcome;
    }
    stats.failures += 1;
    engineStats.total.failures += 1;
    const message = sanitizeText(errorMessage(failure));
    this.#note(message, failure);
    if (this.#reported !== undefined && this.#reported.status !== 'ok') return this.#reported;
    if (failure instanceof GatherError) return { status: failure.status, message, detail: detailOf(failure) };
    return { status: isLate ? 'timeout' : 'bad_answer', ...failureWords(failure) };
  }

  /** Logs a problem when it has changed since the last gather. */
  #note(problem: string, error?: unknown): void {
    if (problem === this.#lastProblem) return;
    const { logger } = this.#options;
    if (problem === '') logger.info('input gathers again');
    else if (error === undefined || error instanceof GatherError)
      logger.warn({ problem }, 'input has a problem');
    else logger.warn({ problem, err: error }, 'input failed');
    this.#lastProblem = problem;
  }
}
