import type { WrittenDefinition } from '@stratora/contract';

/** Number of rules, and of nodes that each of them judges: about 400 pairs, of which those that flap are not compared. */
const RULES = 48;
const NODES_PER_RULE = 5;

export const STEP_MS = 10_000;
/** Time of samples before the first evaluation, longer than any range of a rule: the birth of a series is no part of this. */
const BEFORE_MS = 600_000;
const EVALUATED_MS = 1_200_000;
/** Time from the first evaluation in which all is good: who has just started is in no hurry to fire. */
const GOOD_MS = 60_000;

/** A number in [0, 1). */
type Random = () => number;

/** One value of a series, from 0 to 100; above 50 is bad where the rule says `>`. */
type Course = (random: Random, last: number) => number;

/** A random rule, as the evaluator's definition and as the rule of vmalert have it. */
export interface PlantRule {
  /** Number of series that it judges. */
  readonly series: number;
  readonly definition: Pick<
    WrittenDefinition,
    'name' | 'expr' | 'comparison' | 'warning' | 'critical' | 'duration_seconds'
  > & { readonly expr: string; readonly critical: number };
}

/** A random plant of the past: its rules, the samples of all its series, and the times of the evaluations. */
export interface RandomPlant {
  readonly rules: readonly PlantRule[];
  readonly nodeIds: readonly string[];
  /** Line protocol with times in milliseconds. */
  readonly lines: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Values wander, stay on one side for minutes or for shorter than some rules wait, or pass the threshold all the time. */
const COURSES: readonly Course[] = [
  (random, last) => within(last + (random() - 0.5) * 30),
  (random, last) => (random() < 0.02 ? 100 - last : last),
  (random, last) => (random() < 0.01 ? 100 - last : last),
  (random, last) => (random() < 0.1 ? 100 - last : last),
  (random) => random() * 100,
];

/** Expressions of one series `METRIC{node_id, part}` whose values have the range of its samples. */
const SHAPES: readonly ((metric: string) => string)[] = [
  (metric) => metric,
  (metric) => `abs(${metric})`,
  (metric) => `100 - ${metric}`,
  (metric) => `${metric} * 2 - ${metric}`,
  (metric) => `sum by (node_id) (${metric}) / 2`,
  (metric) => `max by (node_id) (${metric})`,
  (metric) => `${metric}{part="a"}`,
  (metric) => `avg_over_time(${metric}[1m])`,
  (metric) => `max_over_time(${metric}[2m])`,
  (metric) => `min_over_time(${metric}[40s])`,
  (metric) => `quantile_over_time(0.5, ${metric}[90s])`,
  (metric) => `(${metric} offset 30s + ${metric}) / 2`,
  // A counter that grows by 50 a second is as much in the middle as a value of 50.
  (metric) => `rate(${metric.replace('value', 'count')}[1m])`,
  (metric) => `sum by (node_id) (rate(${metric.replace('value', 'count')}[40s])) / 2`,
];

const DURATIONS = [0, 10, 30, 60, 120];

/** Makes a plant from a random source: the same from the same numbers. */
export function randomPlant(random: Random, nowMs: number): RandomPlant {
  const fromMs = Math.floor(nowMs / BEFORE_MS) * BEFORE_MS - EVALUATED_MS - BEFORE_MS;
  const toMs = fromMs + EVALUATED_MS;
  const nodeIds = Array.from(
    { length: NODES_PER_RULE },
    (_, node) => `01970000-0000-7000-8000-${String(node + 1).padStart(12, '0')}`,
  );
  const lines = nodeIds.flatMap((nodeId) => uptimesOf(nodeId, fromMs, toMs));
  const rules = Array.from({ length: RULES }, (_, number): PlantRule => {
    const shape = SHAPES[number % SHAPES.length] ?? String;
    const expr = shape(`case${number}_value`);
    const isAbove = random() < 0.5;
    const good = isAbove ? 10 : 90;
    for (const nodeId of nodeIds) {
      for (const part of ['a', 'b']) {
        const course = pick(random, COURSES);
        const tags = `case${number},node_id=${nodeId},part=${part}`;
        const isTurned = expr.startsWith('100 -');
        lines.push(...samplesOf({ tags, course, good: isTurned ? 100 - good : good, fromMs, toMs, random }));
      }
    }
    const isOneOfNode = /^(sum|max) by|part=/.test(expr);
    return {
      series: nodeIds.length * (isOneOfNode ? 1 : 2),
      definition: {
        name: `case ${number}`,
        expr,
        comparison: isAbove ? '>' : '<',
        warning: null,
        critical: 40 + Math.floor(random() * 20),
        duration_seconds: pick(random, DURATIONS),
      },
    };
  });
  return { rules, nodeIds, lines: `${lines.join('\n')}\n`, fromMs, toMs };
}

/** Renders what proves that a node is there. */
function uptimesOf(nodeId: string, fromMs: number, toMs: number): string[] {
  const lines: string[] = [];
  for (let atMs = fromMs - BEFORE_MS; atMs <= toMs; atMs += STEP_MS) {
    lines.push(`snmp,node_id=${nodeId} uptime=${atMs / 10} ${atMs}`);
  }
  return lines;
}

/** Renders a series and the counter that grows by it: every ten seconds, with a place of its own between the evaluations. */
function samplesOf(series: {
  readonly tags: string;
  readonly course: Course;
  readonly good: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly random: Random;
}): string[] {
  const { tags, course, good, fromMs, toMs, random } = series;
  const lines: string[] = [];
  const offsetMs = 1_000 * Math.floor(random() * 10);
  let value = good;
  let count = Math.floor(random() * 1_000);
  for (let atMs = fromMs - BEFORE_MS + offsetMs; atMs <= toMs; atMs += STEP_MS) {
    value = atMs < fromMs + GOOD_MS ? good : Math.round(course(random, value));
    count += value * (STEP_MS / 1_000);
    lines.push(`${tags} value=${value},count=${count} ${atMs}`);
  }
  return lines;
}

function within(value: number): number {
  return Math.min(100, Math.max(0, value));
}

function pick<T>(random: Random, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)] as T;
}
