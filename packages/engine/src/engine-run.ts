import { readFile } from 'node:fs/promises';
import { type Clock, type Logger, systemClock, type TimerHandle } from '@stratora/runtime';
import { ConfigError } from '@stratora/telegraf';
import { type AppliedChange, createEngine, type Engine } from './engine.ts';
import { checkConfig, type EnginePlan } from './engine-plan.ts';
import type { HostPaths } from './input.ts';

/** A source of signals: `process`, in a service. */
export interface SignalSource {
  on(signal: 'SIGHUP' | 'SIGTERM' | 'SIGINT', handler: () => void): unknown;
  off(signal: 'SIGHUP' | 'SIGTERM' | 'SIGINT', handler: () => void): unknown;
}

export interface RunEngineOptions {
  /** Path of the telegraf.conf, with the component's output. */
  readonly configFile: string;
  readonly logger: Logger;
  readonly clock?: Clock;
  readonly host?: HostPaths;
  /** Version of the product. */
  readonly version?: string;
  /** Threads for files and names; see `EngineOptions`. */
  readonly threads?: number;
  /** Networks that checks may reach; see `EngineOptions`. */
  readonly outboundAllow?: readonly string[];
  /** SIGHUP reads the file again, SIGTERM and SIGINT stop. */
  readonly signals?: SignalSource;
  /** Returns the id of the parent process. When it changes, the component is gone and the engine stops. */
  readonly parentPid?: () => number;
}

/** An engine that runs from a file. */
export interface RunningEngine {
  readonly engine: Engine;
  /**
   * Reads the file again and applies it.
   *
   * @throws ConfigError when it cannot be used; the old one goes on
   */
  reload(): Promise<AppliedChange>;
  /** Stops and writes what waits within 5 s; idempotent. */
  stop(): Promise<void>;
  /** Resolves when the engine has stopped, whoever stopped it. */
  readonly stopped: Promise<void>;
}

/** Leaves some of the 5 s of a stop for the end of the process. */
const STOP_MS = 4500;
const PARENT_CHECK_MS = 1000;

/** Largest config that is read; a text beyond that is no config. */
const MAX_CONFIG_BYTES = 128 * 1024 * 1024;

/**
 * Reads a telegraf.conf from a file and checks it without touching any device.
 *
 * @throws ConfigError with every fault; the system's error when the file cannot be read
 */
export async function checkConfigFile(configFile: string): Promise<EnginePlan> {
  return checkConfig(await readText(configFile));
}

/**
 * Runs the engine from a file until it is stopped.
 *
 * @throws ConfigError when the config cannot be used or has no output
 */
export async function runEngine(options: RunEngineOptions): Promise<RunningEngine> {
  const { configFile, logger, clock = systemClock, signals, parentPid } = options;
  const text = await readText(configFile);
  if ((await checkConfig(text)).output === undefined) {
    throw new ConfigError([{ path: 'outputs', message: 'there is no [[outputs.influxdb]] to write to' }]);
  }
  const engine = createEngine({
    logger,
    clock,
    ...(options.host ? { host: options.host } : {}),
    ...(options.version ? { version: options.version } : {}),
    ...(options.threads === undefined ? {} : { threads: options.threads }),
    ...(options.outboundAllow === undefined ? {} : { outboundAllow: options.outboundAllow }),
  });
  await engine.apply(text);

  let timer: TimerHandle | undefined;
  let stopping: Promise<void> | undefined;
  const { promise: stopped, resolve: onStopped } = Promise.withResolvers<void>();
  const reload = async (): Promise<AppliedChange> => engine.apply(await readText(configFile));
  const onReload = (): void => {
    reload().catch((error: unknown) =>
      logger.error({ err: error }, 'config not applied; the old one goes on'),
    );
  };
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      signals?.off('SIGHUP', onReload);
      clock.clearTimeout(timer);
      await engine.stop(STOP_MS);
      signals?.off('SIGTERM', onStop);
      signals?.off('SIGINT', onStop);
      onStopped();
    })();
    return stopping;
  };
  const onStop = (): void => void stop();
  signals?.on('SIGHUP', onReload);
  signals?.on('SIGTERM', onStop);
  signals?.on('SIGINT', onStop);

  const parent = parentPid?.();
  const watchParent = (): void => {
    if (parentPid?.() === parent) {
      timer = clock.setTimeout(watchParent, PARENT_CHECK_MS);
    } else {
      logger.warn('the component is gone; stopping');
      onStop();
    }
  };
  if (parent !== undefined) watchParent();
  return { engine, reload, stop, stopped };
}

async function readText(configFile: string): Promise<string> {
  const bytes = await readFile(configFile);
  if (bytes.length > MAX_CONFIG_BYTES) {
    throw new ConfigError([{ path: '', message: `is larger than ${MAX_CONFIG_BYTES} bytes` }]);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new ConfigError([{ path: '', message: 'is not UTF-8' }], { cause: error });
  }
}
