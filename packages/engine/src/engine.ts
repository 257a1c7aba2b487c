import { type Clock, type Logger, type NameLookup, systemClock } from '@stratora/runtime';
import { checkConfig, type EnginePlan, type PlannedInput } from './engine-plan.ts';
import { EngineStats, STATS_SERVICE } from './engine-stats.ts';
import { LOCAL_HOST } from './host-paths.ts';
import type { HostPaths } from './input.ts';
import { createInputContext } from './input-context.ts';
import { InputRunner } from './input-runner.ts';
import { createGuard, createNames, GUARD_SERVICE, NAMES_SERVICE } from './inputs/engine-names.ts';
import { HOST_FILES_SERVICE, HostFiles } from './inputs/host-files.ts';
import { MetricBuffer } from './metric-buffer.ts';
import { MetricShape } from './metric-shape.ts';
import { OutputWriter } from './output-writer.ts';
import { SharedServices } from './shared-services.ts';
import { StatusBoard, type TargetReport } from './status-board.ts';

export interface EngineOptions {
  readonly logger: Logger;
  readonly clock?: Clock;
  readonly host?: HostPaths;
  /** Version of the product, as the `internal` input reports it. */
  readonly version?: string;
  /** Threads of this process for files and names (libuv's pool, of which names may have half); 4 by default. */
  readonly threads?: number;
  /** Networks in CIDR notation that checks of HTTP and TLS may reach although they are refused by default. */
  readonly outboundAllow?: readonly string[];
  /** Uniform in [0, 1): for jitter. */
  readonly random?: () => number;
}

/** The changes that a new config made to the running instances. */
export interface AppliedChange {
  readonly added: number;
  readonly removed: number;
  readonly kept: number;
}

/** The embedded engine. */
export interface Engine {
  /**
   * Checks a config and runs it. Instances whose block, timing and global tags are the same as before go on as if
   * nothing had happened.
   *
   * @throws ConfigError with every fault; what ran before then still runs
   */
  apply(text: string): Promise<AppliedChange>;
  /** Writes all that waits; true when nothing is left. */
  flush(): Promise<boolean>;
  /** Ends all inputs, writes what waits and reports what has changed; idempotent. */
  stop(deadlineMs: number): Promise<void>;
  readonly stats: EngineStats;
  /** The last report of every target. */
  readonly targets: readonly TargetReport[];
  /** True while files or name servers keep threads, which an exit of the process would wait for. */
  readonly isHeld: boolean;
}

interface Running {
  readonly runner: InputRunner;
  readonly stop: () => Promise<void>;
}

/** Share of the interval that one gather may take; see the promise on dead and hostile devices. */
const DEADLINE_SHARE = 0.8;
/** Milliseconds that inputs get to let go before the rest is written. */
const INPUT_STOP_MS = 1000;
/** Milliseconds of the deadline that shared services get at its end. */
const SERVICES_STOP_MS = 500;
const DEFAULT_THREADS = 4;

export function createEngine(options: EngineOptions): Engine {
  return new EmbeddedEngine(options);
}

class EmbeddedEngine implements Engine {
  readonly stats: EngineStats;
  readonly #logger: Logger;
  readonly #clock: Clock;
  readonly #host: HostPaths;
  readonly #services = new SharedServices();
  readonly #running = new Map<string, Running>();
  readonly #buffer: MetricBuffer;
  readonly #output: OutputWriter;
  readonly #board: StatusBoard;
  readonly #names: NameLookup;
  readonly #files: HostFiles;
  #applying: Promise<unknown> = Promise.resolve();
  #stopping: Promise<void> | undefined;

