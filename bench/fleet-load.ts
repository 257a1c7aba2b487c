import { setTimeout as sleep } from 'node:timers/promises';
import type { TallyFigures } from './fleet-child.ts';
import { type FleetMember, waitUntilProved } from './fleet-inventory.ts';
import { FleetPlant, type PlantOrder } from './fleet-plant.ts';
import { CYCLE_MS } from './fleet-simulation.ts';
import { residentMib } from './process-cost.ts';
import { type BenchResult, type BenchRow, describeMachine, formatResult, publishResult } from './result.ts';

/** Scale of the run; below 1 it is a trial: a part of the fleet, shorter, and nothing is published. */
const SCALE = Number(process.env['STRATORA_BENCH_SCALE'] ?? 1);
const STEADY_SECONDS = SCALE < 1 ? 20 : 60;
const FLOOD_SECONDS = SCALE < 1 ? 15 : 40;
const FLOOD_PER_SECOND = 200;
/** Time from the start of the flood to the arrival of the newcomers, when the flood has its full rate. */
const NEWCOMERS_AFTER_MS = 5000;
/** Time after which the renderings of the first configs are over. */
const SETTLE_MS = 20_000;
const ARRIVAL_MS = 600_000;

const NEWCOMERS = 20;
/** Number of keys before their first use whose ids the flood knows. */
const FLOOD_TARGETS = 25;
const FLOOD_FROM = ['127.3.0.1', '127.3.0.2', '127.3.0.3', '127.3.0.4'];

const UNDER_FLOOD = 'under flood';

const P99_GOAL_MS = 50;
const CPU_GOAL_PERCENT = 50;

const SIZE = { agents: Math.round(900 * SCALE), collectors: Math.round(100 * SCALE), nodesPerCollector: 2 };
/** The plants of the bench: the backend alone with new keys only; then the same size behind nginx, with proved keys. */
const PLANTS: readonly PlantOrder[] = [
  { ...SIZE, name: 'fleet', title: 'backend alone', hasFront: false, isProved: false },
  { ...SIZE, name: 'fleet', title: 'TLS by nginx', hasFront: true, isProved: true },
];

/**
 * Measures a whole fleet against the real backend and stores: at work, after a SIGKILL, under a flood of wrong keys.
 */
export async function run(): Promise<BenchResult> {
  const rows: BenchRow[] = [];
  for (const order of PLANTS) rows.push(...(await measurePlant(order)));
  const result: BenchResult = {
    name: 'fleet-load',
    machine: describeMachine(),
    versions: { node: process.version },
    rows,
    notes: [
      `${SIZE.agents} agents and ${SIZE.collectors} collectors, each with a key, an address and a kept connection of its own: config pull, heartbeat (agents) or report (collectors, once a minute) and one gzip ingest of 25 or 49 lines every ${CYCLE_MS / 1000} s, one after the other`,
      'latencies are from the request written to the answer read, by a process of its own on the same cores; its own delays are in them; spread is p50 to the longest',
      'restart: SIGKILL, and the process started again 1 s later; every component comes back within a second of the open door, or when a 503 told it to; counted from the SIGKILL',
      `flood: ${FLOOD_PER_SECOND} wrong keys a second for ${FLOOD_SECONDS} s from ${FLOOD_FROM.length} addresses, in turn ids that do not exist, texts that are no key, wrong secrets behind ids in use, wrong secrets behind ids that wait for their first use (these alone can reach bcrypt)`,
      'ledger: every numbered sample that was made, against the export of the store',
    ],
  };
  if (SCALE === 1) await publishResult(result);
  else process.stdout.write(formatResult(result));
  return result;
}

async function measurePlant(order: PlantOrder): Promise<BenchRow[]> {
  const plant = await FleetPlant.open(order);
  try {
    const fleet = await plant.add(order);
    await startFleet(plant, fleet);
    await measureDuring(plant, 'at work');
    await restart(plant);
    await measureDuring(plant, 'at work again');
    await underFlood(plant, fleet);
    await judge(plant);
    return plant.rows;
  } finally {
    await plant.close();
  }
}

/** Starts all members within a cycle, and waits until each has had a whole cycle of its own. */
async function startFleet(plant: FleetPlant, fleet: readonly FleetMember[]): Promise<void> {
  progress(plant, 'arriving');
  await plant.begin(fleet, CYCLE_MS);
  await plant.mark();
  const { seconds } = await waitUntilAllCycled(plant);
  const expected = plant.order.isProved ? 0 : plant.size;
  plant.row('arrival, until all had a whole cycle', seconds, 's');
  rowOfBcrypt(plant, 'arrival', await plant.bcryptRuns(), expected);
  await sleep(SETTLE_MS);
}

