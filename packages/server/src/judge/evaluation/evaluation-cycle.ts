import { type AlertChange, SYSTEM } from '../alerts/index.ts';
import type { Network } from '../causes/index.ts';
import { coverOf, type MaintenanceRecord } from '../maintenance/index.ts';
import type { PlacedSubject, Rules } from '../rules/index.ts';
import { COMPONENT_LOST_MS } from '../silence/index.ts';
import { ConditionJudge } from './condition-judge.ts';
import type { ClockReading } from './evaluated-clock.ts';
import type { EvaluationMemory } from './evaluation-memory.ts';
import type { CollectorRow, NodeRow, TargetRow } from './fact-queries.ts';
import { type FamilyFacts, judgeFamily } from './family-judgement.ts';
import type { TellingWay } from './heard-conditions.ts';
import { listExpressions, lookBacksOf } from './metric-conditions.ts';
import type { Views } from './metric-facts.ts';
import {
  decideNodes,
  isUnsettled,
  listActive,
  listDiscovered,
  type NodeDecisions,
} from './node-decisions.ts';
import { viewOf } from './node-view.ts';
import { isOutageKind } from './outage.ts';
import { type RefusedRules, refusedRules } from './refused-rules.ts';
import type { RuleFamily, RuleReader } from './rule-families.ts';
import { type ReadAt, readBefore } from './series-settling.ts';
import type { Silence } from './silence-observation.ts';
import { type UnjudgedRules, unjudgedRules } from './unjudged-rules.ts';
import type { VectorAnswer } from './vector-source.ts';

export interface CycleSurroundings {
  /** Returns the setting `node_unreachable`, in seconds. */
  unreachableSeconds: () => number;
  /** Returns for how many seconds what is new or was moved settles. */
  settleSeconds: () => number;
  /** Whether an agent gathers by a template. */
  isAgentTemplate: (slug: string) => boolean;
  /** Whether anything is read by a plugin by a template. */
  reads: (slug: string, plugin: 'snmp' | 'vsphere') => boolean;
  /** Returns for how many seconds a sample of a node of that template counts as present. */
  lookBackSecondsOf: (slug: string) => number;
}

/** What the store knows, or the reason why nobody can say. */
export interface Look {
  readonly evidence: ReadonlyMap<string, number>;
  readonly fault: string | undefined;
}

export interface CycleFacts {
  readonly nodes: readonly NodeRow[];
  readonly groups: ReadonlyMap<string, readonly string[]>;
  readonly collectors: readonly CollectorRow[];
  readonly targets: ReadonlyMap<string, readonly TargetRow[]>;
  /** Reasons why configs leave nodes out, by node. */
  readonly leftOut: ReadonlyMap<string, string>;
  readonly look: Look;
  /** How the ways fare by which people are told. */
  readonly ways: readonly TellingWay[];
  readonly reading: ClockReading;
  /** The maintenance windows that are in force. */
  readonly maintenance: MaintenanceRecord;
  readonly rules: Rules;
  readonly cycle: number;
}

export interface CycleResult {
  readonly reading: ClockReading;
  readonly evidence: ReadonlyMap<string, number>;
  readonly alertChanges: readonly AlertChange[];
  readonly maintenance: MaintenanceRecord;
  readonly decisions: NodeDecisions;
  /** Nodes that begin to settle, and those that have. */
  readonly settlesNow: readonly string[];
  readonly settled: readonly string[];
  readonly refused: RefusedRules;
  readonly unjudged: UnjudgedRules;
  readonly figures: {
    expressions: number;
    unread: number;
    series: number;
    blind: number;
    refused: number;
    leftOut: number;
  };
  /** Slugs of the rules that have more instances than are judged. */
  readonly crowded: ReadonlySet<string>;
}

export interface CycleMeans extends CycleSurroundings {
  reader: RuleReader;
  network: () => Promise<Network>;
  /** Reads expressions at the time of the cycle, or so many milliseconds before. */
  read: ReadAt;
}

