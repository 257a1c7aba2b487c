import type { EngineOutput } from './engine-child.ts';

/** The work of a stage. */
export interface StageSpec {
  readonly folder: string;
  readonly telegraf: string;
  /** Program and arguments of the embedded engine, up to the path of its telegraf.conf. */
  readonly embedded: readonly string[];
  /** The program that simulates a vCenter; undefined where it was not built. */
  readonly vcsim?: string | undefined;
  /** Milliseconds that the engines run. */
  readonly durationMs: number;
  readonly runs: readonly StageRun[];
  /** Paths of .snmprec files of recorded devices, by the address that they are served at. */
  readonly captures: Readonly<Record<string, string>>;
}

export interface StageRun {
  readonly name: string;
  readonly conf: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** The result of a stage, by the name of the run. */
export interface StageResult {
  readonly runs: Readonly<
    Record<string, { readonly telegraf: EngineOutput; readonly embedded: EngineOutput }>
  >;
  /** Parts of the stage that are missing on this machine, such as snmpd. */
  readonly missing: readonly string[];
}
