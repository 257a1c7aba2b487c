import { type AlertChange, type AlertHold, type AlertRef, conditionKey } from '../alerts/index.ts';
import {
  type CauseFacts,
  type Causes,
  findCauses,
  findHold,
  type Hold,
  type Network,
  type NodeReturn,
} from '../causes/index.ts';
import type { WindowInForce } from '../maintenance/index.ts';
import { refOf } from './condition-judge.ts';
import { isActive } from './condition-state.ts';
import type { Condition } from './condition-store.ts';
import { LOOK_BACK_INTERVALS } from './look-back.ts';
import type { Views } from './metric-facts.ts';
import { isOutage } from './outage.ts';

/** Milliseconds between two cycles, and what a sample needs to be found. */
const NOTICED_MS = 20_000;

/** What is remembered of whether a node answers, by readings of the evaluated clock. */
interface NodeTrace {
  /** Since when it answers without a break; undefined while it does not. */
  heardSince: number | undefined;
  isDown: boolean;
  /** When its outage was noticed last. */
  downSince: number | undefined;
  isSuspected: boolean;
  returned: NodeReturn | undefined;
}

/** The conditions of which there is an alert. */
export interface ActiveConditions {
  readonly ofNodes: readonly Condition[];
  /** Those of collectors and of the system itself. */
  readonly ofOthers: readonly Condition[];
}

export interface HoldSurroundings {
  /** Reads how nodes hang together; asked only where a node has an alert. */
  readonly network: () => Promise<Network>;
  readonly now: number;
  /** The window that covers a subject, by its id. */
  readonly maintenance: ReadonlyMap<string, WindowInForce>;
}

/** The holds of alerts: which of them tell nobody, since another one tells already or is about to. */
export class AlertHolds {
  readonly #traces = new Map<string, NodeTrace>();

  /**
   * Decides on the holds of all active alerts. Those of nodes are held by what the network says; those of collectors and of the
   * system itself by maintenance alone.
   * @returns the changes
   */
  async decide(
    { ofNodes, ofOthers }: ActiveConditions,
    views: Views,
    { network, now, maintenance }: HoldSurroundings,
  ): Promise<AlertChange[]> {
    const outages = new Map<string, Condition>();
    for (const condition of ofNodes) if (isOutage(condition)) outages.set(condition.subject, condition);
    const facts = this.#trace(views, outages, { now, maintenance });
    const others = ofOthers.flatMap((condition) =>
      changeOf(condition, maintenanceHold(maintenance.get(condition.subject))),
    );
    if (ofNodes.length === 0) return others;
    const causes = findCauses(await network(), facts);
    const own = ofNodes.flatMap((condition) =>
      changeOf(condition, holdOf(findOwnHold(causes, condition, now), outages, maintenance)),
    );
    return [...own, ...others];
  }

  #trace(
    views: Views,
    outages: ReadonlyMap<string, Condition>,
    { now, maintenance }: Pick<HoldSurroundings, 'now' | 'maintenance'>,
  ): CauseFacts {
    const waitMs = waitOf(views);
    const suspected = new Set<string>();
    const unknown = new Set<string>();
    const returned = new Map<string, NodeReturn>();
    const steady = new Set<string>();
    for (const id of this.#traces.keys()) if (!views.has(id)) this.#traces.delete(id);
    for (const [id, { hearing, lastSeenAt }] of views) {
      const trace = this.#traceOf(id);
      const isHeard = hearing.kind === 'known' && hearing.isFresh;
      const outage = outages.get(id);
      const isDown = outage !== undefined;
      const isSuspected = hearing.kind === 'known' && !isHeard && !isDown && lastSeenAt !== undefined;
      if (hearing.kind === 'unknown') unknown.add(id);
      if (isSuspected) suspected.add(id);
      if (isHeard && !isDown && (trace.isDown || trace.isSuspected))
        trace.returned = { atMs: now, downSinceMs: trace.isDown ? trace.downSince : undefined };
      if (trace.returned !== undefined) returned.set(id, trace.returned);
      trace.heardSince = isHeard ? (trace.heardSince ?? now) : undefined;
      if (trace.heardSince !== undefined && now - trace.heardSince >= waitMs) steady.add(id);
      if (outage !== undefined) trace.downSince = outage.state.firedAt;
      // While nobody can know, what was known of it stays.
      if (hearing.kind === 'known') Object.assign(trace, { isDown, isSuspected });
    }
    const down = new Map([...outages].map(([id, { state }]) => [id, state.firedAt]));
    const inMaintenance = new Set([...maintenance.keys()].filter((id) => views.has(id)));
    return { nowMs: now, waitMs, down, suspected, unknown, returned, steady, inMaintenance };
  }

  #traceOf(id: string): NodeTrace {
    let trace = this.#traces.get(id);
    if (trace === undefined) {
      trace = {
        heardSince: undefined,
        isDown: false,
        downSince: undefined,
        isSuspected: false,
        returned: undefined,
      };
      this.#traces.set(id, trace);
    }
    return trace;
  }
}

/** Finds the hold of an alert, and notes since when there has been a doubt, which outlasts the hold that it gives. */
function findOwnHold(causes: Causes, condition: Condition, now: number): Hold | undefined {
  const judged = {
    nodeId: condition.subject,
    isOutage: isOutage(condition),
    firedAtMs: condition.state.firedAt,
    durationMs: condition.rule?.condition.durationMs ?? 0,
  };
  const fresh = findHold(causes, judged);
  condition.doubtedSince = fresh?.untilMs === undefined ? undefined : (condition.doubtedSince ?? now);
  return findHold(causes, { ...judged, doubtedSinceMs: condition.doubtedSince });
}

/** One detection interval: samples of nodes that one fault took down ended an interval apart at most. */
function waitOf(views: Views): number {
  let longest = 0;
  for (const { lookBackSeconds } of views.values()) longest = Math.max(longest, lookBackSeconds);
  return (longest * 1000) / LOOK_BACK_INTERVALS + NOTICED_MS;
}

function holdOf(
  hold: Hold | undefined,
  outages: ReadonlyMap<string, Condition>,
  maintenance: HoldSurroundings['maintenance'],
): AlertHold | undefined {
  if (hold === undefined) return undefined;
  if (hold.by === 'maintenance') return maintenanceHold(maintenance.get(hold.nodeId));
  const cause = outages.get(hold.nodeId);
  return cause === undefined ? { by: hold.by, nodeId: hold.nodeId } : { by: hold.by, cause: refOf(cause) };
}

function maintenanceHold(window: WindowInForce | undefined): AlertHold | undefined {
  return window && { by: 'maintenance', windowId: window.windowId };
}

function changeOf(condition: Condition, hold: AlertHold | undefined): AlertChange[] {
  const text = hold && textOf(hold);
  if (text === condition.hold || !isActive(condition.state)) return [];
  condition.hold = text;
  const ref: AlertRef = refOf(condition);
  return [hold === undefined ? { ...ref, kind: 'release' } : { ...ref, kind: 'hold', hold }];
}

function textOf(hold: AlertHold): string {
  if (hold.by === 'maintenance') return `${hold.by} ${hold.windowId}`;
  return `${hold.by} ${hold.cause === undefined ? hold.nodeId : conditionKey(hold.cause)}`;
}
