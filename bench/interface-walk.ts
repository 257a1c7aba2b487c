import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { type Walk, WalkEngine } from './interface-walk-engine.ts';
import {
  COLUMNS,
  type DeviceName,
  INTERFACES,
  INTERVAL_MS,
  SMALL_INTERFACES,
  walkConf,
} from './interface-walk-plan.ts';
import { plainRows, refusedRows } from './interface-walk-rows.ts';
import { LineChild } from './line-child.ts';
import { type BenchResult, type BenchRow, describeMachine, publishResult } from './result.ts';
import { type TelegrafCycle, TelegrafPeer } from './snmp-engine-telegraf.ts';

const WALKS = 5;
/** Places in the interval, so that no two walk at once. Telegraf has the second half of it. */
const OFFSETS_MS = { plain: 0, silent: 11_000, error: 20_000, small: 27_000, telegraf: 30_000 } as const;

/** A thing that is stopped at the end of the bench. */
interface Stoppable {
  stop(): Promise<void>;
}

interface Measured {
  readonly first: Readonly<Record<'silent' | 'error', Walk>>;
  readonly plain: Walk[];
  readonly silent: Walk[];
  readonly error: Walk[];
  readonly telegraf: TelegrafCycle[];
}

/**
 * Measures the walk of one device with 10,000 interfaces by the embedded engine, on the telegraf.conf that the product
 * renders: with GETBULK beside Telegraf on the same device, and of devices that refuse GETBULK.
 */
export async function run(): Promise<BenchResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'stratora-interface-walk-'));
  const started: Stoppable[] = [];
  try {
    const loadBefore = loadavg()[0] ?? 0;
    const rows = await measure(folder, started);
    const result: BenchResult = {
      name: 'interface-walk',
      machine: describeMachine(),
      versions: { node: process.version, telegraf: await TelegrafPeer.version() },
      rows,
      notes: [
        `one device with ${INTERFACES.toLocaleString('en')} interfaces, the ${COLUMNS} columns of generic-snmp, SNMPv2c; once in ${INTERVAL_MS / 1_000} s`,
        'the telegraf.conf is rendered by the code of the server; each engine is a process of its own, lines posted to a socket',
        `median of ${WALKS} walks, each engine at its own time of the interval; the walk after the start is not among them`,
        'first walk: the device has not been asked yet, so that the engine learns in it that GETBULK is refused; its code is cold',
        `memory: the most that the process ever held, less that of an engine with one device of ${SMALL_INTERFACES} interfaces`,
        'CPU of each process by getrusage (Telegraf: /proc), simulator and sink not counted',
        `load of the machine over one minute: ${loadBefore.toFixed(1)} before the run, ${(loadavg()[0] ?? 0).toFixed(1)} at its end`,
      ],
    };
    await publishResult(result);
    return result;
  } finally {
    for (const one of started.toReversed()) await one.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(folder: string, started: Stoppable[]): Promise<BenchRow[]> {
  const port = await startDevices(started);
  const engine = async (device: DeviceName): Promise<WalkEngine> => {
    const one = await WalkEngine.start({ folder, device, port, offsetMs: OFFSETS_MS[device] });
    started.push(one);
    return one;
  };
  const telegraf = await startTelegraf(folder, port);
  started.push(telegraf);
  const plain = await engine('plain');
  await plain.firstWalk();
  const silent = await engine('silent');
  const firstSilent = await silent.firstWalk();
  const error = await engine('error');
  const firstError = await error.firstWalk();
  const small = await engine('small');
  await small.firstWalk(SMALL_INTERFACES);
  const measured: Measured = {
    first: { silent: firstSilent, error: firstError },
    plain: [],
    silent: [],
    error: [],
    telegraf: [],
  };
  for (let walk = 0; walk < WALKS; walk += 1) {
    measured.plain.push(await plain.nextWalk());
    measured.silent.push(await silent.nextWalk());
    measured.error.push(await error.nextWalk());
    measured.telegraf.push(await telegraf.nextCycle());
  }
  return [
    ...plainRows(measured.plain, measured.telegraf, await small.report()),
    ...refusedRows('GETBULK unanswered', measured.first.silent, measured.silent),
    ...refusedRows('GETBULK answered genErr', measured.first.error, measured.error),
  ];
}

async function startDevices(started: Stoppable[]): Promise<number> {
  const file = path.join(import.meta.dirname, 'interface-walk-devices.ts');
  const child = new LineChild('devices', process.execPath, [file]);
  started.push(child);
  return Number(await child.read(120_000));
}

async function startTelegraf(folder: string, port: number): Promise<TelegrafPeer> {
  const offsetMs = OFFSETS_MS.telegraf;
  return TelegrafPeer.start({
    folder,
    conf: (socketPath) => walkConf({ device: 'plain', port, offsetMs, socketPath }),
    intervalMs: INTERVAL_MS,
    offsetMs,
    linesPerCycle: INTERFACES,
  });
}
