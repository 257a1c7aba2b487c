import type { Approval, NodeStatus } from '@stratora/contract';
import { NO_DATA_YET } from '../../inventory/node-states/index.ts';

/** The source of a node's data, and whether that way is open. */
export interface SourceFacts {
  kind: 'collector' | 'agent';
  name: string;
  approval: Approval;
  lastSeenAt: number | undefined;
  /** Epoch milliseconds from which its silence counts: it was heard from again, or we began to listen. */
  listeningSince: number;
}

export interface NodeFacts {
  status: NodeStatus;
  statusSince: number;
  /** Time at which the node last answered or reported, by the time of the sample; undefined if it never did. */
  lastSeenAt: number | undefined;
  source: SourceFacts | undefined;
  /** Whether an agent reports it, also where that agent is gone. */
  isReported: boolean;
  /** Messages of the inputs that fail. */
  failures: readonly string[];
  /** The reason why the config of its source leaves it out, so that nothing gathers from it. */
  leftOut?: string | undefined;
}

export interface StatusLimits {
  now: number;
  /** Milliseconds of silence of a polled node until it counts as offline (`node_unreachable`). */
  unreachableMs: number;
  /** Milliseconds of silence of an agent's heartbeat, or of a collector's config pull. */
  componentLostMs: number;
  /** Time since which the store answers; undefined while it does not. */
  storeUpSince: number | undefined;
  /** The reason why it does not. */
  storeFault?: string;
}

export interface Decision {
  status: NodeStatus;
  reason: string | null;
}

/**
 * Milliseconds of age up to which data alone proves that a node is reachable; with older data the other rules decide.
 */
const FRESH_MS = 45_000;
const AGENT_GONE = 'Its agent was deleted. Enrol the host again, or delete this node.';

/**
 * Decides on the status of a node without alerts (docs/product-rules.md, section 2). Silence counts only over time in
 * which we could have heard: not while the store, the server or the collector was away. Without knowledge the status
 * stays, or is `unknown`; it is never guessed.
 */
export function decideStatus(node: NodeFacts, limits: StatusLimits): Decision {
  if (limits.storeUpSince === undefined)
    return unknown(limits.storeFault ?? 'The metric store does not answer.');
  const { source } = node;
  if (!source) return notHeard(node, node.isReported ? AGENT_GONE : 'No collector polls it.');
  const barred = barredText(source);
  if (barred !== undefined) return notHeard(node, barred);
  const sourceSilenceMs = silence(source.lastSeenAt, source.listeningSince, limits.now);
  if (source.lastSeenAt === undefined || sourceSilenceMs > limits.componentLostMs) {
    return sourceAway(node, source, sourceSilenceMs, limits);
  }
  return reachable(node, source, limits);
}

function sourceAway(node: NodeFacts, source: SourceFacts, silenceMs: number, limits: StatusLimits): Decision {
  if (source.lastSeenAt === undefined || silenceMs <= limits.componentLostMs) return keep(node);
  const since = durationText(limits.now - source.lastSeenAt);
  if (source.kind === 'agent' && node.lastSeenAt !== undefined) {
    return { status: 'offline', reason: `Its agent has not been heard from for ${since}.` };
  }
  return notHeard(node, `${sourceText(source)} has not been heard from for ${since}.`);
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

function sourceText({ kind, name }: SourceFacts): string {
  return kind === 'agent' ? 'Its agent' : `Its collector ${name}`;
}

/** Decides on a node that nothing can be heard from: one that never was is still to be discovered. */
function notHeard(node: NodeFacts, reason: string): Decision {
  return node.lastSeenAt === undefined && node.status === 'discovering'
    ? { status: 'discovering', reason }
    : unknown(reason);
}

function reachable(node: NodeFacts, source: SourceFacts, limits: StatusLimits): Decision {
  const ageMs = node.lastSeenAt === undefined ? Number.POSITIVE_INFINITY : limits.now - node.lastSeenAt;
  const leftOut = node.leftOut === undefined ? undefined : `It is not polled: ${node.leftOut}`;
  if (ageMs <= FRESH_MS) return { status: 'healthy', reason: leftOut ?? node.failures[0] ?? null };
  if (leftOut !== undefined) return notHeard(node, leftOut);
  const listeningSince = Math.max(source.listeningSince, limits.storeUpSince ?? limits.now);
  // The silence of a node that never answered counts from the moment when it was added or moved.
  const quietSince = Math.max(node.lastSeenAt ?? node.statusSince, listeningSince);
  if (limits.now - quietSince < limits.unreachableMs) return keep(node);
  if (source.kind === 'agent') {
    return unknown('Its agent is heard from but sends no data.');
  }
  const what = node.failures[0] ?? 'No answer.';
  const how = node.lastSeenAt === undefined ? 'since it was added' : `for ${durationText(ageMs)}`;
  return { status: 'offline', reason: `Not reachable ${how}: ${what}` };
}

function silence(lastSeenAt: number | undefined, listeningSince: number, now: number): number {
  return now - Math.max(lastSeenAt ?? 0, listeningSince);
}

function keep(node: NodeFacts): Decision {
  // Maintenance and alerts are decided elsewhere; here the last status by the rules of reachability stays.
  return node.status === 'discovering'
    ? discovering(node)
    : { status: node.status, reason: node.failures[0] ?? null };
}

function discovering(node: NodeFacts): Decision {
  return { status: 'discovering', reason: node.failures[0] ?? NO_DATA_YET };
}

function unknown(reason: string): Decision {
  return { status: 'unknown', reason };
}

/** Writes a duration as people say it, in its largest unit alone, so that the text does not change every second. */
function durationText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'a minute';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}
