import type { ReportRequest } from '@stratora/contract';
import { type Clock, errorMessage, type Logger, sleep } from '@stratora/runtime';
import type { CheckResult, Engine, EngineKind } from '../engine/engine.ts';
import { readEngineChoice } from '../engine/engine-choice.ts';
import type { Failpoint } from '../failpoint.ts';
import {
  type ConfigFiles,
  type ConfigState,
  type ConfigVersion,
  type FailedConfig,
  generationOf,
  hasInputs,
  NO_CONFIG,
  readIntervalMs,
} from './config-files.ts';
import { type EngineTexts, planConfig } from './config-plan.ts';

/** The state of the config as reported to the server. */
export interface ConfigReport {
  hash: string;
  status: ReportRequest['status'];
  message: string | undefined;
}

export interface ConfigApplierOptions {
  files: ConfigFiles;
  engine: Engine;
  /** The intake's address for the engine. */
  outputUrl: () => string;
  /** Composes the file of an engine from the text of the server. */
  texts: EngineTexts;
  /** Called when a config is about to run with this engine. */
  onRun: (kind: EngineKind, text: string, hash: string) => void;
  clock: Clock;
  logger: Logger;
  failpoint: Failpoint;
  /** Called when `report` may have changed. */
  onReport: () => void;
}

/** A config must give output for this many intervals at the latest. */
const OUTPUT_WITHIN_INTERVALS = 3;
const OUTPUT_GRACE_MS = 5000;
/** Time after a reload within which the engine writes what it had buffered before, under the new config's name. */
const LEFTOVERS_MS = 2500;
/** Exits on trial that condemn a config: one may be bad luck, two are the config. */
const EXITS_OF_A_BAD_CONFIG = 2;
/** Time for our own engine's check of a config that Telegraf ended with. */
const SECOND_CHECK_TIMEOUT_MS = 6000;
const POLL_MS = 250;
/** Telegraf's last words on a config without inputs; a verdict that was made of them is none. */
const NOTHING_TO_GATHER = 'no inputs found';
/** Crashes after which a config that had worked at first is rolled back. */
const CRASHES_OF_A_BAD_CONFIG = 3;
const CRASH_WATCH_MS = 300_000;
const CRASH_POLL_MS = 1000;

/**
 * Stage, check, promote, run, watch, roll back. Killed at any step, the next start runs exactly the old or the new
 * config; one that was on trial goes on being watched. A hash that failed is not tried again until the server has
 * another one.
 */
export class ConfigApplier {
  readonly #options: ConfigApplierOptions;
  readonly #stop = new AbortController();
  #state: ConfigState = NO_CONFIG;
  #watch: { cancel: AbortController; done: Promise<void> } | undefined;
  #seenAt: number | undefined;
  #suspended = false;

  constructor(options: ConfigApplierOptions) {
    this.#options = options;
  }

  /** Hash of the config last taken from the server, whatever became of it. */
  get knownHash(): string | undefined {
    return this.#state.failed?.hash ?? this.#state.current?.hash;
  }

  /** Hashes that the server need not send: what runs, then what failed. */
  get heldHashes(): readonly string[] {
    const { current, failed } = this.#state;
    return [...(current ? [current.hash] : []), ...(failed ? [failed.hash] : [])];
  }

  get runningHash(): string | undefined {
    return this.#state.current?.hash;
  }

  /** Undefined as long as there has been no config. */
  get report(): ConfigReport | undefined {
    const { failed, current } = this.#state;
    if (failed) return { hash: failed.hash, status: failed.status, message: failed.message };
    if (!current) return undefined;
    const { engine } = this.#options;
    if (engine.crashLoop) {
      const message = `the engine ended three times in five minutes: ${engine.lastOutput}`;
      return { hash: current.hash, status: 'engine_down', message };
    }
    return { hash: current.hash, status: 'applied', message: this.#substitution };
  }

  /** The reason why our own engine runs where Telegraf would be taken. */
  get #substitution(): string | undefined {
    const { current, unfit } = this.#state;
    if (!unfit || current?.engine !== 'embedded' || current.choice !== 'auto') return undefined;
    return `the embedded engine runs, and Telegraf is not tried until its binary changes: ${unfit.message}`;
  }

