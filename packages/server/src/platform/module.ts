import type { Periodic } from '@stratora/runtime';
import type { ScopeRoutes } from './http/index.ts';
import type { SealedRows } from './sealed-rows.ts';

/** An own metric of a module: the gauge `stratora_<name>`, read at each scrape. */
export interface ModuleMetric {
  readonly name: string;
  readonly help: string;
  read(): number;
}

/**
 * The part of a module that the app runs. `createX(options)` of a module returns it, with what other modules need of
 * it. Building one does no I/O.
 */
export interface ServerModule {
  /** Unique name, in logs and in the order of stops. */
  readonly name: string;
  readonly routes?: Partial<ScopeRoutes>;
  /** Loops that the app starts after `start` and stops before `stop`; each exports `stratora_loop_*`. */
  readonly loops?: readonly Periodic[];
  readonly metrics?: readonly ModuleMetric[];
  /** Its rows that are sealed with a credential key; every one that there is, or the key could never be rotated. */
  readonly sealed?: readonly SealedRows[];
  /** Runs once at the start: the schema is there, nobody is served yet. */
  prepare?(): Promise<void>;
  start?(): void;
  /**
   * Writes what is in memory and releases what it holds. Also called where `prepare` failed and nothing was started.
   */
  stop?(): Promise<void>;
}
