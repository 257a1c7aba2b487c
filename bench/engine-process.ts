import path from 'node:path';
import { LineChild } from './line-child.ts';

/** Flag of Node with which components start the engine. */
const ENGINE_NODE_FLAG = '--max-semi-space-size=4';

/** What an engine process has used and done so far. */
export interface EngineReport {
  readonly cpuSeconds: number;
  readonly residentMiB: number;
  /** Most memory that it ever held. */
  readonly peakMiB: number;
  readonly runs: number;
  readonly durationMs: number;
  /** When the latest gather that went well ended, ms since the epoch; 0 before the first. */
  readonly gatheredAtMs: number;
  readonly metrics: number;
  readonly failures: number;
  readonly skipped: number;
  readonly written: number;
  readonly dropped: number;
  readonly targetsNotOk: number;
}

/** Starts the embedded engine in a process of its own; it has read the telegraf.conf when this resolves. */
export async function startEngineProcess(name: string, confFile: string): Promise<LineChild> {
  const childFile = path.join(import.meta.dirname, 'snmp-engine-child.ts');
  const child = new LineChild(name, process.execPath, [ENGINE_NODE_FLAG, childFile, confFile]);
  try {
    await child.read(120_000);
  } catch (error) {
    await child.stop();
    throw error;
  }
  return child;
}

export function askEngine(engine: LineChild): Promise<EngineReport> {
  return engine.ask<EngineReport>('report', 30_000);
}
