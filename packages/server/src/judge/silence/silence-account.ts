import { COMPONENT_LOST_SECONDS } from '@stratora/contract';

/** Milliseconds of silence of an agent's heartbeat, or of a collector's config pull, until it counts as lost. */
export const COMPONENT_LOST_MS = COMPONENT_LOST_SECONDS * 1000;
/** Number of failed rounds in a row from which the store counts as away; one is a hiccup. */
const STORE_AWAY_AFTER_FAILURES = 2;

/** A component with the time of its last call, in epoch milliseconds; undefined if it never called. */
export interface HeardComponent {
  id: string;
  seenAt: number | undefined;
}

/**
 * The account of the times from which silence counts: only over time in which we could have heard. It holds the times
 * since which this server listens, the store answers, and each component is heard without a break. All times are epoch
 * milliseconds, taken as parameters.
 */
export class SilenceAccount {
  #listeningSince = 0;
  #storeUpSince: number | undefined;
  #storeFailures = 0;
  readonly #heardSince = new Map<string, { since: number; isAway: boolean }>();

  /** Begins the account anew: from now on this server listens. */
  begin(now: number): void {
    this.#listeningSince = now;
    this.#storeUpSince = undefined;
    this.#storeFailures = 0;
    this.#heardSince.clear();
  }

  /** Time since which the store answers; undefined while it does not. */
  get storeUpSince(): number | undefined {
    return this.#storeUpSince;
  }

  /** Notes whether the store answered a round. @returns whether the round knows enough to decide anything */
  noteStore(hasAnswered: boolean, now: number): boolean {
    if (hasAnswered) {
      this.#storeFailures = 0;
      this.#storeUpSince ??= now;
      return true;
    }
    this.#storeFailures += 1;
    if (this.#storeFailures < STORE_AWAY_AFTER_FAILURES) return false;
    this.#storeUpSince = undefined;
    return true;
  }

  /** Notes the last calls of components. @param components all components; one may come more than once */
  noteComponents(components: Iterable<HeardComponent>, now: number): void {
    for (const { id, seenAt } of components) {
      const known = this.#heardSince.get(id);
      const isAway = seenAt === undefined || now - seenAt > COMPONENT_LOST_MS;
      if (!known) this.#heardSince.set(id, { since: this.#listeningSince, isAway });
      else if (known.isAway && !isAway) this.#heardSince.set(id, { since: now, isAway });
      else known.isAway = isAway;
    }
  }

  /** Returns the time from which the silence of a component counts: it was heard from again, or we began to listen. */
  heardSince(componentId: string): number | undefined {
    return this.#heardSince.get(componentId)?.since;
  }
}
