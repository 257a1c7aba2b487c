import type { EngineOutput } from './engine-child.ts';

/** What a stage is to do. */
export interface StageSpec {
  readonly folder: string;
  readonly telegraf: string;
  /** Program and arguments of the embedded engine, up to the path of its telegraf.conf. */
  readonly embedded: readonly string[];
  /** How long the engines run. */
  readonly durationMs: number;
  readonly runs: readonly StageRun[];
  /** Recorded devices by the address that they are served at; paths of .snmprec files. */
  readonly captures: Readonly<Record<string, string>>;
}

export interface StageRun {
  readonly name: string;
  readonly conf: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** What came of it, by the name of the run. */
export interface StageResult {
  readonly runs: Readonly<
    Record<string, { readonly telegraf: EngineOutput; readonly embedded: EngineOutput }>
  >;
  /** Parts of the stage that are not there on this machine, such as snmpd. */
  readonly missing: readonly string[];
}