function rowOfBcrypt(plant: FleetPlant, label: string, runs: number, expected: number): void {
  plant.row(`${label}: bcrypt runs`, runs, 'runs', { goal: String(expected), met: runs === expected });
}

/** Waits until every member had a whole cycle since the last mark; returns the seconds from that mark. */
async function waitUntilAllCycled(plant: FleetPlant): Promise<{ seconds: number; figures: TallyFigures[] }> {
  const startedAt = performance.now();
  const tallies: TallyFigures[] = [];
  for (;;) {
    await sleep(1000);
    const figures = await plant.tally();
    tallies.push(figures);
    const left = plant.size - figures.members;
    if (left <= 0) return { seconds: figures.newestMs / 1000, figures: tallies };
    if (performance.now() - startedAt > ARRIVAL_MS) throw new Error(`${left} components did not come`);
  }
}

/** Measures the fleet and the server while `during` runs. @returns the number of bcrypt runs in that time */
async function measureDuring(
  plant: FleetPlant,
  label: string,
  during: () => Promise<unknown> = () => sleep(STEADY_SECONDS * 1000),
): Promise<number> {
  progress(plant, label);
  const runs = await plant.bcryptRuns();
  await plant.tally();
  const before = plant.cpu();
  const startedAt = performance.now();
  await during();
  const seconds = (performance.now() - startedAt) / 1000;
  const after = plant.cpu();
  const figures = await plant.tally();
  rowsOfCalls(plant, label, figures);
  for (const [part, used] of Object.entries(after)) {
    const percent = ((used - (before[part] ?? 0)) / seconds) * 100;
    const isJudged = part === 'backend' && label !== UNDER_FLOOD;
    const goal = isJudged ? { goal: `<= ${CPU_GOAL_PERCENT}`, met: percent <= CPU_GOAL_PERCENT } : {};
    plant.row(`${label}: CPU of ${part}`, percent, '% of a core', goal);
  }
  plant.row(`${label}: memory of the backend`, residentMib(plant.backend.pid), 'MiB');
  const again = (await plant.bcryptRuns()) - runs;
  if (label !== UNDER_FLOOD) rowOfBcrypt(plant, label, again, 0);
  return again;
}

function rowsOfCalls(plant: FleetPlant, label: string, figures: TallyFigures): void {
  const judged = new Set(['pull', 'heartbeat']);
  for (const [kind, { count, p50, p99, max }] of Object.entries(figures.calls)) {
    if (count === 0) continue;
    const goal = judged.has(kind) ? { goal: `<= ${P99_GOAL_MS}`, met: p99 <= P99_GOAL_MS } : {};
    plant.row(`${label}, ${kind}: p50`, p50, 'ms');
    plant.row(`${label}, ${kind}: p99`, p99, 'ms', { spread: [p50, max], ...goal });
  }
  const calls = Object.values(figures.calls).reduce((sum, { count }) => sum + count, 0);
  plant.row(`${label}: calls answered`, calls / figures.seconds, 'calls/s');
  const failed = figures.broken + countOf(figures.statuses, (status) => status >= 400);
  plant.row(`${label}: errors`, failed, 'calls', { goal: '0', met: failed === 0 });
  plant.row(`${label}: delay of the load itself, p99`, figures.ownDelayP99Ms, 'ms');
}

async function restart(plant: FleetPlant): Promise<void> {
  progress(plant, 'restart');
  await plant.tally();
  await plant.backend.kill('SIGKILL');
  await plant.mark();
  await sleep(1000);
  await plant.backend.launch();
  const { seconds, figures } = await waitUntilAllCycled(plant);
  plant.row('restart, until all had a whole cycle', seconds, 's');
  const worst = (kind: string) => Math.max(...figures.map(({ calls }) => calls[kind]?.p99 ?? 0));
  plant.row('restart, pull: worst p99 of a second', worst('pull'), 'ms');
  plant.row('restart, heartbeat: worst p99 of a second', worst('heartbeat'), 'ms');
  rowOfBcrypt(plant, 'restart', await plant.bcryptRuns(), 0);
  const sum = (isCounted: (status: number) => boolean) =>
    figures.reduce((total, { statuses }) => total + countOf(statuses, isCounted), 0);
  const waits = figures.flatMap(({ retryAfter }) => retryAfter);
  const spread = waits.length > 0 ? { spread: [Math.min(...waits), Math.max(...waits)] as const } : {};
  plant.row(
    'restart: answers 503, with seconds to wait',
    sum((status) => status === 503),
    'answers',
    spread,
  );
  const other = sum((status) => status >= 400 && status !== 503);
  plant.row('restart: other refusals', other, 'answers', { goal: '0', met: other === 0 });
  await sleep(SETTLE_MS);
}

