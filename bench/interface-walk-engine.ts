import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { askEngine, type EngineReport, startEngineProcess } from './engine-process.ts';
import { CELLS, type DeviceName, INTERFACES, INTERVAL_MS, walkConf } from './interface-walk-plan.ts';
import type { LineChild } from './line-child.ts';
import { LineSink } from './line-sink.ts';

/** One walk of an engine, from the start of its gather until the last row was posted. */
export interface Walk {
  readonly rows: number;
  readonly cpuSeconds: number;
  readonly seconds: number;
  readonly residentMiB: number;
  readonly peakMiB: number;
}

export interface EngineWork {
  readonly folder: string;
  readonly device: DeviceName;
  readonly port: number;
  /** Milliseconds after the full interval at which its walks begin. */
  readonly offsetMs: number;
}

/** Time before a walk at which the engine is asked what it has used. */
const LEAD_MS = 500;
/** Time that the engine works after its last row: the answer to its post, and the garbage collector. */
const SETTLE_MS = 2_000;
const POLL_MS = 50;
/** Longest first walk: two silences of GETBULK, then row by row. */
const FIRST_WALK_MS = 25_000;
/** Part of an interval that a device may take, after which the engine gives up. */
const WALK_MS = INTERVAL_MS * 0.8;

/** The embedded engine in a process of its own, with one device to poll and a sink that counts its rows. */
export class WalkEngine {
  readonly #child: LineChild;
  readonly #sink: LineSink;
  readonly #offsetMs: number;

  private constructor(child: LineChild, sink: LineSink, offsetMs: number) {
    this.#child = child;
    this.#sink = sink;
    this.#offsetMs = offsetMs;
  }

  /** Starts the engine at its place in the interval: its first walk, soon after the start, meets no other's walk there. */
  static async start({ folder, device, port, offsetMs }: EngineWork): Promise<WalkEngine> {
    const socketPath = path.join(folder, `${device}.sock`);
    const confFile = path.join(folder, `${device}.conf`);
    await writeFile(confFile, await walkConf({ device, port, offsetMs, socketPath }));
    const sink = await LineSink.listen(socketPath);
    await pause(untilOffset(offsetMs) + LEAD_MS);
    try {
      return new WalkEngine(await startEngineProcess(device, confFile), sink, offsetMs);
    } catch (error) {
      sink.close();
      throw error;
    }
  }

  /** Waits for the walk that the engine begins soon after its start, in which it learns what the device answers. */
  firstWalk(rows = INTERFACES): Promise<Walk> {
    return this.#measure(rows, FIRST_WALK_MS);
  }

  /** Waits for the walk of the next interval. */
  async nextWalk(rows = INTERFACES): Promise<Walk> {
    await pause(untilOffset(this.#offsetMs + INTERVAL_MS - LEAD_MS));
    return await this.#measure(rows, WALK_MS);
  }

  report(): Promise<EngineReport> {
    return askEngine(this.#child);
  }

  async stop(): Promise<void> {
    await this.#child.stop();
    this.#sink.close();
  }

  async #measure(wantedRows: number, limitMs: number): Promise<Walk> {
    const sink = this.#sink;
    const { lines, cells } = sink;
    const before = await this.report();
    const giveUpAt = performance.now() + limitMs + LEAD_MS;
    while (sink.lines - lines < wantedRows && performance.now() < giveUpAt) await pause(POLL_MS);
    const endedAtMs = sink.lastAtMs;
    await pause(SETTLE_MS);
    const after = await this.report();
    const rows = sink.lines - lines;
    if (rows === INTERFACES && sink.cells - cells !== CELLS) {
      throw new Error(`the rows have ${sink.cells - cells} cells and tags, not ${CELLS}`);
    }
    return {
      rows,
      cpuSeconds: after.cpuSeconds - before.cpuSeconds,
      seconds: (endedAtMs - (after.gatheredAtMs - after.durationMs)) / 1_000,
      residentMiB: after.residentMiB,
      peakMiB: after.peakMiB,
    };
  }
}

/** Milliseconds until the next interval's place, which the offset names. */
function untilOffset(offsetMs: number): number {
  return INTERVAL_MS - ((Date.now() - offsetMs) % INTERVAL_MS);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, ms));
  });
}
