import { importLines, type RuleCase } from '../rules/rule-cases.test-support.ts';

const MINUTE_MS = 60_000;
/** Time before the first evaluation of which there are samples, longer than most windows. */
const BEFORE_MS = 10 * MINUTE_MS;
/** Parts of a round: good, bad for longer than all but one rule wait, and good again. */
const GOOD_MS = 3 * MINUTE_MS;
const BAD_MS = 12 * MINUTE_MS;
const END_MS = 4 * MINUTE_MS;
const ROUND_MS = GOOD_MS + BAD_MS + END_MS;

/** A plant of the past, of which each node has one fault that one shipped rule finds. */
export interface RecordedPlant {
  readonly fromMs: number;
  readonly toMs: number;
  readonly nodes: readonly { readonly id: string; readonly slug: string }[];
  /** Samples as the store imports them. */
  readonly lines: readonly string[];
}

/**
 * Records a plant: a node for each rule of which there are cases. In each round of 19 minutes it is as in a good case, then
 * as in a bad one, and as in the good one again; rounds with an odd number take the milder case where there are two.
 */
export function recordPlant(cases: readonly RuleCase[], toMs: number, rounds: number): RecordedPlant {
  const fromMs = toMs - rounds * ROUND_MS;
  const bySlug = [...Map.groupBy(cases, ({ slug }) => slug)];
  const nodes = bySlug.map(([slug], index) => ({
    id: `01970000-0000-7000-8000-${String(index + 1).padStart(12, '0')}`,
    slug,
  }));
  const lines = bySlug.flatMap(([, own], index) => {
    const nodeId = nodes[index]?.id ?? '';
    const begin = uptimeOf(nodeId, fromMs - BEFORE_MS, toMs);
    const parts = Array.from({ length: rounds }, (_, round) =>
      roundOf(own, { nodeId, round, startMs: fromMs + round * ROUND_MS, hasGap: (index + round) % 5 === 0 }),
    );
    return [begin, ...parts.flat()];
  });
  return { fromMs, toMs, nodes, lines };
}

interface Round {
  readonly nodeId: string;
  readonly round: number;
  readonly startMs: number;
  /** Whether the node says nothing for a while amid its fault. */
  readonly hasGap: boolean;
}

function roundOf(own: readonly RuleCase[], { nodeId, round, startMs, hasGap }: Round): string[] {
  const worstFirst = ['critical', 'warning'].map((severity) => own.find(({ gives }) => gives === severity));
  const bad = (round % 2 === 0 ? worstFirst : worstFirst.toReversed()).find((one) => one !== undefined);
  const good = own.find(({ gives }) => gives === 'good');
  const badMs = startMs + GOOD_MS;
  const gap = hasGap ? { fromMs: badMs + 5 * MINUTE_MS, toMs: badMs + 7 * MINUTE_MS } : undefined;
  return [
    ...partOf(good, { nodeId, fromMs: round === 0 ? startMs - BEFORE_MS : startMs, toMs: badMs }),
    ...partOf(bad, { nodeId, fromMs: badMs, toMs: badMs + BAD_MS, gap }),
    ...partOf(good, { nodeId, fromMs: badMs + BAD_MS, toMs: startMs + ROUND_MS }),
  ];
}

interface Part {
  readonly nodeId: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly gap?: { readonly fromMs: number; readonly toMs: number } | undefined;
}

interface Line {
  metric: Record<string, string>;
  values: number[];
  timestamps: number[];
}

function partOf(each: RuleCase | undefined, { nodeId, fromMs, toMs, gap }: Part): string[] {
  if (each === undefined) return [];
  const past = Math.ceil((toMs - fromMs) / 1000);
  return importLines({ ...each, nodeId, past_seconds: past }, toMs).flatMap((text) => {
    const line = JSON.parse(text) as Line;
    const kept = line.timestamps
      .map((at, index) => ({ at, value: line.values[index] ?? 0 }))
      .filter(({ at }) => at >= fromMs && at < toMs)
      .filter(({ at }) => gap === undefined || at < gap.fromMs || at >= gap.toMs);
    return kept.length === 0
      ? []
      : [
          JSON.stringify({
            metric: line.metric,
            values: kept.map(({ value }) => value),
            timestamps: kept.map(({ at }) => at),
          }),
        ];
  });
}

/** What proves that a node is there. */
function uptimeOf(nodeId: string, fromMs: number, toMs: number): string {
  const timestamps: number[] = [];
  for (let at = fromMs; at <= toMs; at += 10_000) timestamps.push(at);
  return JSON.stringify({
    metric: { __name__: 'snmp_uptime', node_id: nodeId, node_name: 'x', collector_id: 'proof' },
    values: timestamps.map((at) => (at - fromMs) / 10 + 100_000_000),
    timestamps,
  });
}
