import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  DISCOVERY_PACE,
  DISCOVERY_PACKETS_MAX,
  type DiscoveryOrder,
  discoveryOptionsSchema,
  effectiveOptions,
} from '@stratora/contract';
import { requireBinary } from '@stratora/testkit';
import { LineChild } from './line-child.ts';
import {
  type BenchResult,
  type BenchRow,
  describeMachine,
  median,
  publishResult,
  spreadOf,
} from './result.ts';
import type { SweepReport } from './sweep-child.ts';
import { KIND_COUNT } from './sweep-kinds.ts';
import { SilentLoopback, type SweptRange, sweptRange } from './sweep-network.ts';
import { findPeers, type Peer, type PeerRun } from './sweep-peers.ts';

const DEVICES = 600;
const ROUNDS = 3;
const TIME_LIMIT_MS = 600_000;
const GOALS: Readonly<Record<string, number>> = { '/20': 4, '/16': 12 };
const RATIO_GOAL = 2;
const CREDENTIAL_ID = '0199c0de-0000-7000-8000-000000000101';

/** What one range took, by program. */
interface Measured {
  readonly range: SweptRange;
  readonly ours: SweepReport[];
  readonly peers: ReadonlyMap<Peer, PeerRun[]>;
}

/**
 * Measures the sweep by ping and SNMP of a /20 and a /16 of loopback addresses, in which 600 devices of 40 kinds answer and all others
 * are silent, beside programs that do the same or a half of it; and the /20 at the rate that a scan has by default.
 */
