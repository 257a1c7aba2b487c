import { type Clock, type Logger, systemClock } from '@stratora/runtime';
import type { EnginePlan, PlannedInput } from './engine-plan.ts';
import { EngineStats } from './engine-stats.ts';
import { GatherSink } from './gather-sink.ts';
import { LOCAL_HOST } from './host-paths.ts';
import type { Input, InputContext, TargetStatus } from './input.ts';
import { createInputContext } from './input-context.ts';
import { MetricShape } from './metric-shape.ts';
import { SharedServices } from './shared-services.ts';

export interface ReplayOptions {
  readonly plan: EnginePlan;
  readonly logger: Logger;
  /**
   * An input to gather by instead of the plan's own, for what cannot be asked about another time, as a ping. Null leaves
   * the planned input out.
   */
  readonly standIn?: (planned: PlannedInput, context: InputContext) => Input | null | undefined;
  /** Called with what an input says of its target, in its own words. */
  readonly onStatus?: (planned: PlannedInput, status: TargetStatus, message: string) => void;
}

/** What was gathered at one time. */
export interface ReplayedLines {
  /** Line protocol, with times. */
  readonly bytes: Buffer;
  readonly lines: number;
}

interface Replayed {
  readonly planned: PlannedInput;
  readonly input: Input;
  readonly shape: MetricShape;
  readonly stats: ReturnType<EngineStats['addInput']>;
}

/** The time that the replayed inputs believe in; timers are real. */
class ReplayClock implements Clock {
  timeMs = 0;
  readonly setTimeout: Clock['setTimeout'] = (callback, delayMs) => systemClock.setTimeout(callback, delayMs);
  readonly clearTimeout: Clock['clearTimeout'] = (timer) => systemClock.clearTimeout(timer);

  now(): number {
    return this.timeMs;
  }

  monotonic(): number {
    return this.timeMs;
  }
}

/**
 * Gathers the inputs of a config at times that the caller names, one after the other, as an engine would have done then:
 * the same code, series and intervals. For devices that can tell how they were at another time, which is to say for
 * simulated ones.
 */
export class ConfigReplay {
  readonly #clock = new ReplayClock();
  readonly #services = new SharedServices();
  readonly #stats = new EngineStats();
  readonly #inputs: readonly Replayed[];

  constructor({ plan, logger, standIn, onStatus }: ReplayOptions) {
    this.#inputs = plan.inputs.flatMap((planned) => {
      const shape = new MetricShape(planned.block, plan.globalTags);
      const context = createInputContext(planned, shape, {
        logger,
        clock: this.#clock,
        services: this.#services,
        host: LOCAL_HOST,
        deadlineMs: planned.schedule.intervalMs,
        reportStatus: (status, message) => onStatus?.(planned, status, message),
      });
      const given = standIn?.(planned, context);
      if (given === null) return [];
      const input = given ?? planned.plugin.create(planned.options, context);
      const { block, key } = planned;
      return [{ planned, shape, input, stats: this.#stats.addInput(block.plugin, block.alias, key) }];
    });
  }

  /**
   * Gathers every input of which an interval begins at that time.
   *
   * @param timeMs Unix time; never before the one of the call before
   * @throws what the first input that failed threw
   */
  async gatherAt(timeMs: number, signal: AbortSignal): Promise<ReplayedLines> {
    this.#clock.timeMs = timeMs;
    const written: Buffer[] = [];
    let lines = 0;
    const buffer = {
      append: (bytes: Uint8Array, added: number) => {
        written.push(Buffer.from(bytes));
        lines += added;
      },
    };
    const due = this.#inputs.filter(({ planned }) => timeMs % planned.schedule.intervalMs === 0);
    await Promise.all(
      due.map(async ({ planned, input, shape, stats }) => {
        const { precisionMs } = planned;
        const parts = { shape, buffer, stats, precisionMs, clock: this.#clock, engineStats: this.#stats };
        const sink = new GatherSink(parts);
        await input.gather(sink, signal);
        sink.close();
      }),
    );
    return { bytes: Buffer.concat(written), lines };
  }

  /** Frees all inputs and what they share. */
  async stop(): Promise<void> {
    await Promise.all(this.#inputs.map(async ({ input }) => input.stop?.()));
    await this.#services.stop();
  }
}
