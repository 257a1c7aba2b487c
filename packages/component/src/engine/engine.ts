import type { EngineState } from '@stratora/contract';

export type EngineKind = EngineState['kind'];

export type CheckResult = { ok: true } | { ok: false; message: string };

/** A failure of an engine: it stopped gathering unasked. */
export interface EngineFailure {
  /** Monotonic time of the failure, in milliseconds. */
  at: number;
  ranMs: number;
  /**
   * True when the engine ended by itself, or did what cannot be let go on; false when somebody, or the kernel, killed
   * it.
   */
  isOwn: boolean;
  /** The last lines of its output, or the reason why it was stopped. */
  message: string;
}

/** Resources that the engine's process uses. */
export interface EngineFigures {
  /** Resident memory. */
  memoryBytes: number;
  /** Percent of one core, over the last seconds; undefined until it was measured twice. */
  cpuPercent: number | undefined;
}

/**
 * An engine that gathers, with one interface for every kind. One runs at a time. It reads one config file, whose path
 * never changes, and writes to the intake socket that the file names.
 */
export interface Engine {
  readonly state: EngineState;
  /** Number of times that it ended by itself since the component started. */
  readonly exits: number;
  /** The newest failures of the program that runs, oldest first. */
  readonly failures: readonly EngineFailure[];
  /** True when the program that runs failed three times in five minutes. */
  readonly crashLoop: boolean;
  /** The last lines of its output, for a report; empty when there was none. */
  readonly lastOutput: string;
  /** Undefined where it does not run or the system does not show them. */
  readonly figures: EngineFigures | undefined;
  /**
   * Fingerprint of this kind's program: changes when another binary takes its place. Undefined where there is no usable
   * one.
   */
  fingerprint(kind: EngineKind): Promise<string | undefined>;
  /** Checks a config file without running it and without touching a device. */
  check(kind: EngineKind, configPath: string, timeoutMs: number): Promise<CheckResult>;
  /**
   * Runs the config file as it is now with this kind of engine: starts it, or has it take over what changed. Another
   * kind that runs ends first.
   */
  run(kind: EngineKind): Promise<void>;
  /** Runs the config file like `run`, with a new process. */
  restart(kind: EngineKind): Promise<void>;
  /**
   * Ends what runs, since there is nothing to gather; `state` names this kind as one that rests. Telegraf ends with an
   * error where a config has no inputs, which says nothing about it.
   */
  rest(kind: EngineKind): Promise<void>;
  /** Ends it; it writes what it holds first. */
  stop(): Promise<void>;
  /** Adds a listener, called when the engine started, ended or was restarted. */
  onChange(listener: () => void): void;
}

/** The program of a kind of engine and its invocation. `command` is the program with its leading arguments. */
export interface EngineProgram {
  kind: EngineKind;
  version: string;
  /** Changes when another binary takes its place. */
  fingerprint: string;
  command: readonly string[];
  checkArguments: (configPath: string) => readonly string[];
  runArguments: (configPath: string) => readonly string[];
  /** The signal that makes a running engine read its config again; without one it is started anew. */
  reloadSignal: NodeJS.Signals | undefined;
}

/** Our own engine: `stratora engine run|check --config FILE`. */
export function embeddedEngine(command: readonly string[], version: string): EngineProgram {
  return {
    kind: 'embedded',
    version,
    fingerprint: JSON.stringify(command),
    command,
    checkArguments: (configPath) => ['check', '--config', configPath],
    runArguments: (configPath) => ['run', '--config', configPath],
    // There, any signal ends a process.
    reloadSignal: process.platform === 'win32' ? undefined : 'SIGHUP',
  };
}

/**
 * Telegraf 1.37 or newer.
 *
 * With strict handling a variable in the config is replaced inside of strings alone; what the server writes has none
 * (every `$` is doubled). The protection of secrets in memory is off: it needs locked memory for every password at
 * once, which a service has little of, to protect what the config file holds in the clear. A reload by SIGHUP is not
 * used: it keeps the memory of the config before, and ends the process when it fails.
 */
export function telegrafEngine(
  command: readonly string[],
  identity: Pick<EngineProgram, 'version' | 'fingerprint'>,
): EngineProgram {
  return {
    kind: 'telegraf',
    ...identity,
    command,
    checkArguments: (configPath) => ['config', 'check', '--strict-env-handling', '--config', configPath],
    runArguments: (configPath) => ['--strict-env-handling', '--unprotected', '--config', configPath],
    reloadSignal: undefined,
  };
}