/** Runs one cycle: moves what is remembered on by what is known now, and tells what has to be written. */
export async function runCycle(
  memory: EvaluationMemory,
  facts: CycleFacts,
  means: CycleMeans,
): Promise<CycleResult> {
  const { look, reading, rules } = facts;
  const views = viewsOf(memory, facts, means);
  const lookBacks = lookBacksOf(views);
  const subjects = subjectsOf(facts);
  const families = familiesOf(facts.rules, subjects, means);
  const { expressions, answers, before } = await readCycle(
    memory,
    { ...facts, families, views, lookBacks },
    means,
  );
  const store = storeSilence(memory, facts);
  const judge = new ConditionJudge(memory.conditions, reading, facts.cycle);
  const familyFacts: FamilyFacts = {
    views,
    lookBacks,
    answers,
    before,
    collectors: facts.collectors,
    now: reading.wall,
    clockFault: reading.fault,
    heardSince: (id) => memory.silence.heardSince(id),
    store,
    ways: facts.ways,
  };
  const blind = families.reduce(
    (sum, family) => sum + judgeFamily(judge, memory.conditions, family, familyFacts),
    0,
  );
  dropFamilies(judge, memory, { families, rules });
  const refused = refusedRules(families, { lookBacks, answers, before: memory.refused });
  const fault = look.fault ?? reading.fault;
  const { holds, decisions } = await decide(memory, { ...facts, views, families, subjects }, means);
  return {
    reading,
    evidence: look.evidence,
    alertChanges: [...judge.changes, ...holds],
    maintenance: facts.maintenance,
    decisions,
    ...settle(memory, { views, families, decisions, now: reading.now }),
    refused,
    unjudged: unjudgedRules(families, { lookBacks, answers, refused, fault }),
    crowded: new Set(judge.limit.leftOut.keys()),
    figures: {
      refused: refused.size,
      leftOut: [...judge.limit.leftOut.values()].reduce((sum, count) => sum + count, 0),
      expressions: expressions.length,
      unread: countUnread(answers),
      series: countSeries(answers),
      blind,
    },
  };
}

interface DecidingFacts extends Pick<CycleFacts, 'maintenance' | 'reading'> {
  readonly views: Views;
  readonly families: readonly RuleFamily[];
  /** All that alerts can be about. */
  readonly subjects: readonly PlacedSubject[];
}

/** Decides on what follows from the alerts: which of them tell nobody, and the status of every node. */
async function decide(
  memory: EvaluationMemory,
  { views, families, subjects, maintenance: { windows }, reading }: DecidingFacts,
  { network, unreachableSeconds }: CycleMeans,
): Promise<{ holds: AlertChange[]; decisions: NodeDecisions }> {
  const maintenance = coverOf(windows, subjects);
  const active = listActive(memory.conditions, views);
  const holds = await memory.holds.decide(active, views, { network, now: reading.now, maintenance });
  const outageFamilies = families.filter(({ kind }) => isOutageKind(kind));
  const decisions = decideNodes(views, memory.conditions, {
    unreachableMs: unreachableSeconds() * 1000,
    isJudged: (id) => outageFamilies.some((family) => family.ruleOf(id) !== undefined),
    maintenance,
  });
  return { holds, decisions };
}

/** What one cycle reads of the metric store: nothing while the store or the clock cannot be trusted. */
async function readCycle(
  memory: EvaluationMemory,
  facts: CycleFacts & { families: readonly RuleFamily[]; views: Views; lookBacks: Set<number> },
  means: CycleMeans,
) {
  const { look, reading, views, lookBacks } = facts;
  const families = look.fault === undefined && reading.fault === undefined ? facts.families : [];
  const expressions = listExpressions(families, { views, lookBacks }, memory.conditions);
  const answers =
    expressions.length === 0 ? new Map<string, VectorAnswer>() : await means.read(expressions, 0);
  const { births } = memory.conditions;
  const before = await readBefore(families, { views, lookBacks }, { births, read: means.read });
  return { expressions, answers, before };
}

function viewsOf(memory: EvaluationMemory, facts: CycleFacts, means: CycleMeans): Views {
  const { nodes, collectors, targets, leftOut, look, reading } = facts;
  memory.silence.noteComponents(sourcesOf(nodes, collectors), reading.wall);
  const surroundings = {
    ...means,
    limits: {
      now: reading.wall,
      componentLostMs: COMPONENT_LOST_MS,
      storeUpSince: memory.silence.storeUpSince,
      storeFault: look.fault ?? 'The metric store does not answer.',
    },
    evidence: look.evidence,
    targets,
    leftOut,
    clockFault: reading.fault,
    heardSince: (id: string) => memory.silence.heardSince(id),
  };
  const settledMsOf = (row: NodeRow): number | undefined => {
    const since = memory.settling.get(row.id);
    if (row.status === 'discovering') return 0;
    return since === undefined ? undefined : reading.now - since;
  };
  return new Map(nodes.map((row) => [row.id, viewOf(row, { ...surroundings, settledMs: settledMsOf(row) })]));
}

