/** Counters of one input instance. */
export interface InputStats {
  readonly plugin: string;
  readonly alias: string | undefined;
  /** Changes when the block changes, and with nothing else. */
  readonly id: string;
  runs: number;
  failures: number;
  /** Intervals that passed while the gather before them was still running. */
  skipped: number;
  /** Gathers that were aborted at their deadline. */
  timeouts: number;
  metrics: number;
  /** Duration of the latest gather. */
  durationMs: number;
  /** Time of the last gather that went well, ms since the epoch; 0 before the first. */
  lastSuccessAt: number;
}

/** Counters of the output. */
export interface OutputStats {
  readonly plugin: string;
  added: number;
  written: number;
  /** Lines that left the full buffer unwritten. */
  dropped: number;
  /** Lines that the component refused for good. */
  rejected: number;
  failures: number;
  bytesWritten: number;
  writeMs: number;
  bufferLines: number;
  bufferBytes: number;
  bufferLimit: number;
}

/** The engine's counters of itself: read by the `internal` input and by whoever supervises it. */
export class EngineStats {
  readonly version: string;
  readonly inputs = new Set<InputStats>();
  readonly output: OutputStats = {
    plugin: 'influxdb',
    added: 0,
    written: 0,
    dropped: 0,
    rejected: 0,
    failures: 0,
    bytesWritten: 0,
    writeMs: 0,
    bufferLines: 0,
    bufferBytes: 0,
    bufferLimit: 0,
  };
  /** Counted over all instances, those that have left the config included. */
  readonly total = { metrics: 0, failures: 0, timeouts: 0, skipped: 0, lateWrites: 0 };

  constructor(version = 'embedded') {
    this.version = version;
  }

  addInput(plugin: string, alias: string | undefined, id: string): InputStats {
    const stats: InputStats = {
      plugin,
      alias,
      id,
      runs: 0,
      failures: 0,
      skipped: 0,
      timeouts: 0,
      metrics: 0,
      durationMs: 0,
      lastSuccessAt: 0,
    };
    this.inputs.add(stats);
    return stats;
  }

  removeInput(stats: InputStats): void {
    this.inputs.delete(stats);
  }
}

/** Name of the shared service under which inputs find the engine's own counters. */
export const STATS_SERVICE = 'engine.stats';
