import type { Clock } from '@stratora/runtime';
import type { EngineFigures } from './engine.ts';
import { CPU_OVER_MS, type EngineLimits, MEMORY_OVER_MS } from './engine-limits.ts';
import type { ProcessFigures } from './process-figures.ts';

export interface WatchedProcess {
  pid: number;
  startedAt: number;
}

export interface EngineWatchOptions {
  limits: EngineLimits;
  clock: Clock;
  read: (pid: number) => Promise<ProcessFigures | undefined>;
}

/** Time without activity after which a process will not go on by itself. */
const STILL_MS = 35_000;

/** Looks at one engine process: its memory, its share of the processor, and whether it is still alive. */
export class EngineWatch {
  readonly #options: EngineWatchOptions;
  #pid: number | undefined;
  #last: { at: number; figures: ProcessFigures } | undefined;
  #cpuPercent: number | undefined;
  #lifeAt = Number.NEGATIVE_INFINITY;
  #movedAt = 0;
  #memoryOverSince: number | undefined;
  #cpuOverSince: number | undefined;

  constructor(options: EngineWatchOptions) {
    this.#options = options;
  }

  get figures(): EngineFigures | undefined {
    if (!this.#last) return undefined;
    return { memoryBytes: this.#last.figures.memoryBytes, cpuPercent: this.#cpuPercent };
  }

  /** Notes that the engine gave output, or reported something. */
  noteLife(): void {
    this.#lifeAt = this.#options.clock.monotonic();
  }

  /** @returns why the process should be started anew; undefined while there is nothing against it */
  async look(process: WatchedProcess | undefined): Promise<string | undefined> {
    if (process?.pid !== this.#pid) this.#forget(process?.pid);
    if (!process) return undefined;
    const figures = await this.#options.read(process.pid);
    if (process.pid !== this.#pid) return undefined;
    const now = this.#options.clock.monotonic();
    if (figures) this.#note(figures, now);
    return this.#silence(process, figures, now) ?? this.#overuse(now);
  }

  #forget(pid: number | undefined): void {
    this.#pid = pid;
    this.#last = undefined;
    this.#cpuPercent = undefined;
    this.#memoryOverSince = undefined;
    this.#cpuOverSince = undefined;
    this.#movedAt = this.#options.clock.monotonic();
  }

  #note(figures: ProcessFigures, now: number): void {
    const before = this.#last;
    this.#last = { at: now, figures };
    if (!before) return;
    const usedMs = figures.cpuMs - before.figures.cpuMs;
    this.#cpuPercent = Math.round((usedMs / Math.max(1, now - before.at)) * 1000) / 10;
    if (usedMs > 0 || figures.switches !== before.figures.switches) this.#movedAt = now;
  }

  #silence(process: WatchedProcess, figures: ProcessFigures | undefined, now: number): string | undefined {
    const stillForMs = now - Math.max(this.#movedAt, this.#lifeAt, process.startedAt);
    if (figures === undefined || stillForMs <= STILL_MS) return undefined;
    return figures.isStopped ? 'it was stopped by a signal' : 'its process stands still';
  }

  #overuse(now: number): string | undefined {
    const { limits } = this.#options;
    const memoryBytes = this.#last?.figures.memoryBytes ?? 0;
    const isMemoryOver = limits.memoryBytes > 0 && memoryBytes > limits.memoryBytes;
    const isCpuOver = limits.cpuPercent > 0 && (this.#cpuPercent ?? 0) > limits.cpuPercent;
    this.#memoryOverSince = isMemoryOver ? (this.#memoryOverSince ?? now) : undefined;
    this.#cpuOverSince = isCpuOver ? (this.#cpuOverSince ?? now) : undefined;
    if (now - (this.#memoryOverSince ?? now) >= MEMORY_OVER_MS) {
      return `${toMiB(memoryBytes)} MiB of memory, more than its limit of ${toMiB(limits.memoryBytes)} MiB`;
    }
    if (now - (this.#cpuOverSince ?? now) >= CPU_OVER_MS) {
      return `${this.#cpuPercent} % of a processor core, more than its limit of ${limits.cpuPercent} %`;
    }
    return undefined;
  }
}

function toMiB(bytes: number): number {
  return Math.round(bytes / 1024 ** 2);
}
