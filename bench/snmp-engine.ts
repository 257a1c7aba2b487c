import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loopbackAddresses } from '@stratora/simulator';
import { askEngine, type EngineReport, startEngineProcess } from './engine-process.ts';
import { LineChild } from './line-child.ts';
import { LineSink } from './line-sink.ts';
import { type BenchResult, type BenchRow, describeMachine, median, publishResult } from './result.ts';
import { buildPeer } from './snmp-engine-peer.ts';
import { figure, ratioRow, telegrafRows } from './snmp-engine-rows.ts';
import { type TelegrafCycle, TelegrafPeer } from './snmp-engine-telegraf.ts';
import { engineConf, peerWork } from './snmp-engine-work.ts';

const FIRST_ADDRESS = '127.1.0.1';
const DEVICES = 1_000;
const MANY_DEVICES = 10_000;
const PORTS = 24;
const COMMUNITY = 'public';
/** Interval long enough for a cycle of ours and one of each peer in turn: Telegraf's begins in its middle. */
const PAIR_INTERVAL_MS = 40_000;
const MANY_INTERVAL_MS = 10_000;
const PAIRS = 5;
const MANY_CYCLES = 3;
/** Part of an interval after which the engine is asked whether it is done. */
const READY_SHARE = 0.1;
/** Lines of one device and cycle: the system group, and a row of either table for each port. */
const LINES_PER_DEVICE = 1 + 2 * PORTS;

interface PeerReport {
  readonly cpuSeconds: number;
  readonly lines: number;
  readonly varbinds: number;
  readonly errors: number;
  readonly lastError: string;
}

/** A thing that is stopped at the end of the bench. */
interface Stoppable {
  stop(): Promise<void>;
}

/** One cycle of the engine. */
interface Cycle {
  readonly cpuSeconds: number;
  readonly durationMs: number;
  readonly residentMiB: number;
  readonly lines: number;
}

/**
 * Measures the embedded engine (its snmp input, its output to a unix socket) against Telegraf on the same telegraf.conf
 * and against a poller on gosnmp, on the same simulated switches in the same minutes: CPU seconds per 1,000 devices and
 * cycle.
 */
