import { deriveTopology, type TopologyInput } from '@stratora/topology';
import { forwardingEntries, plantOf } from './topology-plant.ts';

/** What one process measured: milliseconds of each derivation, and the most memory that it ever held. */
export interface TopologyFigures {
  readonly switches: number;
  readonly entries: number;
  readonly links: number;
  readonly expectedLinks: number;
  readonly where: number;
  readonly firstMs: number;
  readonly laterMs: readonly number[];
  readonly maxRssMib: number;
}

const ROUNDS = 5;
const size = { distribution: 40, access: 1_959, hostsPerAccess: 16, silentEach: 20 };

const input = plantOf(size);
const timed = <T>(work: () => T): { value: T; ms: number } => {
  const startedAt = performance.now();
  const value = work();
  return { value, ms: performance.now() - startedAt };
};
const first = timed(() => deriveTopology(input));
let last = first.value;
const laterMs: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const next: TopologyInput = { ...input, previous: last };
  const { value, ms } = timed(() => deriveTopology(next));
  last = value;
  laterMs.push(ms);
}
const figures: TopologyFigures = {
  switches: input.nodes.length,
  entries: forwardingEntries(input),
  links: last.links.length,
  expectedLinks: input.nodes.length - 1,
  where: last.where.length,
  firstMs: first.ms,
  laterMs,
  maxRssMib: process.resourceUsage().maxRSS / 1024,
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
