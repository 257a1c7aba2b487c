import { gzipSync } from 'node:zlib';
import { Backend, type BenchComponent } from './backend.ts';
import {
  type LoadTarget,
  largeBody,
  requestOf,
  SAMPLES_PER_LINE,
  sendAll,
  sendAtRate,
  smallBody,
} from './ingest-load.ts';
import { type Peer, startNginx, startVmauth } from './ingest-peers.ts';
import { cpuSeconds } from './process-cost.ts';
import {
  type BenchResult,
  type BenchRow,
  describeMachine,
  median,
  publishResult,
  spreadOf,
} from './result.ts';

const PAIRS = 5;
const LARGE_LINES = 2_000;
const LARGE_BODIES = 60;
const LARGE_NODES = 100;
/** Number of concurrent requests that keep the store busy by any way. */
const LARGE_WIDTH = 4;
const SMALL_PER_SECOND = 1_000;
const SMALL_SECONDS = 4;
const SMALL_AGENTS = 50;
const SMALL_LINES = 6;

/** One way to the store, and the processes that carry it. */
interface Route {
  name: string;
  target: LoadTarget;
  /** Process id of the proxy in front of the store. */
  frontPid: number | undefined;
}

interface LargeRun {
  /** CPU seconds of the front per million samples. */
  front: number;
  store: number;
  /** Samples per second. */
  rate: number;
}

interface SmallRun {
  total: number;
  p99Ms: number;
}

/** Measures ingest with all its checks, against the store itself and against proxies that check nothing. */
export async function run(): Promise<BenchResult> {
  const backend = await Backend.start();
  const peers: Peer[] = [];
  try {
    peers.push(await startVmauth(backend.store.url), await startNginx(backend.store.url));
    const collector = await backend.addCollector('bench-collector', LARGE_NODES);
    const agents: BenchComponent[] = [];
    for (let index = 0; index < SMALL_AGENTS; index += 1)
      agents.push(await backend.addAgent(`bench-agent-${index}`));
    const rows = [
      ...(await runLarge(backend, collector, peers)),
      ...(await runSmall(backend, agents, peers)),
    ];
    const result: BenchResult = {
      name: 'ingest',
      machine: describeMachine(),
      versions: { node: process.version, 'victoria-metrics': '1.79.5 or as installed' },
      rows,
      notes: [
        `large: ${LARGE_BODIES} bodies of ${LARGE_LINES} lines a run, ${LARGE_WIDTH} at a time`,
        `small: ${SMALL_PER_SECOND} gzip bodies of ${SMALL_LINES} lines a second for ${SMALL_SECONDS} s, ${SMALL_AGENTS} agents`,
        'CPU seconds are of the named process and its children, from /proc',
      ],
    };
    await publishResult(result);
    return result;
  } finally {
    for (const peer of peers) await peer.stop();
    await backend.stop();
  }
}

function routesOf(
  backend: Backend,
  component: BenchComponent,
  peers: readonly Peer[],
): [Route, Route, ...Route[]] {
  return [
    {
      name: 'stratora',
      target: {
        port: backend.port,
        path: '/api/v1/ingest/influx',
        headers: { 'x-api-key': component.apiKey },
      },
      frontPid: backend.pid,
    },
    { name: 'victoria-metrics', target: { port: backend.store.port, path: '/write' }, frontPid: undefined },
    ...peers.map((peer) => ({ name: peer.name, target: peer, frontPid: peer.pid })),
  ];
}

async function runLarge(
  backend: Backend,
  collector: BenchComponent,
  peers: readonly Peer[],
): Promise<BenchRow[]> {
  const routes = routesOf(backend, collector, peers);
  const rows: BenchRow[] = [];
  for (const isPacked of [false, true]) {
    const runs = new Map<string, LargeRun[]>(routes.map(({ name }) => [name, []]));
    // One round more than counted: the first fills caches of the store and lets the compiler work.
    for (let round = 0; round <= PAIRS; round += 1) {
      for (const route of round % 2 === 0 ? routes : routes.toReversed()) {
        const measured = await sendLarge(backend, route, { collector, isPacked, round });
        if (round > 0) runs.get(route.name)?.push(measured);
      }
    }
    rows.push(...largeRows(runs, isPacked ? 'large, gzip' : 'large'));
  }
  return rows;
}

async function sendLarge(
  backend: Backend,
  route: Route,
  { collector, isPacked, round }: { collector: BenchComponent; isPacked: boolean; round: number },
): Promise<LargeRun> {
  const newest = Date.now();
  const requests = Array.from({ length: LARGE_BODIES }, (_, index) => {
    const timeMs = newest - (index + 1) * 10_000 - round;
    const body = largeBody(collector.nodeIds, LARGE_LINES, timeMs);
    return requestOf(route.target, isPacked ? gzipSync(body, { level: 1 }) : body, isPacked);
  });
  const front = route.frontPid === undefined ? [] : [route.frontPid];
  const before = [cpuSeconds(front), cpuSeconds([backend.store.pid])] as const;
  const seconds = await sendAll(route.target.port, requests, LARGE_WIDTH);
  const millions = (LARGE_BODIES * LARGE_LINES * SAMPLES_PER_LINE) / 1e6;
  return {
    front: (cpuSeconds(front) - before[0]) / millions,
    store: (cpuSeconds([backend.store.pid]) - before[1]) / millions,
    rate: (millions * 1e6) / seconds,
  };
}

