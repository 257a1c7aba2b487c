import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { componentOutput, writeOutputBlock } from '@stratora/telegraf';
import { isAlive, processorSeconds, residentBytes } from '@stratora/testkit';
import { pause } from './component-stand.ts';
import { type KeptShare, SampleSink } from './sample-sink.ts';

const START_MS = 4000;

export interface EngineRace {
  name: string;
  /** The program with its arguments, the config file excepted. */
  command: readonly string[];
  /** The server's text, without an output. */
  text: string;
  /** Nodes whose samples count. */
  nodes: readonly string[];
  intervalMs: number;
  /** Measurements that come every interval: those that are counted. */
  measurements: readonly string[];
  /** Full intervals that are counted. */
  intervals: number;
}

export interface RaceFigures {
  name: string;
  share: KeptShare;
  /** Of the engine and the programs it started, in the counted time. */
  processorSeconds: number;
  residentMiB: number;
  shape: Record<string, number>;
  /** Its last words. */
  printed: string;
}

/** Runs an engine on a config, with a sink in the place of a component, and counts what it keeps. */
export async function raceEngine(race: EngineRace): Promise<RaceFigures> {
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
): Promise<Omit<RaceFigures, 'name' | 'printed'>> {
  const pid = child.pid ?? 0;
  // Engines gather at full intervals of the clock; one that has just started is given a moment for the first.
  const from = Math.ceil((Date.now() + START_MS) / intervalMs) * intervalMs;
  const to = from + intervals * intervalMs;
  await pause(from - Date.now());
  const before = processorSeconds(pid);
  let resident = 0;
  while (Date.now() < to) {
    if (!isAlive(pid)) throw new Error('the engine ended');
    resident = Math.max(resident, residentBytes(pid));
    await pause(Math.min(1000, to - Date.now()));
  }
  const used = processorSeconds(pid) - before;
  // What was gathered last is still on its way.
  await pause(Math.min(intervalMs, 6000));
  return {
    share: sink.shareOf(nodes, { from, to, intervalMs, measurements }),
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
