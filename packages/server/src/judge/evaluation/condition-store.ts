import { type CycleTime, isForgettable } from './condition-machine.ts';
import type { ConditionName, StoredCondition } from './condition-queries.ts';
import { type ConditionState, quietState } from './condition-state.ts';
import type { JudgedRule } from './judged-rule.ts';
import { SeriesBirths } from './series-births.ts';

/** A remembered condition with what it is about. */
export interface Condition {
  readonly family: string;
  readonly subject: string;
  readonly instance: string;
  readonly state: ConditionState;
  /** Whether it has a row. */
  isStored: boolean;
  /** The rule that judged it last, in memory alone. */
  rule: JudgedRule | undefined;
  /** The text that was last seen of it; undefined where a template makes it. */
  text: string | undefined;
  /** What holds its alert back, in a form that can be compared; undefined while nothing does. */
  hold: string | undefined;
  /** Reading since which there has been a doubt that it is told of, without a break; undefined while there is none. */
  doubtedSince: number | undefined;
}

const UNJUDGED = { rule: undefined, text: undefined, hold: undefined, doubtedSince: undefined };
const NONE: ReadonlyMap<string, Condition> = new Map();

/** The conditions of which something must be remembered, in memory, with what has to be written of them. */
export class ConditionStore {
  readonly births = new SeriesBirths();
  readonly #families = new Map<string, Map<string, Condition>>();
  /** Numbers of conditions by family and subject: most subjects have none, and asking is cheaper than naming instances. */
  readonly #subjects = new Map<string, Map<string, number>>();
  #gone: ConditionName[] = [];

  constructor(stored: readonly StoredCondition[]) {
    for (const condition of stored) {
      this.#put({ ...condition, isStored: true, ...UNJUDGED });
    }
  }

  get families(): Iterable<string> {
    return this.#families.keys();
  }

  of(family: string): ReadonlyMap<string, Condition> {
    return this.#families.get(family) ?? NONE;
  }

  /** Whether there is any condition of a subject in a family. */
  hasAnyOf(family: string, subject: string): boolean {
    return this.#subjects.get(family)?.has(subject) === true;
  }

  /** Counts the conditions of a subject in a family. */
  countOf(family: string, subject: string): number {
    return this.#subjects.get(family)?.get(subject) ?? 0;
  }

  find(name: ConditionName): Condition | undefined {
    return this.#families.get(name.family)?.get(keyOf(name));
  }

  add(name: ConditionName, now: number, labels: Readonly<Record<string, string>>): Condition {
    const condition = { ...name, state: quietState(now, labels), isStored: false, ...UNJUDGED };
    this.#put(condition);
    return condition;
  }

  remove(condition: Condition): void {
    if (this.#families.get(condition.family)?.delete(keyOf(condition)) === true) this.#count(condition, -1);
    if (condition.isStored) this.#gone.push(condition);
  }

  /** Takes what has to be written since the last call. What must not be remembered any more is forgotten. */
  takeChanges(time: CycleTime): { kept: StoredCondition[]; gone: ConditionName[] } {
    const kept: StoredCondition[] = [];
    for (const conditions of this.#families.values()) {
      for (const condition of conditions.values()) {
        const { state, rule } = condition;
        if (rule !== undefined && isForgettable(state, rule.condition, time)) this.remove(condition);
        else if (state.isChanged) {
          kept.push(condition);
          condition.isStored = true;
          state.isChanged = false;
        }
      }
    }
    const gone = this.#gone;
    this.#gone = [];
    return { kept, gone };
  }

  #put(condition: Condition): void {
    const conditions = this.#familyOf(condition.family);
    const key = keyOf(condition);
    if (!conditions.has(key)) this.#count(condition, 1);
    conditions.set(key, condition);
  }

  #count({ family, subject }: Condition, change: 1 | -1): void {
    const counts = this.#subjects.get(family) ?? new Map<string, number>();
    const count = (counts.get(subject) ?? 0) + change;
    if (count > 0) counts.set(subject, count);
    else counts.delete(subject);
    this.#subjects.set(family, counts);
  }

  #familyOf(family: string): Map<string, Condition> {
    let conditions = this.#families.get(family);
    if (conditions === undefined) {
      conditions = new Map();
      this.#families.set(family, conditions);
    }
    return conditions;
  }
}

function keyOf({ subject, instance }: Pick<ConditionName, 'subject' | 'instance'>): string {
  return `${subject} ${instance}`;
}
