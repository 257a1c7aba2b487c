import { ALERT_SEVERITIES, type AlertEventName, type AlertSeverity } from '@stratora/contract';
import {
  type AlertChange,
  type AlertHold,
  type AlertRef,
  type AlertTrigger,
  conditionKey,
} from './alert-change.ts';
import type { AlertEventRow, AlertRow, DefinitionFacts, SubjectFacts } from './alert-row.ts';
import type { AlertTexts } from './alert-text.ts';

type ChangeOf<K extends AlertChange['kind']> = AlertRef & Extract<AlertChange, { kind: K }>;

/** What a plan knows of the world beside the alerts themselves. */
export interface PlanFacts {
  readonly at: Date;
  /** Definitions by id, with the template of their text. */
  readonly definitions: ReadonlyMap<string, DefinitionFacts>;
  /** Nodes and components by id. */
  readonly subjects: ReadonlyMap<string, SubjectFacts>;
  /** Ids for new alerts, as many as there are triggers at least. */
  readonly ids: readonly string[];
  readonly texts: AlertTexts;
}

/** An alert on its way to the database. */
export interface AlertDraft {
  readonly row: AlertRow;
  readonly isNew: boolean;
  isChanged: boolean;
  isRuleChanged: boolean;
  /** Whether more than the value changed, so that others hear of it. */
  isNoteworthy: boolean;
}

/** Name of the system as the subject of an alert. */
const SYSTEM_NAME = 'Stratora';

/**
 * Works out what changes make of the active alerts: which rows are new, which are others, and what the timelines say. No
 * clock and no database. A change for an alert that is not there, or that is so already, is none.
 */
export class AlertPlan {
  readonly events: AlertEventRow[] = [];
  readonly #facts: PlanFacts;
  readonly #ids = new Map<string, string>();
  readonly #active = new Map<string, AlertDraft>();
  readonly #drafts: AlertDraft[] = [];
  /** Holds whose cause begins later in the same cycle. */
  readonly #waiting: ChangeOf<'hold'>[] = [];
  #used = 0;

  constructor(active: readonly AlertRow[], facts: PlanFacts) {
    this.#facts = facts;
    for (const row of active) {
      const draft = { row, isNew: false, isChanged: false, isRuleChanged: false, isNoteworthy: false };
      this.#keep(alertKeyIn(row), draft);
    }
  }

