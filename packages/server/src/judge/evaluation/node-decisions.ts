import type { NodeStatusEvent } from '@stratora/contract';
import { applyChanges, applyReasons, type StatusChange } from '../../inventory/node-states/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { publishEvents } from '../../platform/events/index.ts';
import type { WindowInForce } from '../maintenance/index.ts';
import type { ActiveConditions } from './alert-holds.ts';
import { isActive } from './condition-state.ts';
import type { Condition, ConditionStore } from './condition-store.ts';
import type { Views } from './metric-facts.ts';
import { decideHealth, NO_ALERTS, type NodeAlerts } from './node-health.ts';
import type { NodeView } from './node-view.ts';
import { isOutage } from './outage.ts';

export interface NodeDecisions {
  changes: (StatusChange & { lastSeenAt: number | undefined })[];
  /** Nodes with a new reason for the same status. */
  reasons: { id: string; reason: string | null }[];
}

export interface HealthSurroundings {
  /** The maintenance window that covers a node, by its id. */
  maintenance: ReadonlyMap<string, WindowInForce>;
  unreachableMs: number;
  /** Whether a rule judges that a node is away. */
  isJudged: (nodeId: string) => boolean;
}

/** Decides on the status of every node by what is known of it and by its active alerts. */
export function decideNodes(
  views: Views,
  store: ConditionStore,
  { unreachableMs, isJudged, maintenance }: HealthSurroundings,
): NodeDecisions {
  const alerts = alertsByNode(store);
  const decisions: NodeDecisions = { changes: [], reasons: [] };
  for (const [id, view] of views) {
    const { row, hearing, lastSeenAt, failures } = view;
    const { status, reason } = decideHealth({
      status: row.status,
      reason: row.status_reason,
      isEverSeen: lastSeenAt !== undefined,
      hearing,
      failures,
      alerts: alerts.get(id) ?? NO_ALERTS,
      unreachableMs,
      isJudged: isJudged(id),
      maintenance: maintenance.get(id),
    });
    if (status !== row.status)
      decisions.changes.push({ id, oldStatus: row.status, status, reason, lastSeenAt });
    else if (reason !== row.status_reason) decisions.reasons.push({ id, reason });
  }
  return decisions;
}

/** Writes statuses and reasons, and publishes what has changed. */
export async function applyDecisions(tx: Tx, { changes, reasons }: NodeDecisions): Promise<void> {
  await applyReasons(tx, reasons);
  const moved = await applyChanges(tx, changes);
  await publishEvents(
    tx,
    changes.flatMap(({ id, status, reason, lastSeenAt }) => {
      const since = moved.get(id);
      if (!since) return [];
      const data = {
        node_id: id,
        status,
        status_since: since.toISOString(),
        status_reason: reason,
        last_seen_at: lastSeenAt === undefined ? null : new Date(lastSeenAt).toISOString(),
      } satisfies NodeStatusEvent;
      return [{ name: 'node_status' as const, data }];
    }),
  );
}

/** Says by which nodes a status is left that only what has never sent data has. */
export function listDiscovered({ changes }: NodeDecisions): string[] {
  return changes.filter(({ oldStatus }) => oldStatus === 'discovering').map(({ id }) => id);
}

/** Lists the active conditions: those of nodes, and those of collectors and the system. */
export function listActive(store: ConditionStore, views: Views): ActiveConditions {
  const ofNodes: Condition[] = [];
  const ofOthers: Condition[] = [];
  for (const family of store.families) {
    for (const condition of store.of(family).values()) {
      if (!isActive(condition.state)) continue;
      const kind = condition.rule?.definition.kind;
      if (views.has(condition.subject)) ofNodes.push(condition);
      else if (kind === 'component' || kind === 'store') ofOthers.push(condition);
    }
  }
  return { ofNodes, ofOthers };
}

function alertsByNode(store: ConditionStore): Map<string, NodeAlerts> {
  const alerts = new Map<string, NodeAlerts>();
  for (const family of store.families) {
    for (const condition of store.of(family).values()) {
      const { state, subject } = condition;
      if (!isActive(state) && !state.isMissing) continue;
      alerts.set(subject, withCondition(alerts.get(subject) ?? NO_ALERTS, condition));
    }
  }
  return alerts;
}

function withCondition(alerts: NodeAlerts, condition: Condition): NodeAlerts {
  const { state } = condition;
  if (isOutage(condition)) return { ...alerts, outage: outageText(condition) };
  const missing = state.isMissing ? nameOf(condition) : alerts.missing;
  if (!isActive(state) || state.level <= alerts.level) return { ...alerts, missing };
  return { ...alerts, level: state.level, text: condition.text ?? nameOf(condition), missing };
}

function outageText({ state, text, ...condition }: Condition): string {
  if (state.phase === 'resolving') return 'It answers again, but not yet for long enough.';
  return text ?? nameOf(condition);
}

function nameOf({ family, instance, rule }: Pick<Condition, 'family' | 'instance' | 'rule'>): string {
  const name = rule?.definition.name ?? family;
  return instance === '' ? name : `${name}: ${instance}`;
}

/** Whether a node is one of which nothing is judged yet, since it has just been added or moved. */
export function isUnsettled({ row, hearing }: NodeView): boolean {
  return row.status === 'discovering' || hearing.kind !== 'known' || !hearing.isFresh;
}
