import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { type BenchResult, describeMachine, median, publishResult, spreadOf } from './result.ts';
import type { TopologyFigures } from './topology-child.ts';

const CHILD = path.join(import.meta.dirname, 'topology-child.ts');
const PROCESSES = 3;
/** What V8 may keep of old objects; without a limit it lets garbage lie while there is memory. */
const HEAP_MIB = 320;

/** Measures the derivation of the topology of 2,000 switches with 100,000 forwarding entries, in processes of its own. */
export async function run(): Promise<BenchResult> {
  const runs: TopologyFigures[] = [];
  for (let at = 0; at < PROCESSES; at += 1) runs.push(await measure());
  const first = runs.map(({ firstMs }) => firstMs);
  const later = runs.flatMap(({ laterMs }) => laterMs);
  const memory = runs.map(({ maxRssMib }) => maxRssMib);
  const [one] = runs as [TopologyFigures];
  const isWhole = runs.every(({ links, expectedLinks }) => links === expectedLinks);
  const result: BenchResult = {
    name: 'topology',
    machine: describeMachine(),
    versions: { node: process.version },
    rows: [
      { label: 'switches', value: one.switches, unit: 'nodes' },
      { label: 'forwarding entries', value: one.entries, unit: 'rows' },
      {
        label: 'links, of as many as there are',
        value: one.links,
        unit: 'links',
        goal: String(one.expectedLinks),
        met: isWhole,
      },
      { label: 'addresses with a place', value: one.where, unit: 'addresses' },
      {
        label: 'first derivation of a process',
        value: median(first),
        unit: 'ms',
        spread: spreadOf(first),
        goal: '<= 10,000 ms',
        met: median(first) <= 10_000,
      },
      { label: 'later ones, from the one before', value: median(later), unit: 'ms', spread: spreadOf(later) },
      {
        label: 'most memory of the process, with its reports',
        value: median(memory),
        unit: 'MiB',
        spread: spreadOf(memory),
        goal: '<= 500 MiB',
        met: median(memory) <= 500,
      },
    ],
    notes: [
      'a core, 40 distribution switches, 1,959 access switches with 16 hosts each; each address is learned on the three switches of its way',
      'each twentieth access switch says nothing and is known by forwarding tables alone',
      `each process is given a heap of ${HEAP_MIB} MiB, and derives six times`,
      'a derivation gives links, places of all addresses and of collectors, and reasons',
    ],
  };
  await publishResult(result);
  return result;
}

async function measure(): Promise<TopologyFigures> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [`--max-old-space-size=${HEAP_MIB}`, CHILD],
    { timeout: 300_000 },
  );
  return JSON.parse(stdout) as TopologyFigures;
}
