import type { Tx } from '../../platform/db/index.ts';
import { publishEvents } from '../../platform/events/index.ts';
import { type AlertChange, type AlertRef, conditionKey } from './alert-change.ts';
import { alertsChanged } from './alert-notice.ts';
import type { AlertObserver } from './alert-observer.ts';
import { AlertPlan, alertKeyIn, worse } from './alert-plan.ts';
import type { AlertRow } from './alert-row.ts';
import { AlertTexts } from './alert-text.ts';
import {
  beginApplying,
  insertAlertEvents,
  insertAlerts,
  listDefinitionFacts,
  listSubjectFacts,
  lockActiveAlerts,
  makeIds,
  updateAlertRules,
  updateAlerts,
} from './alert-writing-queries.ts';

/** Milliseconds between two writes of an alert of which nothing but the value changes. */
export const VALUE_EVERY_MS = 60_000;

/** What is remembered of the values of an active alert between two writes. */
interface ValueMemory {
  writtenAt: number;
  comparison: AlertRow['comparison'];
  worst: number | null;
}

/**
 * Writes what the evaluator found out, a whole cycle at once and by as many statements for five thousand alerts as for one:
 * the rows concerned are read and locked, the rest is worked out in memory. What was applied already changes nothing.
 *
 * A cycle in which values alone change writes nothing and asks for nothing: the writer keeps the worst value in memory, and
 * a minute after the last write it goes with the next one. A restart forgets at most that minute.
 */
export class AlertWriter {
  readonly #observe: AlertObserver | undefined;
  readonly #values = new Map<string, ValueMemory>();

  constructor(observe?: AlertObserver) {
    this.#observe = observe;
  }

  /**
   * Applies changes in their order, and publishes them with the commit. A trigger whose node, component or definition is
   * gone by now makes no alert.
   * @param givenAt time of the changes; that of the transaction by default
   * @returns ids of the alerts by `conditionKey`
   */
  async apply(tx: Tx, changes: readonly AlertChange[], givenAt?: Date): Promise<ReadonlyMap<string, string>> {
    if (changes.length === 0) return new Map();
    const now = await beginApplying(tx);
    const at = givenAt ?? now;
    const due = changes.filter((change) => change.kind !== 'value' || this.#isDue(change, at.getTime()));
    if (due.length === 0) return new Map();
    const plan = await this.#plan(tx, due, at);
    const old = plan.drafts.filter(({ isNew, isChanged }) => isChanged && !isNew);
    // Those that end make room for those that begin.
    await updateAlerts(tx, rowsOf(old));
    await updateAlertRules(tx, rowsOf(old.filter(({ isRuleChanged }) => isRuleChanged)));
    await insertAlerts(tx, rowsOf(plan.drafts.filter(({ isNew }) => isNew)));
    await insertAlertEvents(tx, plan.events, { at });
    const noted = rowsOf(plan.drafts.filter(({ isNoteworthy }) => isNoteworthy)).map(({ id }) => id);
    if (noted.length > 0) await this.#observe?.(tx, noted, at);
    const notice = alertsChanged(plan.drafts);
    if (notice) await publishEvents(tx, [notice]);
    this.#remember(due, rowsOf(plan.drafts));
    return plan.ids;
  }

  async #plan(tx: Tx, changes: readonly AlertChange[], at: Date): Promise<AlertPlan> {
    const rows = await lockActiveAlerts(tx, refsOf(changes));
    for (const row of rows) {
      const worst = this.#values.get(alertKeyIn(row))?.worst;
      if (worst !== undefined && worst !== null) row.peak = worse(row, worst);
    }
    const triggers = changes.filter((change) => change.kind === 'trigger');
    const ids = (kind: 'nodeId' | 'componentId') =>
      unique(triggers.map(({ subject }) => subject[kind]).filter((id) => id !== null));
    const definitions = await listDefinitionFacts(
      tx,
      unique([
        ...triggers.map(({ definitionId }) => definitionId),
        ...rows.map(({ definition_id: definitionId }) => definitionId),
      ]),
    );
    const subjects =
      triggers.length === 0
        ? []
        : await listSubjectFacts(tx, { nodeIds: ids('nodeId'), componentIds: ids('componentId') });
    const plan = new AlertPlan(rows, {
      at,
      definitions: new Map(definitions.map((facts) => [facts.definition_id, facts])),
      subjects: new Map(subjects.map(({ id, ...facts }) => [id, facts])),
      ids: await makeIds(tx, triggers.length),
      texts: new AlertTexts(),
    });
    plan.apply(changes);
    return plan;
  }

  /** Whether a value is to be written now; else it is remembered. One of an alert that is not known yet is. */
  #isDue(change: AlertRef & { readonly value: number | undefined }, at: number): boolean {
    const memory = this.#values.get(conditionKey(change));
    // A clock that was set back must not keep values unwritten until it has caught up.
    if (!memory || at - memory.writtenAt >= VALUE_EVERY_MS || at < memory.writtenAt) return true;
    if (change.value !== undefined)
      memory.worst = worse({ peak: memory.worst, comparison: memory.comparison }, change.value);
    return false;
  }

  #remember(changes: readonly AlertChange[], rows: readonly AlertRow[]): void {
    // Gone, unless it is among the rows.
    for (const change of changes) this.#values.delete(conditionKey(change));
    for (const row of rows) {
      if (row.state !== 'active') continue;
      this.#values.set(alertKeyIn(row), {
        writtenAt: row.value_at.getTime(),
        comparison: row.comparison,
        worst: null,
      });
    }
  }
}

/** The identities that changes are about, the causes of holds included, each once. */
function refsOf(changes: readonly AlertChange[]): AlertRef[] {
  const refs = new Map<string, AlertRef>();
  for (const change of changes) {
    refs.set(conditionKey(change), change);
    const cause = change.kind === 'hold' && change.hold.by !== 'maintenance' ? change.hold.cause : undefined;
    if (cause) refs.set(conditionKey(cause), cause);
  }
  return [...refs.values()];
}

function rowsOf(drafts: readonly { row: AlertRow }[]): AlertRow[] {
  return drafts.map(({ row }) => row);
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
