import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { componentOutput, writeOutputBlock } from '@stratora/telegraf';
import { isAlive, processorSeconds, residentBytes, STALL_MS, waitFor } from '@stratora/testkit';
import { pause } from './component-fixture.ts';
import { type KeptShare, SampleSink } from './sample-sink.ts';

const START_MS = 60_000;
/** Lateness of a timer beyond which the machine stood still. */
const STOOD_STILL_MS = 1500;
const TRIES = 3;

export interface EngineRace {
  name: string;
  /** Program and arguments, without the config file. */
  command: readonly string[];
  /** The config from the server, without an output. */
  text: string;
  /** Ids of the nodes whose samples count. */
  nodes: readonly string[];
  intervalMs: number;
  /** Measurements that come every interval, which are counted. */
  measurements: readonly string[];
  /** Number of full intervals that are counted. */
  intervals: number;
}

export interface RaceFigures {
  name: string;
  share: KeptShare;
  /** Processor time of the engine and the programs it started, in the counted time. */
  processorSeconds: number;
  residentMiB: number;
  shape: Record<string, number>;
  /** The last lines that it printed. */
  printed: string;
}

/**
 * Runs an engine on a config, with a sink in the place of a component, and counts what it keeps. While the machine
 * stands still, devices do not answer: such a run proves nothing about the engine, and is repeated.
 */
export async function raceEngine(race: EngineRace): Promise<RaceFigures> {
  for (let tries = 1; ; tries += 1) {
    const { stoodStillMs, ...figures } = await runEngine(race);
    if (stoodStillMs < STOOD_STILL_MS || tries === TRIES) return figures;
    process.stdout.write(`${race.name}: the machine stood still for ${Math.round(stoodStillMs)} ms\n`);
  }
}

async function runEngine(race: EngineRace): Promise<RaceFigures & { stoodStillMs: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'stratora-race-'));
  const sink = new SampleSink(join(folder, 'sink.sock'));
  await sink.start();
  const output = componentOutput(`unix://${sink.socketPath}`);
  const block = writeOutputBlock({ ...output, flushIntervalMs: 1000, metricBufferLimit: 200_000 });
  const file = join(folder, 'engine.conf');
  await writeFile(file, `${race.text.trimEnd()}\n\n${block}`);
  const [program, ...args] = [...race.command, file];
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (printed = (printed + chunk.toString()).slice(-20_000)));
  }
  try {
    return { ...(await watch(race, child, sink)), name: race.name, printed };
  } catch (error) {
    throw new Error(`${race.name}: ${printed.slice(-3000)}`, { cause: error });
  } finally {
    await end(child);
    await sink.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function watch(
  { nodes, intervalMs, intervals, measurements }: EngineRace,
  child: ChildProcess,
  sink: SampleSink,
): Promise<Omit<RaceFigures, 'name' | 'printed'> & { stoodStillMs: number }> {
  const pid = child.pid ?? 0;
  // Engines gather at full intervals of the clock; what counts begins after the first in which each device was heard.
  await waitFor(() => nodes.every((node) => Object.keys(sink.shapeOf(node)).length > 0), {
    timeoutMs: START_MS + 2 * intervalMs,
    what: 'a sample of every good device',
  });
  const from = Math.ceil(Date.now() / intervalMs) * intervalMs;
  const to = from + intervals * intervalMs;
  await pause(from - Date.now());
  const before = processorSeconds(pid);
  let resident = 0;
  let stoodStillMs = 0;
  while (Date.now() < to) {
    if (!isAlive(pid)) throw new Error('the engine ended');
    resident = Math.max(resident, residentBytes(pid));
    const waitMs = Math.min(250, to - Date.now());
    const due = Date.now() + waitMs;
    await pause(waitMs);
    stoodStillMs = Math.max(stoodStillMs, Date.now() - due);
  }
  const used = processorSeconds(pid) - before;
  const share = () => sink.shareOf(nodes, { from, to, intervalMs, measurements });
  // The last lines are still on their way.
  const until = Date.now() + Math.min(intervalMs, 6000) + STALL_MS;
  while (share().whole < nodes.length && Date.now() < until) await pause(250);
  return {
    share: share(),
    stoodStillMs,
    processorSeconds: used,
    residentMiB: resident / 2 ** 20,
    shape: sink.shapeOf(nodes[0] ?? ''),
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await gone;
  clearTimeout(timer);
}
