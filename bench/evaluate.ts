import { loadavg } from 'node:os';
import path from 'node:path';
import { provideCompanion, rulesOf, VmAlert } from '@stratora/testkit';
import { type Measurement, measureCycles, waitForCycles } from './evaluate-cycles.ts';
import { DEFINITIONS } from './evaluate-definitions.ts';
import { evaluateRows, joinMeasurements } from './evaluate-rows.ts';
import { SERIES_PER_NODE } from './evaluate-series.ts';
import { EvaluatingServer, LOOK_BACK } from './evaluate-server.ts';
import { LineChild } from './line-child.ts';
import {
  type BenchResult,
  type BenchRow,
  describeMachine,
  formatResult,
  formatRows,
  publishResult,
} from './result.ts';

/** Scale of the run; below 1 it is a trial: a part of the nodes, shorter, and nothing is published. */
const SCALE = Number(process.env['STRATORA_BENCH_SCALE'] ?? 1);
const SIZES = [1_000, 10_000] as const;
const HISTORY_SECONDS = SCALE < 1 ? 300 : 1_800;
/** Rounds of ours and the peer's in turn, and the intervals of each: 20 cycles, so that the 95th percentile is one. */
const ROUNDS = SCALE < 1 ? 1 : 2;
const INTERVALS = SCALE < 1 ? 4 : 10;
const REST_INTERVALS = SCALE < 1 ? 2 : 6;
/** Expressions that are asked at once, by vmalert as by our evaluator. */
const CONCURRENCY = 2;
const INTERVAL_SECONDS = 10;
const SETTLING_CYCLES = 12;
const LOAD_TIMEOUT_MS = 1_200_000;
const FIRST_CYCLES_MS = 240_000;

interface Stoppable {
  stop(): Promise<void>;
}

/**
 * Measures the evaluation of 60 definitions every 10 s over nodes whose samples arrive meanwhile: the product's server
 * and vmalert in turn, on the same VictoriaMetrics, by the same expressions.
 */
export async function run(): Promise<BenchResult> {
  const binary = await provideCompanion('vmalert');
  const loadBefore = loadavg()[0] ?? 0;
  const rows: BenchRow[] = [];
  for (const size of SIZES) {
    const measured = await measureSize(binary, Math.ceil(size * SCALE));
    // The larger size takes a quarter of an hour and may fail on a small machine: what is known is printed.
    process.stdout.write(`${formatRows(measured).join('\n')}\n`);
    rows.push(...measured);
  }
  const rules = DEFINITIONS.flatMap(rulesOf);
  const expressions = new Set(DEFINITIONS.map(({ expr }) => expr)).size;
  const result: BenchResult = {
    name: 'evaluate',
    machine: describeMachine(),
    versions: { node: process.version, victoria_metrics: 'as found, vmalert of the same package' },
    rows,
    notes: [
      `${DEFINITIONS.length} global definitions with ${expressions} distinct expressions; ${SERIES_PER_NODE} series a node, a sample every ${INTERVAL_SECONDS} s, ${HISTORY_SECONDS / 60} min of them before`,
      `vmalert: a rule for each threshold (${rules.length}), one group, ${CONCURRENCY} rules at once as in the server, look-back ${LOOK_BACK}`,
      'our CPU: the server and its PostgreSQL, less what they use without definitions in force; the store: less what the samples alone cost it',
      'costs are those of a cycle that was done: an evaluator that leaves cycles out is not the cheaper for it',
      `${ROUNDS * INTERVALS} intervals of each, in turn; load of the machine over one minute: ${loadBefore.toFixed(1)} before the run, ${(loadavg()[0] ?? 0).toFixed(1)} at its end`,
    ],
  };
  if (SCALE < 1) process.stdout.write(formatResult(result));
  else await publishResult(result);
  return result;
}

async function measureSize(binary: string, nodes: number): Promise<BenchRow[]> {
  const started: Stoppable[] = [];
  try {
    const server = await EvaluatingServer.start(nodes);
    started.push(server);
    const { store } = server.backend;
    await server.backend.kill();
    started.push(await startLoad(store.url, nodes));
    const series = await server.countSeries();
    const idle = await measureCycles(store.pid, REST_INTERVALS);
    const resting: Measurement[] = [];
    const ours: Measurement[] = [];
    const vmalert: Measurement[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      vmalert.push(await measureVmalert(binary, server));
      await server.backend.launch();
      // A server that has just started compiles its code and renders configs.
      await waitForCycles(server, (await server.counters()).cycles + SETTLING_CYCLES, FIRST_CYCLES_MS);
      resting.push(await measureCycles(store.pid, REST_INTERVALS, server));
      await server.enable(true);
      await waitForCycles(server, (await server.counters()).cycles + 4, FIRST_CYCLES_MS);
      ours.push(await measureCycles(store.pid, INTERVALS, server));
      process.stdout.write(`${await server.activeAlerts()} alerts are active\n`);
      await server.enable(false);
      await server.backend.kill();
    }
    return evaluateRows({
      nodes,
      series,
      idle,
      resting: joinMeasurements(resting),
      ours: joinMeasurements(ours),
      vmalert: joinMeasurements(vmalert),
    });
  } finally {
    for (const one of started.toReversed()) await one.stop();
  }
}

async function measureVmalert(binary: string, { backend }: EvaluatingServer): Promise<Measurement> {
  const { store } = backend;
  const peer = await VmAlert.start({
    binary,
    storeUrl: store.url,
    group: {
      rules: DEFINITIONS.flatMap(rulesOf),
      intervalSeconds: INTERVAL_SECONDS,
      concurrency: CONCURRENCY,
    },
    args: [`-datasource.queryStep=${LOOK_BACK}`],
  });
  try {
    const evaluator = { pids: [peer.pid], counters: () => peer.counters() };
    await waitForCycles(evaluator, 2, FIRST_CYCLES_MS);
    const measured = await measureCycles(store.pid, INTERVALS, evaluator);
    const { firing, errors } = await peer.counters();
    if (errors > 0) throw new Error(`vmalert could not evaluate: ${errors} errors`);
    process.stdout.write(`${firing} alerts of vmalert are firing\n`);
    return measured;
  } finally {
    await peer.stop();
  }
}

async function startLoad(storeUrl: string, nodes: number): Promise<LineChild> {
  const file = path.join(import.meta.dirname, 'evaluate-load.ts');
  const child = new LineChild('load', process.execPath, [
    file,
    storeUrl,
    String(nodes),
    String(HISTORY_SECONDS),
  ]);
  try {
    await child.read(LOAD_TIMEOUT_MS);
  } catch (error) {
    await child.stop();
    throw error;
  }
  return child;
}