export async function run(): Promise<BenchResult | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || requireBinary('ip') === undefined) {
    process.stdout.write('skipped: a network in which addresses are silent needs Linux and root\n');
    return undefined;
  }
  const ranges = [sweptRange('/20', '127.16.0.0/20', DEVICES), sweptRange('/16', '127.17.0.0/16', DEVICES)];
  const folder = await mkdtemp(path.join(tmpdir(), 'stratora-sweep-'));
  const network = new SilentLoopback(ranges);
  try {
    const peers = await findPeers({ network, folder });
    const measured: Measured[] = [];
    for (const range of ranges) measured.push(await measure(network, range, peers));
    const [small = ranges[0]] = ranges;
    const polite = small === undefined ? [] : await measurePolite(network, small);
    const result: BenchResult = {
      name: 'sweep',
      machine: describeMachine(),
      versions: {
        node: process.version,
        ...Object.fromEntries(peers.map(({ name, version }) => [name, version])),
      },
      rows: [...measured.flatMap(rowsOf), ...polite],
      notes: notesOf(measured),
    };
    await publishResult(result);
    return result;
  } finally {
    network.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(
  network: SilentLoopback,
  range: SweptRange,
  peers: readonly Peer[],
): Promise<Measured> {
  const plant = await startPlant(network, range);
  const scan = childIn(network, 'our scan', 'sweep-child.ts');
  const ours: SweepReport[] = [];
  const runs = new Map<Peer, PeerRun[]>(peers.map((peer) => [peer, []]));
  try {
    // In turn, so that a slow minute of the machine is everybody's.
    for (let round = 0; round < ROUNDS; round += 1) {
      ours.push(
        await scan.ask<SweepReport>(JSON.stringify(orderOf(range, DISCOVERY_PACKETS_MAX)), TIME_LIMIT_MS),
      );
      for (const [peer, done] of runs) done.push(await peer.run(range));
    }
    return { range, ours, peers: runs };
  } finally {
    await scan.stop();
    await plant.stop();
  }
}

async function measurePolite(network: SilentLoopback, range: SweptRange): Promise<BenchRow[]> {
  const plant = await startPlant(network, range);
  const scan = childIn(network, 'our scan', 'sweep-child.ts');
  try {
    const rate = DISCOVERY_PACE.usual.packets_per_second;
    const report = await scan.ask<SweepReport>(JSON.stringify(orderOf(range, rate)), TIME_LIMIT_MS);
    const label = `${range.name} at the default rate`;
    const perSecond = report.packets / report.seconds;
    return [
      { label: `${label}: time`, value: report.seconds, unit: 's' },
      {
        label: `${label}: found`,
        value: report.read,
        unit: 'devices',
        goal: `${DEVICES}`,
        met: isWhole(report),
      },
      {
        label: `${label}: packets`,
        value: perSecond,
        unit: 'per s',
        goal: `<= ${rate}`,
        met: perSecond <= rate,
      },
    ];
  } finally {
    await scan.stop();
    await plant.stop();
  }
}

function orderOf(range: SweptRange, rate: number): DiscoveryOrder {
  const options = discoveryOptionsSchema.parse({
    tcp: false,
    http: false,
    dns: false,
    packets_per_second: rate,
    host_packets_per_second: rate > 1000 ? 1000 : DISCOVERY_PACE.usual.host_packets_per_second,
  });
  return {
    run_id: `bench ${range.name}`,
    targets: [range.cidr],
    crawl: null,
    credentials: [{ id: CREDENTIAL_ID, type: 'snmp_v2c', secret: { community: 'public' } }],
    options: effectiveOptions(options),
    rules: null,
    cursor: null,
    next_part: 0,
    part_seconds: 2,
    stop_at: null,
  };
}

async function startPlant(network: SilentLoopback, range: SweptRange): Promise<LineChild> {
  const plant = childIn(network, 'the plant', 'sweep-plant.ts');
  const started = await plant.ask<number>(JSON.stringify(range.devices), 60_000);
  if (started !== DEVICES) throw new Error(`only ${started} devices answer`);
  return plant;
}

function childIn(network: SilentLoopback, name: string, file: string): LineChild {
  const [command, args] = network.command(process.execPath, [path.join(import.meta.dirname, file)]);
  return new LineChild(name, command, args);
}

function isWhole({ read, pinged, kinds, end }: SweepReport): boolean {
  return end === 'done' && read === DEVICES && pinged === DEVICES && kinds === KIND_COUNT;
}

function rowsOf({ range, ours, peers }: Measured): BenchRow[] {
  const { name } = range;
  const seconds = ours.map((report) => report.seconds);
  const goal = GOALS[name] ?? 0;
  const isAllFound = ours.every(isWhole);
  const rivals = rivalsOf(peers);
  const fastest = rivals.toSorted((a, b) => median(a.seconds) - median(b.seconds))[0];
  return [
    {
      label: `${name}: ping, SNMP and what each device is`,
      value: median(seconds),
      unit: 's',
      spread: spreadOf(seconds),
      goal: `<= ${goal} s, all found`,
      met: isAllFound && median(seconds) <= goal,
    },
    ...(fastest === undefined ? [] : [againstRow(name, seconds, fastest)]),
    { label: `${name}: packets`, value: median(ours.map(({ packets }) => packets)), unit: 'packets' },
    { label: `${name}: CPU`, value: median(ours.map(({ cpuSeconds }) => cpuSeconds)), unit: 's' },
    { label: `${name}: memory`, value: Math.max(...ours.map(({ peakMib }) => peakMib)), unit: 'MiB' },
    ...[...peers].flatMap(([peer, runs]) => peerRows(name, peer, runs)),
  ];
}

/** Peers that find all, alone or one after the other. */
interface Rival {
  readonly name: string;
  readonly seconds: readonly number[];
}

function rivalsOf(peers: Measured['peers']): Rival[] {
  const whole = [...peers].filter(([, runs]) =>
    runs.every(({ found, wrong }) => found === DEVICES && wrong === 0),
  );
  const by = (finds: Peer['finds']) => whole.filter(([peer]) => peer.finds === finds);
  const pairs = by('ping').flatMap(([ping, pings]) =>
    by('snmp').map(
      ([snmp, asked]): Rival => ({
        name: `${ping.name}, then ${snmp.name}`,
        seconds: pings.map(({ seconds }, at) => seconds + (asked[at]?.seconds ?? 0)),
      }),
    ),
  );
  return [
    ...pairs,
    ...by('both').map(([{ name }, runs]) => ({ name, seconds: runs.map(({ seconds }) => seconds) })),
  ];
}

function againstRow(name: string, ours: readonly number[], { name: peer, seconds }: Rival): BenchRow {
  const ratios = ours.map((value, at) => (seconds[at] ?? Number.NaN) / value);
  return {
    label: `${name}: the fastest peer that finds all takes`,
    value: median(seconds),
    unit: 's',
    peer,
    ratio: median(ratios),
    spread: spreadOf(ratios),
    goal: `>= ${RATIO_GOAL} times ours`,
    met: median(ratios) >= RATIO_GOAL,
  };
}

function peerRows(name: string, peer: Peer, runs: readonly PeerRun[]): BenchRow[] {
  const seconds = runs.map((one) => one.seconds);
  return [
    { label: `${name}: ${peer.name}`, value: median(seconds), unit: 's', spread: spreadOf(seconds) },
    { label: `${name}: ${peer.name} finds`, value: median(runs.map(({ found }) => found)), unit: 'devices' },
  ];
}

function notesOf(measured: readonly Measured[]): string[] {
  return [
    `${DEVICES} simulated devices of ${KIND_COUNT} kinds on port 161, all other addresses silent, in a network namespace`,
    `ours: runScan in a process that runs already, at ${DISCOVERY_PACKETS_MAX.toLocaleString('en')} packets per second at most; two pings and two messages of SNMP for who does not answer; the time includes reading what each device is, which no peer does`,
    'peers: from the start of the program to its end, with as many repeats as ours where they have any; a pair is the sum of both',
    `devices found by ours: ${measured.map(({ range, ours }) => `${range.name} ${ours.map(({ read }) => read).join(', ')}`).join('; ')}`,
  ];
}