/** Yields the sources of nodes, and all collectors; one comes once for each of its nodes. */
function* sourcesOf(nodes: readonly NodeRow[], collectors: readonly CollectorRow[]) {
  for (const { source_id: id, source_seen_at: seenAt } of nodes) {
    if (id !== null) yield { id, seenAt: seenAt?.getTime() };
  }
  for (const { id, last_seen_at: seenAt } of collectors) yield { id, seenAt: seenAt?.getTime() };
}

/** Lists all that alerts can be about, and where it stands. */
function subjectsOf({ nodes, groups, collectors }: CycleFacts): PlacedSubject[] {
  return [
    ...nodes.map(({ id, site_id: siteId }) => ({ id, siteId, groupIds: groups.get(id) ?? [] })),
    ...collectors.map(({ id, site_id: siteId }) => ({ id, siteId, groupIds: [] })),
    { id: SYSTEM, siteId: null, groupIds: [] },
  ];
}

function familiesOf({ rules }: Rules, subjects: readonly PlacedSubject[], means: CycleMeans): RuleFamily[] {
  return means.reader.families(rules, subjects, {
    unreachableSeconds: means.unreachableSeconds(),
    settleSeconds: means.settleSeconds(),
  });
}

/** Tells how long the store has not answered, by the evaluated clock. */
function storeSilence(
  memory: EvaluationMemory,
  { look, reading }: CycleFacts,
): Silence & { fault: string | undefined } {
  if (look.fault === undefined) {
    memory.storeAnsweredAt = reading.now;
    return { rawMs: 0, countedMs: 0, fault: undefined };
  }
  const isKnown = memory.storeAnsweredAt !== undefined;
  memory.storeAskedAt ??= reading.now;
  const countedMs = reading.now - (memory.storeAnsweredAt ?? memory.storeAskedAt);
  return { rawMs: isKnown ? countedMs : Number.POSITIVE_INFINITY, countedMs, fault: look.fault };
}

/** Ends the conditions of families that are gone; those that cannot be read at the moment stay as they are. */
function dropFamilies(
  judge: ConditionJudge,
  { conditions }: EvaluationMemory,
  { families, rules }: { families: readonly RuleFamily[]; rules: Rules },
): void {
  const known = new Set([
    ...families.map(({ slug }) => slug),
    ...rules.faults.map(({ definition }) => definition.slug),
  ]);
  for (const family of conditions.families) {
    if (known.has(family)) continue;
    for (const condition of conditions.of(family).values())
      judge.drop(condition, 'Its definition was deleted.');
  }
}

/** Moves the settling of nodes on: it begins with their first data, and ends when every rule judges them. */
function settle(
  memory: EvaluationMemory,
  {
    views,
    families,
    decisions,
    now,
  }: { views: Views; families: readonly RuleFamily[]; decisions: NodeDecisions; now: number },
): Pick<CycleResult, 'settlesNow' | 'settled'> {
  const longestMs = Math.max(0, ...families.flatMap(({ rules }) => rules.map(({ settleMs }) => settleMs)));
  const settled: string[] = [];
  for (const [id, since] of memory.settling) {
    const view = views.get(id);
    if (view === undefined || now - since >= longestMs) {
      memory.settling.delete(id);
      settled.push(id);
    } else if (isUnsettled(view)) memory.settling.set(id, now);
  }
  const settlesNow = listDiscovered(decisions);
  for (const id of settlesNow) memory.settling.set(id, now);
  return { settlesNow, settled };
}

function countSeries(answers: ReadonlyMap<string, VectorAnswer>): number {
  let series = 0;
  for (const answer of answers.values()) if (answer.kind === 'vector') series += answer.samples.length;
  return series;
}

function countUnread(answers: ReadonlyMap<string, VectorAnswer>): number {
  let unread = 0;
  for (const { kind } of answers.values()) if (kind === 'away') unread += 1;
  return unread;
}
