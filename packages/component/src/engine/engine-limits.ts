/** The resources that an engine may use before it is started anew. */
export interface EngineLimits {
  /** Resident memory; 0 for no limit. */
  memoryBytes: number;
  /** Percent of one core; 0 for no limit. */
  cpuPercent: number;
}

/** Time over the limit after which an engine is started anew: shorter peaks pass. */
export const MEMORY_OVER_MS = 30_000;
export const CPU_OVER_MS = 300_000;
