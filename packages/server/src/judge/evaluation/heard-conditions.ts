import type { AlertKind } from '@stratora/contract';
import { SYSTEM } from '../alerts/index.ts';
import { storedInstance } from '../rules/index.ts';
import type { ConditionJudge } from './condition-judge.ts';
import type { CollectorRow, TargetRow } from './fact-queries.ts';
import { FRESH_MS, ITS_AGENT, lostText, silenceOf, unreachableText } from './hearing.ts';
import type { JudgedRule } from './judged-rule.ts';
import type { Views } from './metric-facts.ts';
import type { NodeView } from './node-view.ts';
import { isOutageKind } from './outage.ts';
import type { RuleFamily } from './rule-families.ts';
import { observeSilence, type Silence } from './silence-observation.ts';

/** A way by which people are told of alerts. */
export interface TellingWay {
  readonly name: string;
  /** Since when nothing gets through; null: the newest message did, or there was none yet. */
  readonly failingSince: Date | null;
  /** What the other end said last; null where that is not known. */
  readonly message: string | null;
}

/** What is heard without asking the store for an expression. */
export interface HeardFacts {
  readonly views: Views;
  readonly collectors: readonly CollectorRow[];
  readonly now: number;
  /** Why no time of a wall clock can be judged; undefined while it can. */
  readonly clockFault: string | undefined;
  readonly heardSince: (componentId: string) => number | undefined;
  /** How long the store has not answered, and why. */
  readonly store: Silence & { readonly fault: string | undefined };
  readonly ways: readonly TellingWay[];
}

interface Heard {
  subject: string;
  instance: string;
  silence: Silence;
  freshMs?: number;
  text: string | undefined;
  startedAt: number | undefined;
}

/** Judges what is heard of the subjects of a family, where no expression judges it. */
export function judgeHeard(judge: ConditionJudge, family: RuleFamily, facts: HeardFacts): void {
  for (const heard of heardBy(family, facts)) {
    const rule = family.ruleOf(heard.subject);
    if (rule !== undefined && rule.expressionWith === undefined) judgeSilence(judge, family, rule, heard);
  }
}

function judgeSilence(judge: ConditionJudge, family: RuleFamily, rule: JudgedRule, heard: Heard): void {
  const { subject, instance, silence, freshMs, text, startedAt } = heard;
  const level = judge.find(family.slug, subject, instance)?.state.level ?? 0;
  const { seen, value } = observeSilence(silence, rule.thresholds, { level, freshMs });
  judge.see({ family: family.slug, rule, subject, instance, labels: {}, value, text, startedAt }, seen);
}

function heardBy({ kind }: RuleFamily, facts: HeardFacts): Iterable<Heard> {
  switch (kind) {
    case 'reachability':
      return mapViews(facts.views, reachability);
    case 'heartbeat':
      return mapViews(facts.views, heartbeat);
    case 'collection':
      return mapViews(facts.views, (view) => collection(view, facts));
    case 'component':
      return facts.clockFault === undefined ? facts.collectors.flatMap((row) => collector(row, facts)) : [];
    case 'store':
      return [metricStore(facts)];
    case 'notification':
      return facts.clockFault === undefined ? facts.ways.map((way) => telling(way, facts)) : [];
    default:
      return [];
  }
}

function* mapViews(views: Views, map: (view: NodeView) => Heard[]): Iterable<Heard> {
  for (const view of views.values()) yield* map(view);
}

function reachability({ row, hearing, lastSeenAt, failures }: NodeView): Heard[] {
  if (hearing.kind !== 'known' || hearing.agent !== undefined) return [];
  return [
    {
      subject: row.id,
      instance: '',
      silence: hearing.node,
      freshMs: FRESH_MS,
      text: unreachableText(hearing.node, failures[0]),
      startedAt: lastSeenAt ?? row.status_since.getTime(),
    },
  ];
}

function heartbeat({ row, hearing }: NodeView): Heard[] {
  if (hearing.kind !== 'known' || hearing.agent === undefined) return [];
  const text = lostText(ITS_AGENT, hearing.agent);
  const startedAt = row.source_seen_at?.getTime();
  return [{ subject: row.id, instance: '', silence: hearing.agent, text, startedAt }];
}

function collection({ row, hearing, targets }: NodeView, { now, heardSince }: HeardFacts): Heard[] {
  if (hearing.kind !== 'known') return [];
  const listeningSince = (row.source_id === null ? undefined : heardSince(row.source_id)) ?? now;
  // That a node which is away does not answer is no news.
  const isNews = ({ status }: TargetRow) => hearing.isFresh || (status !== 'timeout' && status !== 'ok');
  return targets.filter(isNews).map(({ input, status, message, since }) => {
    const fails = status !== 'ok';
    return {
      subject: row.id,
      instance: storedInstance(input),
      silence: fails ? silenceOf(since.getTime(), listeningSince, now) : { rawMs: 0, countedMs: 0 },
      text: fails ? message || `${input} fails` : undefined,
      startedAt: fails ? since.getTime() : undefined,
    };
  });
}

function collector(
  { id, name, last_seen_at: seenAt }: CollectorRow,
  { now, heardSince }: HeardFacts,
): Heard[] {
  if (seenAt === null) return [];
  const silence = silenceOf(seenAt.getTime(), heardSince(id) ?? now, now);
  const text = lostText(`Collector ${name}`, silence);
  return [{ subject: id, instance: '', silence, text, startedAt: seenAt.getTime() }];
}

function metricStore({ store, now }: HeardFacts): Heard {
  const startedAt = now - store.countedMs;
  return { subject: SYSTEM, instance: '', silence: store, text: store.fault, startedAt };
}

function telling({ name, failingSince, message }: TellingWay, { now }: HeardFacts): Heard {
  const way = { subject: SYSTEM, instance: storedInstance(name) };
  if (failingSince === null) {
    return { ...way, silence: { rawMs: 0, countedMs: 0 }, text: undefined, startedAt: undefined };
  }
  const forMs = Math.max(0, now - failingSince.getTime());
  return {
    ...way,
    silence: { rawMs: forMs, countedMs: forMs },
    text: `${name} does not get through: ${message ?? 'the other end takes no message.'}`,
    startedAt: failingSince.getTime(),
  };
}

/** Says why a condition is none any more though its subject is there; undefined where it still is one. */
export function overText(kind: AlertKind, view: NodeView, instance: string): string | undefined {
  const { hearing, targets } = view;
  if (kind === 'collection') {
    const isThere = targets.some(({ input }) => storedInstance(input) === instance);
    return isThere ? undefined : 'It is not gathered any more.';
  }
  if (hearing.kind !== 'known' || !isOutageKind(kind)) return undefined;
  return (kind === 'heartbeat') === (hearing.agent !== undefined)
    ? undefined
    : 'It is watched in another way now.';
}