function countOf(statuses: Readonly<Record<string, number>>, isCounted: (status: number) => boolean): number {
  return Object.entries(statuses)
    .filter(([name]) => isCounted(Number(name.split(' ').at(-1))))
    .reduce((total, [, count]) => total + count, 0);
}

async function underFlood(plant: FleetPlant, fleet: readonly FleetMember[]): Promise<void> {
  const unused = { agents: NEWCOMERS, collectors: 0, nodesPerCollector: 1, isProved: false };
  const newcomers = await plant.add({ ...unused, name: 'new', keysTaken: plant.size });
  const targets = await plant.add({
    ...unused,
    agents: FLOOD_TARGETS,
    name: 'target',
    keysTaken: plant.size + NEWCOMERS,
  });
  const order = {
    from: FLOOD_FROM,
    perSecond: FLOOD_PER_SECOND,
    seconds: FLOOD_SECONDS,
    proved: fleet.map(({ apiKey }) => apiKey),
    unused: targets.map(({ apiKey }) => apiKey),
  };
  let cameMs = 0;
  let flood = { sent: 0, heldBack: 0, statuses: {} as Record<string, number> };
  const bcryptRuns = await measureDuring(plant, UNDER_FLOOD, async () => {
    flood = await plant.withFlood(order, async () => {
      await sleep(NEWCOMERS_AFTER_MS);
      const begunAt = performance.now();
      await plant.beginNewcomers(newcomers);
      const ids = newcomers.map(({ id }) => id);
      await waitUntilProved(plant.backend.database.url, ids);
      cameMs = performance.now() - begunAt;
    });
  });
  // A wrong key costs at most 5 proofs per id, address and minute, 20 per id and minute; the flood touches two minutes.
  const bound = NEWCOMERS + 2 * Math.min(20, 5 * FLOOD_FROM.length) * FLOOD_TARGETS;
  plant.row('under flood: wrong keys sent', flood.sent, 'calls');
  plant.row('under flood: wrong keys held back by their sender', flood.heldBack, 'calls');
  for (const [status, count] of Object.entries(flood.statuses))
    plant.row(`under flood: wrong keys answered ${status}`, count, 'calls');
  const letIn = countOf(flood.statuses, (status) => status < 400);
  plant.row('under flood: wrong keys let in', letIn, 'calls', { goal: '0', met: letIn === 0 });
  const met = bcryptRuns <= bound;
  plant.row('under flood: bcrypt runs', bcryptRuns, 'runs', { goal: `<= ${bound}`, met });
  plant.row(`under flood: ${NEWCOMERS} right keys, first seen, all in`, cameMs / 1000, 's');
  const { statuses, broken } = await plant.tallyNewcomers();
  const refused = broken + countOf(statuses, (status) => status >= 400);
  plant.row('under flood: these refused', refused, 'calls', { goal: '0', met: refused === 0 });
}

async function judge(plant: FleetPlant): Promise<void> {
  progress(plant, 'judging');
  const { made, waiting } = await plant.end();
  const stored = new Map<string, number[]>();
  for (const { metric, values } of await plant.backend.store.export('{__name__="fleet_ledger_n"}')) {
    stored.set(metric['node_id'] ?? '', values);
  }
  let missing = 0;
  let twice = 0;
  let total = 0;
  for (const [nodeId, count] of made) {
    const values = stored.get(nodeId) ?? [];
    const distinct = new Set(values);
    total += count;
    twice += values.length - distinct.size;
    for (let number = 1; number <= count; number += 1) if (!distinct.has(number)) missing += 1;
  }
  plant.row('ledger: samples made', total, 'samples');
  plant.row('ledger: missing', missing, 'samples', { goal: '0', met: missing === 0 && waiting === 0 });
  plant.row('ledger: stored twice', twice, 'samples', { goal: '0', met: twice === 0 });
}

function progress(plant: FleetPlant, what: string): void {
  console.log(`${plant.order.title}, ${plant.size} components: ${what}`);
}
