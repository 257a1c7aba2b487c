import type { AlertDefinition } from '@stratora/contract';

/** Seconds from the begin of a timeline, both inclusive. */
export interface Span {
  from: number;
  to: number;
}

export interface SeriesLine extends Span {
  node: string;
  metric: string;
  labels: Record<string, string>;
  /** Values of the samples, one after the other and again from the first. */
  values: number[];
  /** Second at which the samples arrive; undefined for at once. */
  arrivesAt: number | undefined;
}

export interface Expectation extends Span {
  node: string;
  /** Key of an alert, or `status`. */
  of: string;
  is: string;
  line: string;
}

export interface Timeline {
  nodes: { name: string; isNew: boolean }[];
  /** Nodes with the one that they hang behind. */
  parents: { node: string; parent: string }[];
  rules: Partial<AlertDefinition>[];
  series: SeriesLine[];
  silences: (Span & { node: string })[];
  failures: (Span & { node: string; message: string })[];
  /** Times in which a node is worked on; a window is over at its last second. */
  windows: (Span & { node: string })[];
  /** Seconds at which somebody ends the window of a node. */
  windowEnds: { at: number; node: string }[];
  away: (Span & { what: 'store' | 'vectors' | 'collector' | 'server' })[];
  restarts: number[];
  /** Seconds by which the server's wall clock is set. */
  clockSteps: { at: number; seconds: number }[];
  expectations: Expectation[];
  /** Number of alerts of a key that there have been at the end. */
  counts: { of: string; count: number; line: string; at: number; prefix: string }[];
  end: number;
}

/** Rules that every timeline has: those that judge what is heard. */
export const HEARD_RULES: readonly Partial<AlertDefinition>[] = [
  { slug: 'node_unreachable', kind: 'reachability' },
  { slug: 'agent_heartbeat', kind: 'heartbeat', critical: 60 },
  { slug: 'collector_offline', kind: 'component', critical: 45 },
  { slug: 'metric_store_unavailable', kind: 'store', critical: 30 },
  { slug: 'collection_failing', kind: 'collection', warning: 60 },
];

/** Rules of many timelines: one that waits, and one that fires at once. */
export const CPU = 'rule cpu > 90 95 clear 85 90 for 60s';
export const DISK = 'rule disk > 85 95 by path';

/** Texts of timelines by what they are about and what happens to it. */
export type Timelines = Readonly<Record<string, Readonly<Record<string, string>>>>;

const DEFAULT_NODE = 'n';

/**
 * Reads a timeline: one thing a line, times as `90s`, `5m` or `2h`, spans as `10s..90s`, `#` before a remark.
 *
 *     node fresh new                    a node that was just added; without any there is `n`, known for long
 *     parent edge core                  `edge` hangs behind `core`
 *     rule cpu > 90 95 for 60s          expression `cpu`; then: clear 85 90, resolve 20s, no-data fire, seen-good,
 *                                       settle 0s, look-back 60s, by port
 *     0s..5m cpu 95                     a sample each 10 s; values in turn as `95/20`, labels as `cpu{port=1}`
 *     10m replay 0s..5m cpu 95          samples of old, which arrive late
 *     1m..2m silent                     the node does not answer
 *     1m..9m fails SNMP says no         an input of it fails
 *     1m..2m store away                 or: vectors away, collector away, server down
 *     1m..9m maintenance                the node is worked on, until 9m
 *     5m ends-maintenance               somebody ends that
 *     1m restart
 *     1m clock -1h                      the server's wall clock is set
 *     expect 70s..5m cpu warning        or none, pending, critical; `status offline`
 *     expect 1 cpu                      so many alerts in all
 *
 * What is about another node than `n` begins with its name: `fresh: 0s..5m cpu 95`, `expect 1m fresh: cpu none`.
 */