  #keep(key: string, draft: AlertDraft): void {
    this.#drafts.push(draft);
    this.#active.set(key, draft);
    this.#ids.set(key, draft.row.id);
  }

  /** Every alert that was or became another, the new ones included. */
  get drafts(): readonly AlertDraft[] {
    return this.#drafts;
  }

  /** Ids by `conditionKey` of the alerts that the changes are about; of one that has just ended, its own still. */
  get ids(): ReadonlyMap<string, string> {
    return this.#ids;
  }

  apply(changes: readonly AlertChange[]): void {
    for (const change of changes) this.#apply(change);
    for (const change of this.#waiting.splice(0)) this.#hold(change, true);
  }

  #apply(change: AlertChange): void {
    if (change.kind === 'trigger') this.#trigger(change);
    else if (change.kind === 'hold') this.#hold(change, false);
    else {
      const draft = this.#active.get(conditionKey(change));
      if (draft) this.#move(draft, change);
    }
  }

  #move(draft: AlertDraft, change: Exclude<AlertChange, { kind: 'trigger' | 'hold' }>): void {
    switch (change.kind) {
      case 'severity':
        return this.#changeSeverity(draft, change);
      case 'value':
        return this.#noteValue(draft, change.value, change.text);
      case 'resolve':
        return this.#resolve(draft, change);
      case 'release':
        return this.#release(draft);
      case 'flapping':
        return this.#flap(draft, change.changes);
      case 'calm':
        return this.#calm(draft);
    }
  }

  #trigger(change: AlertRef & AlertTrigger): void {
    const rule = this.#facts.definitions.get(change.definitionId);
    const { nodeId, componentId } = change.subject;
    const subjectId = nodeId ?? componentId;
    const subject =
      subjectId === null ? { subject_name: SYSTEM_NAME, site_id: null } : this.#facts.subjects.get(subjectId);
    // Deleted since the evaluator read them: it will find out by itself.
    if (!rule || !subject) return;
    const draft = this.#active.get(conditionKey(change));
    if (draft) {
      this.#redefine(draft, change, rule);
      this.#changeSeverity(draft, change);
    } else this.#begin(change, rule, subject);
  }

  #begin(
    change: AlertRef & AlertTrigger,
    { template: _, ...rule }: DefinitionFacts,
    subject: SubjectFacts,
  ): void {
    const { at, ids } = this.#facts;
    const id = ids[this.#used];
    if (id === undefined) throw new Error('more alerts begin than there are ids');
    this.#used += 1;
    const row: AlertRow = {
      ...subject,
      ...rule,
      ...QUIET_COURSE,
      id,
      node_id: change.subject.nodeId,
      component_id: change.subject.nodeId === null ? change.subject.componentId : null,
      definition_slug: change.definitionSlug,
      alert_key: change.alertKey,
      instance: change.instance,
      labels: change.labels,
      started_at: change.startedAt,
      triggered_at: at,
      severity: change.severity,
      value: change.value ?? null,
      peak: change.value ?? null,
      value_at: at,
      threshold: change.threshold ?? null,
      comparison: change.comparison,
      unit: change.unit,
      query: change.query,
      summary: '',
    };
    const draft = { row, isNew: true, isChanged: true, isRuleChanged: false, isNoteworthy: true };
    this.#keep(conditionKey(change), draft);
    const failure = this.#describe(row, change.text);
    this.#tell(draft, 'triggered', {
      severity: row.severity,
      value: row.value,
      threshold: row.threshold,
      summary: row.summary,
    });
    this.#tellFailure(draft, failure);
  }

  #redefine(draft: AlertDraft, change: AlertTrigger, { template: _, ...rule }: DefinitionFacts): void {
    const { row } = draft;
    const isSame =
      row.definition_id === rule.definition_id &&
      row.query === change.query &&
      row.unit === change.unit &&
      row.comparison === change.comparison &&
      row.threshold === (change.threshold ?? null);
    if (isSame) return;
    const from = { id: row.definition_id, name: row.definition_name, threshold: row.threshold };
    Object.assign(row, rule);
    // The text speaks of the labels and the value that the new rule found.
    row.labels = change.labels;
    row.query = change.query;
    row.unit = change.unit;
    row.comparison = change.comparison;
    row.threshold = change.threshold ?? null;
    this.#setValue(row, change.value);
    draft.isRuleChanged = true;
    const failure = this.#describe(row, change.text);
    this.#tell(draft, 'definition_changed', {
      from,
      to: { id: row.definition_id, name: row.definition_name, threshold: row.threshold },
    });
    this.#tellFailure(draft, failure);
  }

  #changeSeverity(
    draft: AlertDraft,
    { severity, value, threshold }: Pick<ChangeOf<'severity'>, 'severity' | 'value' | 'threshold'>,
  ): void {
    const { row } = draft;
    if (row.severity === severity) return;
    const from = row.severity;
    row.severity = severity;
    row.threshold = threshold ?? null;
    this.#setValue(row, value);
    const failure = this.#describe(row, undefined);
    this.#tell(draft, 'severity_changed', { from, to: severity, value: row.value, threshold: row.threshold });
    this.#tellFailure(draft, failure);
    if (rankOf(severity) > rankOf(from) && row.acknowledged_at !== null) {
      this.#tell(draft, 'unacknowledged', { reason: 'severity_rose', acknowledged_by: row.acknowledged_by });
      row.acknowledged_at = null;
      row.acknowledged_by = null;
      row.acknowledged_comment = null;
    }
  }

  #noteValue(draft: AlertDraft, value: number | undefined, text: string | undefined): void {
    this.#setValue(draft.row, value);
    this.#describe(draft.row, text);
    draft.isChanged = true;
  }

  #resolve(draft: AlertDraft, { value, reason }: ChangeOf<'resolve'>): void {
    const { row } = draft;
    const { at } = this.#facts;
    row.state = 'resolved';
    row.resolved_at = at;
    if (value !== undefined) {
      row.value = value;
      row.value_at = at;
    }
    this.#tell(draft, 'resolved', {
      severity: row.severity,
      value: value ?? null,
      seconds: Math.max(0, Math.round((at.getTime() - row.triggered_at.getTime()) / 1000)),
      ...(reason === undefined ? {} : { reason }),
    });
    this.#active.delete(alertKeyIn(row));
  }

  #hold(change: ChangeOf<'hold'>, isLast: boolean): void {
    const draft = this.#active.get(conditionKey(change));
    const { hold } = change;
    const causeId =
      hold.by !== 'maintenance' && hold.cause ? this.#active.get(conditionKey(hold.cause))?.row.id : null;
    if (causeId === undefined && !isLast) {
      this.#waiting.push(change);
      return;
    }
    if (!draft) return;
    const { row } = draft;
    const next = heldColumns(hold, causeId ?? null);
    const isSame =
      row.held_by === next.held_by &&
      row.held_alert_id === next.held_alert_id &&
      row.held_node_id === next.held_node_id &&
      row.held_window_id === next.held_window_id;
    if (isSame) return;
    Object.assign(row, next);
    row.held_since ??= this.#facts.at;
    this.#tell(draft, 'held', {
      by: next.held_by,
      alert_id: next.held_alert_id,
      node_id: next.held_node_id,
      window_id: next.held_window_id,
    });
  }

  #release(draft: AlertDraft): void {
    const { row } = draft;
    if (row.held_by === null) return;
    this.#tell(draft, 'released', { by: row.held_by, since: row.held_since?.toISOString() ?? null });
    Object.assign(row, NOT_HELD);
  }

  #flap(draft: AlertDraft, changes: number): void {
    const { row } = draft;
    if (row.flapping_since !== null && row.changes === changes) return;
    row.changes = changes;
    if (row.flapping_since === null) {
      row.flapping_since = this.#facts.at;
      this.#tell(draft, 'flapping', { changes });
    } else draft.isChanged = true;
  }

  #calm(draft: AlertDraft): void {
    const { row } = draft;
    if (row.flapping_since === null) return;
    this.#tell(draft, 'calm', { changes: row.changes, since: row.flapping_since.toISOString() });
    row.flapping_since = null;
  }

  #setValue(row: AlertRow, value: number | undefined): void {
    row.value = value ?? null;
    row.value_at = this.#facts.at;
    if (value !== undefined) row.peak = worse(row, value);
  }

  /** Writes the text of an alert. @returns what is wrong with the template of its definition */
  #describe(row: AlertRow, text: string | undefined): string | null {
    if (text !== undefined) {
      row.summary = text;
      return null;
    }
    // A condition without an expression has brought its text at the begin; nobody else could make it.
    if (row.query === '' && row.summary !== '') return null;
    const template = this.#facts.definitions.get(row.definition_id)?.template ?? null;
    const { text: rendered, failure } = this.#facts.texts.render(template, row);
    row.summary = rendered;
    return failure;
  }

  #tellFailure(draft: AlertDraft, failure: string | null): void {
    if (failure !== null) this.#tell(draft, 'text_failed', { reason: failure });
  }

  #tell(draft: AlertDraft, event: AlertEventName, detail: Record<string, unknown>): void {
    draft.isChanged = true;
    draft.isNoteworthy = true;
    this.events.push({ alert_id: draft.row.id, event, detail });
  }
}