export async function run(): Promise<BenchResult> {
  const peer = await buildPeer();
  const folder = await mkdtemp(path.join(tmpdir(), 'stratora-snmp-engine-'));
  const sink = await LineSink.listen(path.join(folder, 'engine.sock'));
  try {
    const pairs = await comparePairs(folder, peer.file);
    const many = await pollMany(folder);
    const result: BenchResult = {
      name: 'snmp-engine',
      machine: describeMachine(),
      versions: {
        node: process.version,
        telegraf: await TelegrafPeer.version(),
        gosnmp: peer.version,
        go: peer.go,
      },
      rows: [...pairs, ...many],
      notes: [
        `${DEVICES} switches of ${PORTS} ports: system group, 22 ifTable and 19 ifXTable columns, to line protocol`,
        'ours: the embedded engine on a telegraf.conf with a block per device, real clock, lines posted to a socket',
        'Telegraf: the same telegraf.conf, its cycles half an interval later, lines posted to a socket of its own',
        'gosnmp: connections kept, 64 devices at once, lines into a buffer that is dropped; both max_repetitions 10',
        `${MANY_DEVICES} devices: blocks of 100 agents; the cycle ends when the last device is done`,
        'CPU of each process by getrusage, simulator and sink not counted',
      ],
    };
    await publishResult(result);
    return result;
  } finally {
    sink.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function comparePairs(folder: string, peerFile: string): Promise<BenchRow[]> {
  const agents = loopbackAddresses(FIRST_ADDRESS, DEVICES);
  const children: Stoppable[] = [];
  try {
    const { port } = await startDevices(DEVICES, children);
    const workFile = path.join(folder, 'work.json');
    await writeFile(workFile, peerWork(agents, port, COMMUNITY));
    const peer = new LineChild('gosnmp peer', peerFile, ['-work', workFile]);
    children.push(peer);
    await peer.read(30_000);
    const managerFile = path.join(import.meta.dirname, 'snmp-engine-manager.ts');
    const manager = new LineChild('manager', process.execPath, [managerFile, workFile]);
    children.push(manager);
    await manager.read(30_000);
    // Like the engine's first cycles, this one learns what the devices can answer at once.
    await askPeer(manager, 'cycle');
    const intervalMs = PAIR_INTERVAL_MS;
    const engine = await startEngine({ folder, agents, port, agentsPerBlock: 1, intervalMs }, children);
    const offsetMs = intervalMs / 2;
    const telegraf = await TelegrafPeer.start({
      folder,
      conf: (socketPath) =>
        engineConf({
          agents,
          port,
          community: COMMUNITY,
          agentsPerBlock: 1,
          intervalMs,
          offsetMs,
          socketPath,
        }),
      intervalMs,
      offsetMs,
      linesPerCycle: DEVICES * LINES_PER_DEVICE,
    });
    children.push(telegraf);
    const cycles: Cycle[] = [];
    const byTelegraf: TelegrafCycle[] = [];
    const byColumn: number[] = [];
    const byTable: number[] = [];
    const byManager: number[] = [];
    let before = await nextReport(engine, intervalMs);
    for (let pair = 0; pair < PAIRS; pair++) {
      const after = await nextReport(engine, intervalMs, before);
      cycles.push(checkWork(cycleBetween(before, after), DEVICES));
      before = after;
      // The engine's cycle is over; its next one begins at the next full interval.
      byColumn.push(await askPeer(peer, 'column'));
      byTable.push(await askPeer(peer, 'table'));
      byManager.push(await askPeer(manager, 'cycle'));
      byTelegraf.push(await telegraf.nextCycle());
      await waitForBoundary(intervalMs);
    }
    const ours = cycles.map((cycle) => cycle.cpuSeconds);
    return [
      ...telegrafRows(ours, byTelegraf, DEVICES * LINES_PER_DEVICE),
      ratioRow({ label: 'against gosnmp per column', peer: 'gosnmp per column', goal: 0.2 }, ours, byColumn),
      ratioRow({ label: 'against gosnmp per table', peer: 'gosnmp per table', goal: 0.6 }, ours, byTable),
      figure('our manager alone, nothing written', 'CPU s per 1,000 devices', byManager),
      figure('gosnmp per column', 'CPU s per 1,000 devices', byColumn),
      figure('gosnmp per table', 'CPU s per 1,000 devices', byTable),
      figure(
        'cycle of 1,000 devices',
        'ms',
        cycles.map((cycle) => cycle.durationMs),
      ),
      figure(
        'resident memory, 1,000 devices',
        'MiB',
        cycles.map((cycle) => cycle.residentMiB),
      ),
    ];
  } finally {
    for (const child of children.toReversed()) await child.stop();
  }
}

async function pollMany(folder: string): Promise<BenchRow[]> {
  const agents = loopbackAddresses(FIRST_ADDRESS, MANY_DEVICES);
  const children: Stoppable[] = [];
  try {
    const { port } = await startDevices(MANY_DEVICES, children);
    const intervalMs = MANY_INTERVAL_MS;
    const engine = await startEngine({ folder, agents, port, agentsPerBlock: 100, intervalMs }, children);
    const cycles: Cycle[] = [];
    // The first cycles fill the caches and learn what the devices can answer at once.
    await nextReport(engine, intervalMs);
    await waitForBoundary(intervalMs);
    let before = await nextReport(engine, intervalMs);
    for (let number = 0; number < MANY_CYCLES; number++) {
      await waitForBoundary(intervalMs);
      const after = await nextReport(engine, intervalMs, before);
      cycles.push(cycleBetween(before, after));
      before = after;
    }
    const durations = cycles.map((cycle) => cycle.durationMs);
    const cpu = cycles.map((cycle) => cycle.cpuSeconds);
    const memory = cycles.map((cycle) => cycle.residentMiB);
    const shares = cycles.map((cycle) => (100 * cycle.lines) / (MANY_DEVICES * LINES_PER_DEVICE));
    const isWhole = Math.min(...shares) === 100;
    return [
      {
        ...figure('polled of 10,000 devices in a cycle', '%', shares),
        goal: '100',
        met: isWhole,
      },
      {
        ...figure('cycle of 10,000 devices', 'ms', durations),
        goal: '<= 10 s',
        met: isWhole && median(durations) <= 10_000,
      },
      {
        ...figure('CPU of that cycle', 's', cpu),
        goal: '<= 10 s (one core)',
        met: isWhole && median(cpu) <= 10,
      },
      {
        ...figure('resident memory, 10,000 devices', 'MiB', memory),
        goal: '<= 400',
        met: isWhole && Math.max(...memory) <= 400,
      },
    ];
  } finally {
    for (const child of children.toReversed()) await child.stop();
  }
}

async function startDevices(devices: number, children: Stoppable[]): Promise<{ port: number }> {
  const file = path.join(import.meta.dirname, 'snmp-engine-simulator.ts');
  const args = [file, String(devices), FIRST_ADDRESS, String(PORTS)];
  const child = new LineChild('simulator', process.execPath, args);
  children.push(child);
  return { port: Number(await child.read(60_000)) };
}

async function startEngine(
  options: {
    readonly folder: string;
    readonly agents: readonly string[];
    readonly port: number;
    readonly agentsPerBlock: number;
    readonly intervalMs: number;
  },
  children: Stoppable[],
): Promise<LineChild> {
  const { folder } = options;
  const confFile = path.join(folder, 'telegraf.conf');
  const socketPath = path.join(folder, 'engine.sock');
  await writeFile(confFile, engineConf({ ...options, community: COMMUNITY, socketPath }));
  const child = await startEngineProcess('engine', confFile);
  children.push(child);
  return child;
}

/** Waits for the engine's report of a cycle that ended after `before`, with all its lines written. */
async function nextReport(
  engine: LineChild,
  intervalMs: number,
  before?: EngineReport,
): Promise<EngineReport> {
  const giveUpAt = performance.now() + 4 * intervalMs;
  let last: EngineReport | undefined;
  while (performance.now() < giveUpAt) {
    // The engine is asked seldom, since each question costs it a little.
    await waitForPhase(intervalMs, READY_SHARE);
    const report = await askEngine(engine);
    const isQuiet =
      report.metrics > (before?.metrics ?? 0) && report.written + report.dropped >= report.metrics;
    if (isQuiet) return report;
    last = report;
    await pause(intervalMs / 10);
  }
  throw new Error(`the engine did not finish a cycle: ${JSON.stringify(last)}`);
}

/** Throws when the engine wrote other lines than the work has: a figure for half the work is none. */
function checkWork(cycle: Cycle, devices: number): Cycle {
  if (cycle.lines === devices * LINES_PER_DEVICE) return cycle;
  throw new Error(`the engine did not do its work: ${JSON.stringify(cycle)}`);
}

function cycleBetween(before: EngineReport, after: EngineReport): Cycle {
  const lines = after.metrics - before.metrics - (after.dropped - before.dropped);
  return {
    cpuSeconds: after.cpuSeconds - before.cpuSeconds,
    durationMs: after.durationMs,
    residentMiB: after.residentMiB,
    lines,
  };
}

async function askPeer(peer: LineChild, way: 'column' | 'table' | 'cycle'): Promise<number> {
  const report = await peer.ask<PeerReport>(way, 60_000);
  if (report.errors > 0 || report.lines !== DEVICES * LINES_PER_DEVICE) {
    throw new Error(`the peer did not do its work: ${JSON.stringify(report)}`);
  }
  return report.cpuSeconds;
}

/** Waits until this share of the current interval has passed; not at all when it has. */
function waitForPhase(intervalMs: number, share: number): Promise<void> {
  return pause(Math.max(0, intervalMs * share - (Date.now() % intervalMs)));
}

/** Waits for the next full interval, at which the engine begins a cycle. */
function waitForBoundary(intervalMs: number): Promise<void> {
  return pause(intervalMs - (Date.now() % intervalMs) + 50);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