export function readTimeline(text: string, prefix = ''): Timeline {
  const timeline: Timeline = {
    nodes: [],
    parents: [],
    rules: [],
    series: [],
    silences: [],
    failures: [],
    windows: [],
    windowEnds: [],
    away: [],
    restarts: [],
    clockSteps: [],
    expectations: [],
    counts: [],
    end: 0,
  };
  for (const raw of text.split('\n')) {
    const line = raw.replace(/#.*/, '').trim();
    if (line !== '') readLine(timeline, line);
  }
  if (timeline.nodes.length === 0) timeline.nodes.push({ name: DEFAULT_NODE, isNew: false });
  const spans = [
    ...timeline.series.filter(({ arrivesAt }) => arrivesAt === undefined),
    ...timeline.expectations,
  ];
  timeline.end = Math.max(0, ...spans.map(({ to }) => to));
  for (const count of timeline.counts) count.at = timeline.end;
  requireKnown(timeline);
  return withPrefix(timeline, prefix);
}

/** Refuses what would be expected of nothing that there is: a misspelt name is `none` for ever. */
function requireKnown({ nodes, rules, expectations, counts }: Timeline): void {
  const slugs = new Set(['status', ...[...HEARD_RULES, ...rules].map(({ slug }) => slug)]);
  const names = new Set(nodes.map(({ name }) => name));
  for (const { of, line } of [...expectations, ...counts])
    if (!slugs.has(of.split(':')[0])) throw new Error(`no such rule: ${line}`);
  for (const { node, line } of expectations) if (!names.has(node)) throw new Error(`no such node: ${line}`);
}

/** Names nodes, rules and metrics so that they meet those of no other timeline. */
function withPrefix(timeline: Timeline, prefix: string): Timeline {
  const ofNode = <T extends { node: string }>(line: T): T => ({ ...line, node: prefix + line.node });
  const isShared = (of: string) =>
    of === 'status' || HEARD_RULES.some(({ slug = '' }) => of === slug || of.startsWith(`${slug}:`));
  const named = (of: string) => (isShared(of) ? of : prefix + of);
  return {
    ...timeline,
    nodes: timeline.nodes.map((node) => ({ ...node, name: prefix + node.name })),
    parents: timeline.parents.map((line) => ({ ...ofNode(line), parent: prefix + line.parent })),
    rules: timeline.rules.map((rule) => ({
      ...rule,
      slug: `${prefix}${rule.slug}`,
      name: `${prefix}${rule.name}`,
      expr: `${prefix}${rule.expr}`,
    })),
    series: timeline.series.map((line) => ({ ...ofNode(line), metric: prefix + line.metric })),
    silences: timeline.silences.map(ofNode),
    failures: timeline.failures.map(ofNode),
    windows: timeline.windows.map(ofNode),
    windowEnds: timeline.windowEnds.map(ofNode),
    expectations: timeline.expectations.map((line) => ({ ...ofNode(line), of: named(line.of) })),
    counts: timeline.counts.map((line) => ({ ...line, of: named(line.of), prefix })),
  };
}

/** Joins timelines in which the same happens to what they share: store, collector, server and its clock. */
export function joinTimelines(timelines: readonly Timeline[]): Timeline {
  const [first] = timelines;
  if (first === undefined) throw new RangeError('no timelines');
  const all = <
    K extends
      | 'nodes'
      | 'parents'
      | 'rules'
      | 'series'
      | 'silences'
      | 'failures'
      | 'windows'
      | 'windowEnds'
      | 'expectations'
      | 'counts',
  >(
    key: K,
  ) => timelines.flatMap((timeline) => timeline[key] as Timeline[K][number][]) as Timeline[K];
  return {
    ...first,
    nodes: all('nodes'),
    parents: all('parents'),
    rules: all('rules'),
    series: all('series'),
    silences: all('silences'),
    failures: all('failures'),
    windows: all('windows'),
    windowEnds: all('windowEnds'),
    expectations: all('expectations'),
    counts: all('counts'),
    end: Math.max(...timelines.map(({ end }) => end)),
  };
}

/** Says what happens in a timeline to what it would share with another one. */
export function sharedCourse({ away, restarts, clockSteps }: Timeline): string {
  return JSON.stringify([away, restarts, clockSteps]);
}

function readLine(timeline: Timeline, line: string): void {
  const words = line.split(/\s+/);
  if (words[0] === 'node') timeline.nodes.push({ name: words[1] ?? '', isNew: words[2] === 'new' });
  else if (words[0] === 'parent') timeline.parents.push({ node: words[1] ?? '', parent: words[2] ?? '' });
  else if (words[0] === 'rule') timeline.rules.push(readRule(words.slice(1)));
  else if (words[0] === 'expect') readExpectation(timeline, words.slice(1), line);
  else readHappening(timeline, words, line);
}

function readExpectation(timeline: Timeline, words: readonly string[], line: string): void {
  if (/^\d+$/.test(words[0] ?? '')) {
    timeline.counts.push({ count: Number(words[0]), of: words[1] ?? '', line, at: 0, prefix: '' });
    return;
  }
  const span = spanOf(words[0]);
  const { node, rest } = nodeOf(words.slice(1));
  const [of, is] = rest;
  if (of === undefined || is === undefined) throw new Error(`not an expectation: ${line}`);
  timeline.expectations.push({ ...span, node, of, is, line });
}

function readHappening(timeline: Timeline, given: readonly string[], line: string): void {
  const { node, rest: words } = nodeOf(given);
  const span = spanOf(words[0]);
  const [, what = '', ...more] = words;
  const at = span.from;
  if (what === 'restart') timeline.restarts.push(at);
  else if (what === 'clock') timeline.clockSteps.push({ at, seconds: secondsOf(more[0]) });
  else if (what === 'silent') timeline.silences.push({ ...span, node });
  else if (what === 'maintenance') timeline.windows.push({ ...span, node });
  else if (what === 'ends-maintenance') timeline.windowEnds.push({ at, node });
  else if (what === 'fails') timeline.failures.push({ ...span, node, message: more.join(' ') });
  else if (what === 'replay') timeline.series.push({ ...seriesOf(node, more, line), arrivesAt: at });
  else if (
    ['store', 'vectors', 'collector', 'server'].includes(what) &&
    ['away', 'down'].includes(more[0] ?? '')
  )
    timeline.away.push({ ...span, what: what as 'store' });
  else timeline.series.push(seriesOf(node, words, line));
}

function seriesOf(node: string, [when, name = '', values = '']: readonly string[], line: string): SeriesLine {
  const parts = /^(\w+)(?:\{(.*)\})?$/.exec(name);
  const numbers = values.split('/').map(Number);
  if (parts === null || numbers.some((value) => !Number.isFinite(value)))
    throw new Error(`not a line: ${line}`);
  const labels = Object.fromEntries(
    (parts[2] ?? '')
      .split(',')
      .filter((label) => label !== '')
      .map((label) => label.split('=') as [string, string]),
  );
  return { ...spanOf(when), node, metric: parts[1] as string, labels, values: numbers, arrivesAt: undefined };
}

function readRule(words: readonly string[]): Partial<AlertDefinition> {
  const [slug = '', comparison, warning, critical, ...options] = words;
  const rule: Partial<AlertDefinition> = {
    slug,
    name: slug,
    expr: slug,
    comparison: comparison as '>' | '<',
    warning: thresholdOf(warning),
    critical: thresholdOf(critical),
  };
  while (options.length > 0) Object.assign(rule, readOption(options));
  return rule;
}

/** Takes an option of a rule off the list. */
function readOption(options: string[]): Partial<AlertDefinition> {
  const name = options.shift();
  const next = () => options.shift();
  switch (name) {
    case 'for':
      return { duration_seconds: secondsOf(next()) };
    case 'resolve':
      return { clear_after_seconds: secondsOf(next()) };
    case 'clear':
      return { warning_clear: thresholdOf(next()), critical_clear: thresholdOf(next()) };
    case 'no-data':
      return { no_data: next() as AlertDefinition['no_data'] };
    case 'seen-good':
      return { seen_good: true };
    case 'settle':
      return { settle_seconds: secondsOf(next()) };
    case 'look-back':
      return { look_back_seconds: secondsOf(next()) };
    case 'by':
      return { instance_labels: [next() ?? ''] };
    default:
      throw new Error(`not an option of a rule: ${name}`);
  }
}

function nodeOf(words: readonly string[]): { node: string; rest: readonly string[] } {
  const name = words[0]?.endsWith(':') === true ? words[0].slice(0, -1) : undefined;
  return name === undefined ? { node: DEFAULT_NODE, rest: words } : { node: name, rest: words.slice(1) };
}

function thresholdOf(text: string | undefined): number | null {
  return text === '-' ? null : Number(text);
}

function spanOf(text = ''): Span {
  const [from, to] = text.split('..');
  return { from: secondsOf(from), to: secondsOf(to ?? from) };
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

function secondsOf(text = ''): number {
  const parts = /^(-?\d+)([smh])$/.exec(text);
  if (parts === null) throw new Error(`not a time: ${text}`);
  return Number(parts[1]) * (UNITS[parts[2] as string] as number);
}
