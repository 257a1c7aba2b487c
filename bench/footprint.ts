import { residentBytes, StratoraSystem } from '@stratora/testkit';
import { cpuSeconds } from './process-cost.ts';
import {
  type BenchResult,
  type BenchRow,
  describeMachine,
  median,
  publishResult,
  spreadOf,
} from './result.ts';

/** Time after which the work of the start is over: enrolment, the first configuration, compiled code. */
const SETTLE_MS = 45_000;
const WATCH_MS = 30_000;
const READINGS = 6;
const COUNTED = ['backend', 'collector', 'agent'];
const GOAL_MIB = 350;

/** Measures memory and CPU of a single server that watches itself and nothing else. */
export async function run(): Promise<BenchResult> {
  const system = await StratoraSystem.start();
  try {
    await sleep(SETTLE_MS);
    const services = Object.entries((await system.refresh()).services);
    const readings = new Map<string, number[]>(services.map(([name]) => [name, []]));
    const before = new Map(services.map(([name, { pid }]) => [name, cpuSeconds([pid])]));
    for (let reading = 0; reading < READINGS; reading += 1) {
      await sleep(WATCH_MS / READINGS);
      for (const [name, { pid }] of services) readings.get(name)?.push(residentBytes(pid) / 2 ** 20);
    }
    const rows: BenchRow[] = [];
    for (const [name, { pid }] of services) {
      const mebibytes = readings.get(name) ?? [];
      const used = (cpuSeconds([pid]) - (before.get(name) ?? 0)) / (WATCH_MS / 1_000);
      rows.push({
        label: `${name}: resident`,
        value: median(mebibytes),
        unit: 'MiB',
        spread: spreadOf(mebibytes),
      });
      rows.push({ label: `${name}: CPU`, value: used * 100, unit: '% of a core' });
    }
    const sums = Array.from({ length: READINGS }, (_, reading) =>
      COUNTED.reduce((sum, name) => sum + (readings.get(name)?.[reading] ?? Number.NaN), 0),
    );
    rows.push({
      label: 'backend, collector and agent: resident',
      value: median(sums),
      unit: 'MiB',
      spread: spreadOf(sums),
      goal: `<= ${GOAL_MIB} MiB`,
      met: median(sums) <= GOAL_MIB,
    });
    const result: BenchResult = {
      name: 'footprint',
      machine: describeMachine(),
      versions: { node: process.version, stratora: system.ready.version },
      rows,
      notes: [
        `${READINGS} readings in ${WATCH_MS / 1_000} s, after ${SETTLE_MS / 1_000} s of rest`,
        'CPU of a process that starts others (collector, agent) includes theirs',
      ],
    };
    await publishResult(result);
    return result;
  } finally {
    await system.dispose();
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
