import type { Approval, NodeStatus } from '@stratora/contract';
import type { Silence } from './silence-observation.ts';

/** The source of a node's data, and whether that way is open. Times are epoch milliseconds. */
export interface SourceFacts {
  kind: 'collector' | 'agent';
  name: string;
  approval: Approval;
  lastSeenAt: number | undefined;
  /** Time from which its silence counts: it was heard from again, or we began to listen. */
  listeningSince: number;
  /** Milliseconds by which its clock is behind this server's. */
  clockBehindMs: number;
}

export interface HeardNode {
  status: NodeStatus;
  statusSince: number;
  /** Time at which the node last answered or reported, by the time of the sample; undefined if it never did. */
  lastSeenAt: number | undefined;
  source: SourceFacts | undefined;
  /** Whether an agent reports it, also where that agent is gone. */
  isReported: boolean;
  /** The reason why the config of its source leaves it out, so that nothing gathers from it. */
  leftOut: string | undefined;
}

export interface HearingLimits {
  now: number;
  /** Milliseconds of silence of a collector's config pull, until what it says of nodes counts for nothing. */
  componentLostMs: number;
  /** Time since which the store answers; undefined while it does not. */
  storeUpSince: number | undefined;
  /** The reason why it does not. */
  storeFault: string;
}

/** What is known of whether a node lives. */
export type Hearing =
  /** Nobody can know, for a reason. */
  | { readonly kind: 'unknown'; readonly reason: string }
  /** Nothing is known yet, so that all stays as it is. */
  | { readonly kind: 'open' }
  | {
      readonly kind: 'known';
      /** Whether data is so fresh that it proves by itself that the node lives. */
      readonly isFresh: boolean;
      readonly node: Silence;
      /** Silence of its agent's heartbeat; undefined for a polled node. */
      readonly agent: Silence | undefined;
    };

/**
 * Milliseconds of age up to which data alone proves that a node is reachable; with older data the other rules decide.
 */
export const FRESH_MS = 45_000;
/** Milliseconds of age up to which a sample is found by who looks for the newest one. */
const FOUND_MS = 120_000;
/** Milliseconds by which a clock is ahead whose samples are refused, as they lie too far ahead; a minute is left for doubt. */
const REFUSED_AHEAD_MS = 9 * 60_000;
/** What a node's own agent is called where a sentence begins. */
export const ITS_AGENT = 'Its agent';
const AGENT_GONE = 'Its agent was deleted. Enrol the host again, or delete this node.';

/**
 * Tells what is known of whether a node lives. Silence counts only over time in which we could have heard: not while the
 * store, the server or the collector was away.
 */
export function hear(node: HeardNode, limits: HearingLimits): Hearing {
  if (limits.storeUpSince === undefined) return { kind: 'unknown', reason: limits.storeFault };
  const { source } = node;
  if (!source) return { kind: 'unknown', reason: node.isReported ? AGENT_GONE : 'No collector polls it.' };
  const barred = barredText(source);
  if (barred !== undefined) return { kind: 'unknown', reason: barred };
  if (source.lastSeenAt === undefined) return { kind: 'open' };
  const ofSource = silenceOf(source.lastSeenAt, source.listeningSince, limits.now);
  const isLost = ofSource.countedMs > limits.componentLostMs;
  if (isLost && (source.kind === 'collector' || node.lastSeenAt === undefined)) {
    return { kind: 'unknown', reason: lostText(sourceText(source), ofSource) };
  }
  // The silence of a node that never answered counts from the moment when it was added or moved.
  const since = Math.max(node.lastSeenAt ?? node.statusSince, source.listeningSince, limits.storeUpSince);
  const rawMs = node.lastSeenAt === undefined ? Number.POSITIVE_INFINITY : limits.now - node.lastSeenAt;
  // What a collector met after its last call nobody knows yet, also before it counts as lost.
  const until = source.kind === 'collector' ? Math.min(limits.now, source.lastSeenAt) : limits.now;
  const isFresh = rawMs <= FRESH_MS;
  if (!isFresh && node.leftOut !== undefined) return { kind: 'unknown', reason: leftOutText(node.leftOut) };
  // Its samples look as old as its clock is wrong, be it that clock or this server's; such old ones are not found at all.
  const bearableMs = node.lastSeenAt === undefined ? FOUND_MS : FRESH_MS;
  const isWrong = source.clockBehindMs > bearableMs || source.clockBehindMs < -REFUSED_AHEAD_MS;
  if (!isFresh && isWrong) return { kind: 'unknown', reason: wrongClockText(source) };
  return {
    kind: 'known',
    isFresh,
    node: { rawMs, countedMs: Math.min(Math.max(0, until - since), rawMs) },
    agent: source.kind === 'agent' ? ofSource : undefined,
  };
}

/** Computes the silence of what called last at some time, counted from when it could be heard. */
export function silenceOf(lastSeenAt: number | undefined, listeningSince: number, now: number): Silence {
  return {
    rawMs: lastSeenAt === undefined ? Number.POSITIVE_INFINITY : now - lastSeenAt,
    countedMs: now - Math.max(lastSeenAt ?? 0, listeningSince),
  };
}

/** Says why nothing that the source sends is taken; undefined if it may send. */
function barredText(source: SourceFacts): string | undefined {
  switch (source.approval) {
    case 'approved':
      return undefined;
    case 'pending':
      return `${sourceText(source)} waits for approval.`;
    case 'rejected':
      return `${sourceText(source)} was rejected and may send nothing.`;
    case 'revoked':
      return `${sourceText(source)} was revoked and may send nothing.`;
  }
}

/** Says that nobody asks a node anything, since its config leaves it out. */
export function leftOutText(reason: string): string {
  return `It is not polled: ${reason}`;
}

function wrongClockText(source: SourceFacts): string {
  const whose = source.kind === 'agent' ? 'its agent' : `its collector ${source.name}`;
  return `The clock of ${whose} is ${durationText(Math.abs(source.clockBehindMs))} ${source.clockBehindMs > 0 ? 'behind' : 'ahead of'} this server's.`;
}

function sourceText({ kind, name }: SourceFacts): string {
  return kind === 'agent' ? ITS_AGENT : `Its collector ${name}`;
}

/** Says for how long nothing was heard of a component, which is named as a sentence begins. */
export function lostText(who: string, { rawMs }: Silence): string {
  return `${who} has not been heard from for ${durationText(rawMs)}.`;
}

/** Says for how long a polled node has not answered, and what gathering met. */
export function unreachableText({ rawMs }: Silence, failure: string | undefined): string {
  const how = Number.isFinite(rawMs) ? `for ${durationText(rawMs)}` : 'since it was added';
  return `Not reachable ${how}: ${failure ?? 'No answer.'}`;
}

/** Writes a duration as people say it, in its largest unit alone, so that the text does not change every second. */
function durationText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'a minute';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}
