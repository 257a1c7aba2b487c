import type { EngineState } from '@stratora/contract';

export type CheckResult = { ok: true } | { ok: false; message: string };

/**
 * What gathers, behind one face for every kind. It reads one config file, whose path never changes, and writes to the
 * intake socket that the file names.
 */
export interface Engine {
  readonly state: EngineState;
  /** Times it ended by itself since the component started. */
  readonly exits: number;
  /** It ended three times in five minutes. */
  readonly crashLoop: boolean;
  /** Its last words, for a report; empty when it said nothing. */
  readonly lastOutput: string;
  /** Looks at a config file without running it. */
  check(configPath: string): Promise<CheckResult>;
  /** Runs the config file as it is now: starts, or takes over what changed without losing what is buffered. */
  apply(): Promise<void>;
  /** Starts anew, whatever it was doing. */
  restart(): Promise<void>;
  /** Ends it; it writes what it holds first. */
  stop(): Promise<void>;
  /** Called when it started or ended. */
  onChange(listener: () => void): void;
}

/** How a kind of engine is called. `command` is the program with its leading arguments. */
export interface EngineProgram {
  kind: EngineState['kind'];
  version: string;
  command: readonly string[];
  checkArguments: (configPath: string) => readonly string[];
  runArguments: (configPath: string) => readonly string[];
  /** Makes a running one read its config again. */
  reloadSignal: NodeJS.Signals;
}

/** Our own engine: `stratora engine run|check --config FILE`. */
export function embeddedEngine(command: readonly string[], version: string): EngineProgram {
  return {
    kind: 'embedded',
    version,
    command,
    checkArguments: (configPath) => ['check', '--config', configPath],
    runArguments: (configPath) => ['run', '--config', configPath],
    reloadSignal: 'SIGHUP',
  };
}
