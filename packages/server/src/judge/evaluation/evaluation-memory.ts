import type { Clock } from '@stratora/runtime';
import type { Database } from '../../platform/db/index.ts';
import {
  type ActiveAlert,
  type AlertChange,
  type AlertObserver,
  AlertWriter,
  conditionKey,
  listActiveAlerts,
} from '../alerts/index.ts';
import { SilenceAccount } from '../silence/index.ts';
import { AlertHolds } from './alert-holds.ts';
import { refOf } from './condition-judge.ts';
import { findClock, listConditions, listSettling } from './condition-queries.ts';
import { isActive } from './condition-state.ts';
import { ConditionStore } from './condition-store.ts';
import { EvaluatedClock } from './evaluated-clock.ts';
import { listRefused } from './refusal-queries.ts';
import type { RefusedRules } from './refused-rules.ts';
import { listUnjudged } from './unjudged-queries.ts';
import type { UnjudgedRules } from './unjudged-rules.ts';

/** What one leader remembers from cycle to cycle. It is dropped whole when a cycle fails, and read anew. */
export interface EvaluationMemory {
  readonly conditions: ConditionStore;
  readonly clock: EvaluatedClock;
  readonly silence: SilenceAccount;
  readonly holds: AlertHolds;
  readonly writer: AlertWriter;
  /** The rules that the store refused in the last cycle. */
  refused: RefusedRules;
  /** The rules that judged nothing in the last cycle. */
  unjudged: UnjudgedRules;
  /** Since which reading of the clock a node settles. */
  readonly settling: Map<string, number>;
  /** Reading at which the store answered last; undefined before it has. */
  storeAnsweredAt: number | undefined;
  /** Reading at which a store was first asked that has not answered since the start. */
  storeAskedAt: number | undefined;
  /** Alerts that nothing stands behind any more. */
  orphans: AlertChange[];
}

/** Reads all that the evaluator must know before it may judge. */
export async function loadMemory(
  db: Database,
  clock: Clock,
  { intervalMs, observe }: { intervalMs: number; observe: AlertObserver | undefined },
): Promise<EvaluationMemory> {
  const [record, stored, settling, refused, unjudged, alerts] = await Promise.all([
    findClock(db),
    listConditions(db),
    listSettling(db),
    listRefused(db),
    listUnjudged(db),
    listActiveAlerts(db),
  ]);
  const silence = new SilenceAccount();
  silence.begin(clock.now());
  const conditions = new ConditionStore(stored);
  return {
    conditions,
    clock: new EvaluatedClock(intervalMs, record),
    silence,
    holds: new AlertHolds(),
    writer: new AlertWriter(observe),
    settling,
    refused,
    unjudged,
    storeAnsweredAt: undefined,
    storeAskedAt: undefined,
    orphans: matchAlerts(conditions, alerts),
  };
}

/**
 * Matches conditions with the active alerts, which one transaction wrote together: what stands alone was changed by hand.
 * @returns changes that end the alerts without a condition
 */
function matchAlerts(conditions: ConditionStore, alerts: readonly ActiveAlert[]): AlertChange[] {
  const unmatched = new Map(alerts.map((alert) => [conditionKey(alert), alert]));
  for (const family of conditions.families) {
    for (const condition of conditions.of(family).values()) {
      if (!isActive(condition.state)) continue;
      const key = conditionKey(refOf(condition));
      const alert = unmatched.get(key);
      unmatched.delete(key);
      if (alert === undefined) {
        Object.assign(condition.state, { phase: 'quiet', level: 0, isChanged: true });
        continue;
      }
      // What it says of its node holds until something else is heard.
      condition.text = alert.text;
      if (alert.hold !== undefined && alert.hold !== 'flapping') condition.hold = alert.hold;
    }
  }
  return [...unmatched.values()].map(({ subject, alertKey }) => ({
    subject,
    alertKey,
    kind: 'resolve',
    value: undefined,
    reason: 'Nothing judges it any more.',
  }));
}