  constructor(options: EngineOptions) {
    this.stats = new EngineStats(options.version);
    this.#logger = options.logger;
    this.#clock = options.clock ?? systemClock;
    this.#host = options.host ?? LOCAL_HOST;
    this.#services.get(STATS_SERVICE, () => this.stats);
    const { threads = DEFAULT_THREADS } = options;
    const places = Math.max(1, Math.floor(threads / 2));
    this.#names = this.#services.get(NAMES_SERVICE, () => createNames({ clock: this.#clock, places }));
    const { outboundAllow: allow = [] } = options;
    this.#services.get(GUARD_SERVICE, () => createGuard({ names: this.#names, allow }));
    this.#files = this.#services.get(
      HOST_FILES_SERVICE,
      () => new HostFiles(this.#host, this.#clock, threads),
    );
    const limits = { batchLines: 1000, limitLines: 100_000, limitBytes: 64 * 1024 * 1024 };
    this.#buffer = new MetricBuffer(limits, this.stats.output, () => this.#output.flushSoon());
    this.#output = new OutputWriter({
      buffer: this.#buffer,
      stats: this.stats.output,
      clock: this.#clock,
      logger: options.logger,
      ...(options.random ? { random: options.random } : {}),
      onReturn: () => this.#board.reportAll(),
    });
    this.#board = new StatusBoard({
      clock: this.#clock,
      logger: options.logger,
      client: () => this.#output.client,
      database: () => this.#output.database,
    });
  }

  get targets(): readonly TargetReport[] {
    return this.#board.targets;
  }

  get isHeld(): boolean {
    return this.#files.open > 0 || this.#names.open > 0;
  }

  apply(text: string): Promise<AppliedChange> {
    const applied = this.#applying.then(async () => this.#run(await checkConfig(text)));
    this.#applying = applied.catch(() => undefined);
    return applied;
  }

  flush(): Promise<boolean> {
    return this.#output.flush();
  }

  stop(deadlineMs: number): Promise<void> {
    this.#stopping ??= this.#stopAll(deadlineMs);
    return this.#stopping;
  }

  #run(plan: EnginePlan): AppliedChange {
    if (this.#stopping !== undefined) return { added: 0, removed: 0, kept: 0 };
    const before = this.#output.database;
    if (plan.output !== undefined) {
      this.#buffer.configure(plan.output.limits);
      this.#output.configure(plan.output);
    }
    const wanted = new Set(plan.inputs.map(({ key }) => key));
    let removed = 0;
    for (const [key, running] of this.#running) {
      if (wanted.has(key)) continue;
      this.#running.delete(key);
      removed += 1;
      void running.stop();
    }
    let added = 0;
    for (const planned of plan.inputs) {
      if (this.#running.has(planned.key)) continue;
      this.#running.set(planned.key, this.#startInput(planned, plan.globalTags));
      added += 1;
    }
    // The component starts over with another config, also in what goes on as it was.
    if (this.#output.database !== before) this.#board.reportAll();
    const change = { added, removed, kept: plan.inputs.length - added };
    this.#logger.info(change, 'config applied');
    return change;
  }

  #startInput(planned: PlannedInput, globalTags: EnginePlan['globalTags']): Running {
    const { key, block, plugin, schedule, precisionMs } = planned;
    const shape = new MetricShape(block, globalTags);
    const stats = this.stats.addInput(block.plugin, block.alias, key);
    const nodeId = shape.tags['node_id'];
    const target = { node_id: nodeId ?? '', input: block.plugin };
    const logger = this.#logger.child({
      input: block.plugin,
      ...(block.alias === undefined ? {} : { alias: block.alias }),
      ...(nodeId === undefined ? {} : { node_id: nodeId }),
    });
    const deadlineMs = schedule.intervalMs * DEADLINE_SHARE;
    let runner: InputRunner | undefined;
    const context = createInputContext(planned, shape, {
      logger,
      clock: this.#clock,
      services: this.#services,
      host: this.#host,
      deadlineMs,
      reportStatus: (status, message, detail) => runner?.reportStatus(status, message, detail),
    });
    runner = new InputRunner({
      input: plugin.create(planned.options, context),
      schedule,
      deadlineMs,
      precisionMs,
      shape,
      buffer: this.#buffer,
      stats,
      engineStats: this.stats,
      clock: this.#clock,
      logger,
      onStatus: (status, message, detail) => {
        if (nodeId !== undefined) this.#board.set(key, target, { status, message, detail });
      },
    });
    runner.start();
    return { runner, stop: () => this.#stopInput(key, { runner, stats, target }) };
  }

  async #stopInput(
    key: string,
    parts: {
      runner: InputRunner;
      stats: Parameters<EngineStats['removeInput']>[0];
      target: Pick<TargetReport, 'node_id' | 'input'>;
    },
  ): Promise<void> {
    this.stats.removeInput(parts.stats);
    this.#board.remove(key, parts.target);
    await parts.runner.stop();
  }

  async #stopAll(deadlineMs: number): Promise<void> {
    const startedAt = this.#clock.monotonic();
    await this.#within(this.#applying, deadlineMs / 4);
    const stopped = Promise.all([...this.#running.values()].map(({ runner }) => runner.stop()));
    // Inputs first, so that nothing is written after the last flush; one that hangs does not hold up the data.
    await this.#within(stopped, Math.min(INPUT_STOP_MS, deadlineMs / 2));
    await this.#within(this.#board.stop(), Math.min(INPUT_STOP_MS, deadlineMs / 4));
    const leftMs = deadlineMs - (this.#clock.monotonic() - startedAt);
    const servicesMs = Math.min(SERVICES_STOP_MS, leftMs / 4);
    await this.#output.stop(Math.max(1, leftMs - servicesMs));
    await this.#within(this.#services.stop(), servicesMs);
  }

  async #within(work: Promise<unknown>, limitMs: number): Promise<void> {
    let timer: ReturnType<Clock['setTimeout']> | undefined;
    const late = new Promise<void>((resolve) => {
      timer = this.#clock.setTimeout(resolve, limitMs);
    });
    await Promise.race([work, late]);
    this.#clock.clearTimeout(timer);
  }
}
