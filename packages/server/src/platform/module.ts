import type { Periodic } from '@stratora/runtime';
import type { ScopeRoutes } from './http/index.ts';

/** A number that a module tells of itself: the gauge `stratora_<name>`, read when somebody asks. */
export interface ModuleMetric {
  readonly name: string;
  readonly help: string;
  read(): number;
}

/**
 * What the app runs of a module. `createX(options)` of a module gives it, and beside it what other modules need of this one.
 * Building one does no I/O.
 */
export interface ServerModule {
  /** Its own alone: in logs and in the order of stops. */
  readonly name: string;
  readonly routes?: Partial<ScopeRoutes>;
  /** Loops that the app starts after `start` and stops before `stop`; each tells of itself as `stratora_loop_*`. */
  readonly loops?: readonly Periodic[];
  readonly metrics?: readonly ModuleMetric[];
  /** Once at the start: the schema is there, nobody is served yet. */
  prepare?(): Promise<void>;
  start?(): void;
  /** Writes what is in memory and lets go. Also called where `prepare` failed and nothing was started. */
  stop?(): Promise<void>;
}
