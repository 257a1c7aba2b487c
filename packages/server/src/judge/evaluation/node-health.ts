import type { NodeStatus } from '@stratora/contract';
import { NO_DATA_YET } from '../../inventory/node-states/index.ts';
import type { WindowInForce } from '../maintenance/index.ts';
import { type Level, severityOf } from '../rules/index.ts';
import { type Hearing, unreachableText } from './hearing.ts';

/** What the active alerts of a node say of it. */
export interface NodeAlerts {
  /** Text of the alert by which the node is away; undefined where there is none. */
  readonly outage: string | undefined;
  /** Highest level of the other alerts, and what they say; 0 where there are none. */
  readonly level: Level;
  readonly text: string;
  /** Name of a rule whose series is missing, where the node reads unknown for that. */
  readonly missing: string | undefined;
}

export interface HealthFacts {
  readonly status: NodeStatus;
  readonly reason: string | null;
  readonly isEverSeen: boolean;
  readonly hearing: Hearing;
  readonly failures: readonly string[];
  readonly alerts: NodeAlerts;
  /** Milliseconds of silence after which nobody may call the node well, whatever judges it. */
  readonly unreachableMs: number;
  /** Whether something may still find that it is away. */
  readonly isJudged: boolean;
  /** The maintenance window that covers it. */
  readonly maintenance: Pick<WindowInForce, 'name' | 'endsAt'> | undefined;
}

export interface Health {
  status: NodeStatus;
  reason: string | null;
}

/** Begin of the reason of a node whose rule has no data: of the node itself all is known. */
export const MISSING_PREFIX = 'No data: ';

export const NO_ALERTS: NodeAlerts = { outage: undefined, level: 0, text: '', missing: undefined };

/**
 * Decides on the status of a node (docs/product-rules.md, section 2). Maintenance outranks all. What nobody can know is
 * `unknown`, never green and never red; then the highest active alert decides.
 */
export function decideHealth(facts: HealthFacts): Health {
  const { hearing, alerts, failures, maintenance } = facts;
  if (maintenance !== undefined) return { status: 'maintenance', reason: maintenanceText(maintenance) };
  if (hearing.kind === 'unknown') return notHeard(facts, hearing.reason);
  if (alerts.outage !== undefined) return { status: 'offline', reason: alerts.outage };
  if (hearing.kind === 'open') return keep(facts);
  if (hearing.isFresh) return heard(facts);
  if (hearing.node.countedMs < facts.unreachableMs) return keep(facts);
  if (hearing.agent !== undefined) return notHeard(facts, 'Its agent is heard from but sends no data.');
  return facts.isJudged
    ? keep(facts)
    : { status: 'unknown', reason: unreachableText(hearing.node, failures[0]) };
}

/** Decides on a node that nothing can be heard from: one that never was is still to be discovered. */
function notHeard({ isEverSeen, status }: HealthFacts, reason: string): Health {
  const isNew = status === 'discovering' || status === 'maintenance';
  return { status: !isEverSeen && isNew ? 'discovering' : 'unknown', reason };
}

function heard({ alerts, failures }: HealthFacts): Health {
  if (alerts.level > 0) return { status: severityStatus(alerts.level), reason: alerts.text };
  if (alerts.missing !== undefined)
    return { status: 'unknown', reason: `${MISSING_PREFIX}${alerts.missing}.` };
  return { status: 'healthy', reason: failures[0] ?? null };
}

/** Keeps what is known of whether the node lives; what else is wrong with it is as the alerts say. */
function keep(facts: HealthFacts): Health {
  const { status, failures } = facts;
  if (status === 'maintenance') return afterMaintenance(facts);
  if (status === 'discovering') return { status, reason: failures[0] ?? NO_DATA_YET };
  if (status === 'healthy' || status === 'warning' || status === 'critical') return heard(facts);
  return { status, reason: failures[0] ?? null };
}

/** Decides on a node that comes out of maintenance and is silent, which says nothing yet: it may still be starting. */
function afterMaintenance(facts: HealthFacts): Health {
  const { isEverSeen, hearing, failures } = facts;
  if (!isEverSeen) return { status: 'discovering', reason: failures[0] ?? NO_DATA_YET };
  if (hearing.kind === 'open')
    return { status: 'unknown', reason: 'It was not heard from since its maintenance.' };
  return heard(facts);
}

function maintenanceText({ name, endsAt }: Pick<WindowInForce, 'name' | 'endsAt'>): string {
  return `In maintenance until ${endsAt.toISOString().slice(0, 16).replace('T', ' ')} UTC: ${name}`;
}

function severityStatus(level: Level): NodeStatus {
  return severityOf(level) === 'critical' ? 'critical' : 'warning';
}