function largeRows(runs: ReadonlyMap<string, LargeRun[]>, label: string): BenchRow[] {
  const own = runs.get('stratora') ?? [];
  const direct = runs.get('victoria-metrics') ?? [];
  const cpuRatios = own.map(({ front }, index) => front / (direct[index]?.store ?? Number.NaN));
  const rateRatios = own.map(({ rate }, index) => rate / (direct[index]?.rate ?? Number.NaN));
  const rows: BenchRow[] = [
    {
      label: `${label}: CPU of the backend`,
      value: median(own.map(({ front }) => front)),
      unit: 'CPU s/M samples',
      peer: 'victoria-metrics itself',
      ratio: median(cpuRatios),
      spread: spreadOf(cpuRatios),
      goal: '<= 0.40',
      met: median(cpuRatios) <= 0.4,
    },
    {
      label: `${label}: end to end`,
      value: median(own.map(({ rate }) => rate)),
      unit: 'samples/s',
      peer: 'victoria-metrics itself',
      ratio: median(rateRatios),
      spread: spreadOf(rateRatios),
      goal: '>= 0.9',
      met: median(rateRatios) >= 0.9,
    },
    {
      label: `${label}: CPU of the store`,
      value: median(direct.map(({ store }) => store)),
      unit: 'CPU s/M samples',
      spread: spreadOf(direct.map(({ store }) => store)),
    },
  ];
  for (const name of ['vmauth', 'nginx']) {
    const fronts = (runs.get(name) ?? []).map(({ front }) => front);
    rows.push({
      label: `${label}: CPU of ${name}`,
      value: median(fronts),
      unit: 'CPU s/M samples',
      spread: spreadOf(fronts),
    });
  }
  return rows;
}

async function runSmall(
  backend: Backend,
  agents: readonly BenchComponent[],
  peers: readonly Peer[],
): Promise<BenchRow[]> {
  const runs = new Map<string, SmallRun[]>();
  for (let round = 0; round <= PAIRS; round += 1) {
    for (const name of round % 2 === 0 ? ['stratora', 'vmauth', 'nginx'] : ['nginx', 'vmauth', 'stratora']) {
      const measured = await sendSmall(backend, agents, { name, peers, round });
      if (round > 0) runs.set(name, [...(runs.get(name) ?? []), measured]);
    }
  }
  const own = runs.get('stratora') ?? [];
  const rows: BenchRow[] = [];
  for (const [peer, limit] of [
    ['vmauth', 0.7],
    ['nginx', 1.2],
  ] as const) {
    const ratios = own.map(({ total }, index) => total / (runs.get(peer)?.[index]?.total ?? Number.NaN));
    rows.push({
      label: 'small: CPU of backend and store',
      value: median(own.map(({ total }) => total)),
      unit: 'CPU s/M samples',
      peer: `${peer} and store`,
      ratio: median(ratios),
      spread: spreadOf(ratios),
      goal: `<= ${limit}`,
      met: median(ratios) <= limit,
    });
  }
  for (const name of ['stratora', 'vmauth', 'nginx']) {
    const p99s = (runs.get(name) ?? []).map(({ p99Ms }) => p99Ms);
    const row = { label: `small: p99 by ${name}`, value: median(p99s), unit: 'ms', spread: spreadOf(p99s) };
    rows.push(name === 'stratora' ? { ...row, goal: '<= 15 ms', met: median(p99s) <= 15 } : row);
  }
  return rows;
}

async function sendSmall(
  backend: Backend,
  agents: readonly BenchComponent[],
  { name, peers, round }: { name: string; peers: readonly Peer[]; round: number },
): Promise<SmallRun> {
  const count = SMALL_PER_SECOND * SMALL_SECONDS;
  const newest = Date.now();
  const requests: Buffer[] = [];
  let port = 0;
  let pids = [backend.store.pid];
  for (let index = 0; index < count; index += 1) {
    const agent = agents[index % agents.length] as BenchComponent;
    const route = routesOf(backend, agent, peers).find((candidate) => candidate.name === name) as Route;
    const timeMs = newest - Math.floor(index / agents.length) * 1_000 - round;
    requests.push(requestOf(route.target, smallBody(agent.nodeIds[0] ?? '', timeMs), true));
    port = route.target.port;
    if (index === 0 && route.frontPid !== undefined) pids = [...pids, route.frontPid];
  }
  const before = cpuSeconds(pids);
  const latencies = (await sendAtRate(port, requests, SMALL_PER_SECOND)).toSorted((a, b) => a - b);
  const millions = (count * SMALL_LINES * SAMPLES_PER_LINE) / 1e6;
  return {
    total: (cpuSeconds(pids) - before) / millions,
    p99Ms: latencies[Math.floor(latencies.length * 0.99)] ?? Number.NaN,
  };
}
