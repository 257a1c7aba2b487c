/** What an engine may use before it is started anew. */
export interface EngineLimits {
  /** Resident memory; 0 for no limit. */
  memoryBytes: number;
  /** Of one core; 0 for no limit. */
  cpuPercent: number;
}

/** A peak passes: only what lasts this long counts. */
export const MEMORY_OVER_MS = 30_000;
export const CPU_OVER_MS = 300_000;