  /** Runs the config that ran before, if there is one. */
  async open(): Promise<void> {
    this.#state = await this.#options.files.open();
    const { unfit } = this.#state;
    if (unfit?.message.includes(NOTHING_TO_GATHER)) await this.#save({ ...this.#state, unfit: null });
    const { current, previous } = this.#state;
    if (current && (await this.#options.files.read(current)) === undefined) {
      this.#options.logger.error({ hash: current.hash }, 'config on disk is damaged, asking for it again');
      const intact = previous && (await this.#options.files.read(previous)) !== undefined ? previous : null;
      await this.#save({ ...this.#state, current: intact, previous: null, onTrial: false, failed: null });
    }
    if (this.#state.current) await this.#run(this.#state.current);
  }

  /** Notes that the engine gave output, or reported its targets. */
  noteOutput(generation: string | undefined): void {
    if (this.isCurrent(generation)) this.#seenAt = this.#options.clock.monotonic();
  }

  /** True for what comes from the config that runs, or does not say where it comes from. */
  isCurrent(generation: string | undefined): boolean {
    const { current } = this.#state;
    return generation === undefined || (current !== null && generation === generationOf(current));
  }

  /** Notes that the server wants the config that runs: what had failed here is no longer asked for. */
  async confirm(hash: string): Promise<void> {
    if (this.#state.failed && hash === this.#state.current?.hash)
      await this.#save({ ...this.#state, failed: null });
  }

  /** A text from the server, whose hash is another one than that of what runs or of what failed. */
  async apply(hash: string, text: string): Promise<void> {
    const { files, engine, logger, failpoint } = this.#options;
    await this.#endWatch();
    const staged: ConfigVersion = { hash, sha256: await files.stage(text) };
    failpoint('config.staged');
    const plan = await planConfig(text, {
      isFit: async (kind) => {
        const fingerprint = await engine.fingerprint(kind);
        return fingerprint !== undefined && fingerprint !== this.#state.unfit?.fingerprint;
      },
      check: (kind, timeoutMs) => this.#check(kind, staged, { text, timeoutMs }),
    });
    failpoint('config.checked');
    if (!plan.ok) {
      logger.error({ hash, reason: plan.message }, 'config refused');
      await this.#fail({ hash, status: 'validation_error', message: plan.message });
      return;
    }
    const version: ConfigVersion = { ...staged, engine: plan.kind, choice: readEngineChoice(text) ?? 'auto' };
    const previous = this.#fallback();
    await this.#save({ ...this.#state, current: version, previous, onTrial: true, failed: null });
    failpoint('config.promoted');
    logger.info({ hash, engine: plan.kind }, 'config promoted');
    await this.#run(version);
  }

  /** Stops gathering while the component may not gather (it was revoked), and resumes it. */
  async suspend(suspended: boolean): Promise<void> {
    if (this.#suspended === suspended) return;
    this.#suspended = suspended;
    await this.#endWatch();
    if (suspended) await this.#options.engine.stop();
    else if (this.#state.current) await this.#run(this.#state.current);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#endWatch();
    await this.#options.engine.stop();
  }

  /** Checks a config as an engine would run it. */
  async #check(
    kind: EngineKind,
    version: ConfigVersion,
    { text, timeoutMs }: { text: string; timeoutMs: number },
  ): Promise<CheckResult> {
    const { files, engine } = this.#options;
    try {
      const composed = await this.#compose(kind, version, text);
      // What is composed for Telegraf was read by us: without inputs there is nothing that it could refuse.
      if (kind === 'telegraf' && !hasInputs(composed)) return { ok: true };
      await files.write(files.candidatePath, composed);
    } catch (error) {
      return { ok: false, message: errorMessage(error) };
    }
    return engine.check(kind, files.candidatePath, timeoutMs);
  }

  #compose(kind: EngineKind, version: ConfigVersion, text: string): Promise<string> {
    const { texts, outputUrl } = this.#options;
    return texts.compose(kind, text, { url: outputUrl(), generation: generationOf(version) });
  }

  /**
   * The config to go back to: the current one, or the one before it when the current one has given no output at all.
   */
  #fallback(): ConfigVersion | null {
    const { current, previous, onTrial } = this.#state;
    return onTrial && this.#seenAt === undefined && previous !== null ? previous : current;
  }

  async #run(version: ConfigVersion): Promise<void> {
    const text = await this.#options.files.read(version);
    if (text === undefined) return;
    const works = await this.#launch(version, text);
    if (!this.#state.onTrial || this.#suspended) return;
    if (works === 'rests') await this.#save({ ...this.#state, onTrial: false });
    else this.#startWatch(text);
  }

  /** Runs a config, or lets the engine rest where there is nothing to gather: nobody could judge it by that. */
  async #launch(
    version: ConfigVersion,
    text: string,
    how: 'run' | 'restart' = 'run',
  ): Promise<'runs' | 'rests'> {
    const { engine, failpoint } = this.#options;
    const { kind, isEmpty } = await this.#writeEngineFile(version, text);
    failpoint('config.engine-file');
    const works = isEmpty && kind === 'telegraf' ? 'rests' : 'runs';
    if (this.#suspended) return works;
    this.#seenAt = undefined;
    if (works === 'rests') await engine.rest(kind);
    else await engine[how](kind);
    failpoint('config.running');
    return works;
  }

  async #writeEngineFile(
    version: ConfigVersion,
    text: string,
  ): Promise<{ kind: EngineKind; isEmpty: boolean }> {
    const { files, onRun } = this.#options;
    const kind = version.engine ?? 'embedded';
    const composed = await this.#compose(kind, version, text);
    await files.write(files.enginePath, composed);
    onRun(kind, composed, version.hash);
    return { kind, isEmpty: !hasInputs(composed) };
  }

  #startWatch(text: string): void {
    const cancel = new AbortController();
    const done = this.#watchTrial(text, cancel.signal).catch((error: unknown) => {
      this.#options.logger.error({ err: error }, 'trial of a config failed');
    });
    this.#watch = { cancel, done };
  }

  async #endWatch(): Promise<void> {
    this.#watch?.cancel.abort();
    await this.#watch?.done;
    this.#watch = undefined;
  }

  async #watchTrial(text: string, signal: AbortSignal): Promise<void> {
    const { engine, clock, logger } = this.#options;
    const startedAt = clock.monotonic();
    const exitsBefore = engine.exits;
    const timeoutMs = OUTPUT_WITHIN_INTERVALS * readIntervalMs(text) + OUTPUT_GRACE_MS;
    const needsOutput = hasInputs(text);
    for (;;) {
      await sleep(POLL_MS, clock, signal);
      if (signal.aborted) return;
      const elapsedMs = clock.monotonic() - startedAt;
      if (engine.exits - exitsBefore >= EXITS_OF_A_BAD_CONFIG) {
        const message = `the engine ended with it: ${engine.lastOutput}`;
        if (await this.#substitute(message, text)) return this.#watchTrial(text, signal);
        await this.#rollBack(message);
        return;
      }
      const steady = engine.state.running && elapsedMs >= LEFTOVERS_MS;
      const seen = this.#seenAt !== undefined && this.#seenAt - startedAt >= LEFTOVERS_MS;
      if (steady && (seen || !needsOutput) && (needsOutput || elapsedMs >= OUTPUT_GRACE_MS)) {
        await this.#save({ ...this.#state, onTrial: false });
        this.#options.failpoint('config.verified');
        logger.info({ hash: this.#state.current?.hash }, 'config works');
        return this.#watchForCrashes({ startedAt, text }, signal);
      }
      if (elapsedMs > timeoutMs) {
        await this.#rollBack(`no output for ${OUTPUT_WITHIN_INTERVALS} intervals`);
        return;
      }
    }
  }

  /** A config that worked at first and then ends its engine again and again is not kept either. */
  async #watchForCrashes(
    { startedAt, text }: { startedAt: number; text: string },
    signal: AbortSignal,
  ): Promise<void> {
    const { engine, clock } = this.#options;
    while (clock.monotonic() - startedAt < CRASH_WATCH_MS) {
      await sleep(CRASH_POLL_MS, clock, signal);
      if (signal.aborted) return;
      const own = engine.failures.filter(({ at, isOwn }) => isOwn && at >= startedAt).length;
      if (own < CRASHES_OF_A_BAD_CONFIG) continue;
      const message = `the engine ended ${own} times with it: ${engine.lastOutput}`;
      if (await this.#substitute(message, text)) return this.#watchTrial(text, signal);
      if (this.#state.previous === null) continue;
      await this.#rollBack(message);
      return;
    }
  }

  /**
   * A config that ends a Telegraf which nobody asked for by name is put on trial once more, with our own engine: when
   * that runs it, the fault was Telegraf's, and this binary is not taken for the next config either.
   * @returns whether it runs now
   */
  async #substitute(message: string, text: string): Promise<boolean> {
    const { engine, logger } = this.#options;
    const { current } = this.#state;
    if (current?.engine !== 'telegraf' || current.choice !== 'auto') return false;
    const fingerprint = await engine.fingerprint('telegraf');
    const options = { text, timeoutMs: SECOND_CHECK_TIMEOUT_MS };
    if (fingerprint === undefined || !(await this.#check('embedded', current, options)).ok) return false;
    logger.warn({ hash: current.hash, reason: message }, 'Telegraf is given up for the embedded engine');
    const version: ConfigVersion = { ...current, engine: 'embedded' };
    const unfit = { fingerprint, hash: current.hash, message };
    await this.#save({ ...this.#state, current: version, onTrial: true, unfit });
    await this.#launch(version, text);
    return true;
  }

  async #rollBack(message: string): Promise<void> {
    const { engine, logger, failpoint } = this.#options;
    const bad = this.#state.current;
    if (!bad) return;
    logger.error({ hash: bad.hash, reason: message }, 'config rolled back');
    const failed: FailedConfig = { hash: bad.hash, status: 'rolled_back', message };
    const { previous, unfit } = this.#state;
    // What no engine could run was not the fault of one.
    const stillUnfit = unfit?.hash === bad.hash ? null : unfit;
    await this.#save({ current: previous, previous: null, onTrial: false, failed, unfit: stillUnfit });
    failpoint('config.rolled-back');
    const old = this.#state.current;
    const text = old ? await this.#options.files.read(old) : undefined;
    if (!old || text === undefined) {
      await engine.stop();
      return;
    }
    await this.#launch(old, text, 'restart');
  }

  async #fail(failed: FailedConfig): Promise<void> {
    await this.#save({ ...this.#state, failed });
    // The one on trial, if any, is still the one that runs.
    const { current, onTrial } = this.#state;
    const text = current && onTrial ? await this.#options.files.read(current) : undefined;
    if (text !== undefined) this.#startWatch(text);
  }

  async #save(state: ConfigState): Promise<void> {
    await this.#options.files.saveState(state);
    this.#state = state;
    this.#options.onReport();
  }
}
