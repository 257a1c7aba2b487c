import type { Condition, ConditionStore } from './condition-store.ts';

/** Conditions of one rule and node that fire or are about to, at most: a rule whose labels churn would have no end of them. */
export const FIRING_MAX = 1000;
/** Conditions of one rule and node that are remembered at all, those that were only seen good among them. */
export const REMEMBERED_MAX = 20_000;

/** The limit on the instances of a rule and node, in one cycle. */
export class InstanceLimit {
  /** Instances that were left out, by the slug of their rule. */
  readonly leftOut = new Map<string, number>();
  readonly #store: ConditionStore;
  readonly #firing = new Map<string, number>();

  constructor(store: ConditionStore) {
    this.#store = store;
  }

  /** Takes in an instance that is not remembered yet. @returns false where it is one too many, and left out */
  admits(family: string, subject: string, isBad: boolean): boolean {
    const all = this.#store.countOf(family, subject);
    if (all < FIRING_MAX) return true;
    if (all < REMEMBERED_MAX && (!isBad || this.#countFiring(family, subject) < FIRING_MAX)) return true;
    this.leftOut.set(family, (this.leftOut.get(family) ?? 0) + 1);
    return false;
  }

  /** Counts what fires or is about to, and the instance that is asked for with it. */
  #countFiring(family: string, subject: string): number {
    const key = `${family} ${subject}`;
    let count = this.#firing.get(key) ?? 0;
    if (count === 0)
      for (const condition of this.#store.of(family).values())
        if (condition.subject === subject && isFiring(condition)) count += 1;
    this.#firing.set(key, count + 1);
    return count;
  }
}

/** Whether a condition fires, or is about to: not one that waits for a series that is gone. */
function isFiring({ state: { phase, frozenAt } }: Condition): boolean {
  return phase !== 'quiet' && (phase !== 'pending' || frozenAt === null);
}