const NOT_HELD = {
  held_by: null,
  held_since: null,
  held_alert_id: null,
  held_node_id: null,
  held_window_id: null,
} as const;

/** The course of an alert that has just begun. */
const QUIET_COURSE = {
  state: 'active',
  resolved_at: null,
  acknowledged_at: null,
  acknowledged_by: null,
  acknowledged_comment: null,
  ...NOT_HELD,
  flapping_since: null,
  changes: 0,
} as const;

/** Makes the text of the identity of an alert, as `conditionKey` does. */
export function alertKeyIn(row: Pick<AlertRow, 'node_id' | 'component_id' | 'alert_key'>): string {
  const subject = { nodeId: row.node_id, componentId: row.component_id };
  return conditionKey({ subject, alertKey: row.alert_key });
}

/** Returns the worse of a value and the worst so far, in the sense of the comparison. */
export function worse({ peak, comparison }: Pick<AlertRow, 'peak' | 'comparison'>, value: number): number {
  if (peak === null || Number.isNaN(peak)) return value;
  if (Number.isNaN(value)) return peak;
  return comparison === '>' ? Math.max(peak, value) : Math.min(peak, value);
}

function rankOf(severity: AlertSeverity): number {
  return ALERT_SEVERITIES.indexOf(severity);
}

function heldColumns(hold: AlertHold, causeId: string | null) {
  if (hold.by === 'maintenance') {
    return { held_by: hold.by, held_alert_id: null, held_node_id: null, held_window_id: hold.windowId };
  }
  const nodeId = hold.cause ? hold.cause.subject.nodeId : hold.nodeId;
  return { held_by: hold.by, held_alert_id: causeId, held_node_id: nodeId, held_window_id: null };
}
