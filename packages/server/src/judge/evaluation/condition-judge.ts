import { type AlertChange, type AlertRef, type AlertSubject, alertKeyOf, SYSTEM } from '../alerts/index.ts';
import { severityOf, thresholdOf } from '../rules/index.ts';
import { type ConditionEvent, type CycleTime, type Observation, stepCondition } from './condition-machine.ts';
import { isActive } from './condition-state.ts';
import type { Condition, ConditionStore } from './condition-store.ts';
import { InstanceLimit } from './instance-limit.ts';
import type { JudgedRule } from './judged-rule.ts';

/** What a cycle sees of a condition. */
export interface Sighting {
  readonly family: string;
  readonly rule: JudgedRule;
  readonly subject: string;
  readonly instance: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number | undefined;
  /** Text of an alert that no template makes. */
  readonly text?: string | undefined;
  /** Expression that was asked. */
  readonly query?: string | undefined;
  /** Time at which it began, epoch milliseconds, where that is known better than by the first sighting. */
  readonly startedAt?: number | undefined;
}

/** The judge of one cycle: moves conditions on and gathers what became of their alerts. */
export class ConditionJudge {
  readonly changes: AlertChange[] = [];
  readonly time: CycleTime;
  readonly limit: InstanceLimit;
  readonly #store: ConditionStore;
  readonly #cycle: number;

  constructor(store: ConditionStore, time: CycleTime, cycle: number) {
    this.#store = store;
    this.time = time;
    this.#cycle = cycle;
    this.limit = new InstanceLimit(store);
  }

  /** Whether a condition was judged in this cycle already. */
  isJudged({ state }: Condition): boolean {
    return state.cycle === this.#cycle;
  }

  /** Whether anything is remembered of a subject in a family. */
  remembers(family: string, subject: string): boolean {
    return this.#store.hasAnyOf(family, subject);
  }

  find(family: string, subject: string, instance: string): Condition | undefined {
    return this.#store.find({ family, subject, instance });
  }

  /** Judges a condition by what was seen, given the level of the alert that there is. */
  see(sighting: Sighting, seen: Observation): void {
    const { rule } = sighting;
    let condition = this.#store.find(sighting);
    if (condition === undefined) {
      if (seen.kind !== 'value' || (seen.fires === 0 && !rule.remembersGood)) return;
      const { family, subject, instance, labels } = sighting;
      if (!this.limit.admits(family, subject, seen.fires > 0)) return;
      condition = this.#store.add({ family, subject, instance }, this.time.now, labels);
    }
    // Of several series of one instance the one that comes first counts.
    if (!this.isJudged(condition)) this.#step(condition, seen, sighting);
  }

  /** Judges a condition that was not seen. @param query expression that was asked, where one was */
  miss(condition: Condition, rule: JudgedRule, kind: 'absent' | 'blind', query?: string): void {
    const { family, subject, instance } = condition;
    const { labels } = condition.state;
    this.#step(condition, { kind }, { family, rule, subject, instance, labels, value: undefined, query });
  }

  /** Ends a condition that is judged no more; an alert of it resolves. */
  drop(condition: Condition, reason: string): void {
    if (isActive(condition.state)) {
      this.changes.push({ ...refOf(condition), kind: 'resolve', value: undefined, reason });
    }
    this.#store.remove(condition);
  }

  #step(condition: Condition, seen: Observation, sighting: Sighting): void {
    const { state } = condition;
    const { rule, startedAt } = sighting;
    const before = condition.rule;
    condition.rule = rule;
    state.cycle = this.#cycle;
    if (seen.kind === 'value') condition.text = sighting.text;
    const events = stepCondition(state, rule.condition, seen, this.time);
    if (startedAt !== undefined && state.phase !== 'quiet') state.startedAt = startedAt;
    for (const event of events) this.changes.push(this.#changeOf(condition, event, sighting));
    if (isActive(state) && seen.kind === 'value' && events.length === 0)
      this.#tell(condition, sighting, before);
  }

  /** Tells the value of an alert that goes on, and the rule where another one is in force. */
  #tell(condition: Condition, sighting: Sighting, before: JudgedRule | undefined): void {
    const { rule, value, text } = sighting;
    if (before !== undefined && !isSameRule(before, rule)) {
      this.changes.push(this.#triggerOf(condition, sighting));
    } else if (value !== undefined) {
      this.changes.push({ ...refOf(condition), kind: 'value', value, text });
    }
  }

  #changeOf(condition: Condition, event: ConditionEvent, sighting: Sighting): AlertChange {
    const ref = refOf(condition);
    const { value, rule } = sighting;
    switch (event.kind) {
      case 'trigger':
        return this.#triggerOf(condition, sighting);
      case 'severity': {
        const threshold = thresholdOf(rule.thresholds, event.level);
        return { ...ref, kind: 'severity', severity: severityOf(event.level), value, threshold };
      }
      case 'resolve':
        return { ...ref, kind: 'resolve', value, reason: undefined };
      case 'flapping':
        return { ...ref, kind: 'flapping', changes: event.changes };
      case 'calm':
        return { ...ref, kind: 'calm' };
    }
  }

  #triggerOf(condition: Condition, { rule, labels, value, text, query = '' }: Sighting): AlertChange {
    const { state, family, instance } = condition;
    const { definition, thresholds } = rule;
    // A condition may be remembered for long: by now its series has other labels, or its expression others to give.
    if (labels !== state.labels) Object.assign(state, { labels, isChanged: true });
    return {
      ...refOf(condition),
      kind: 'trigger',
      definitionId: definition.id,
      definitionSlug: family,
      instance,
      labels: state.labels,
      severity: severityOf(state.level),
      value,
      threshold: thresholdOf(thresholds, state.level),
      comparison: thresholds.comparison,
      unit: definition.unit,
      query,
      text,
      startedAt: new Date(state.startedAt),
    };
  }
}

/** The identity of the alert of a condition. */
export function refOf({ family, subject, instance, rule }: Condition): AlertRef {
  return { subject: subjectOf(subject, rule), alertKey: alertKeyOf(family, instance) };
}

function subjectOf(subject: string, rule: JudgedRule | undefined): AlertSubject {
  if (subject === SYSTEM) return { nodeId: null, componentId: null };
  const isComponent = rule?.definition.kind === 'component';
  return isComponent ? { nodeId: null, componentId: subject } : { nodeId: subject, componentId: null };
}

function isSameRule(a: JudgedRule, b: JudgedRule): boolean {
  const isSameDefinition =
    a.definition.id === b.definition.id &&
    a.definition.expr === b.definition.expr &&
    a.definition.unit === b.definition.unit;
  return (
    isSameDefinition &&
    a.thresholds.comparison === b.thresholds.comparison &&
    a.thresholds.warning === b.thresholds.warning &&
    a.thresholds.critical === b.thresholds.critical
  );
}
