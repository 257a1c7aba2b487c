import { COMPONENT_LOST_SECONDS } from '@stratora/contract';

/** Silence of an agent's heartbeat, or of a collector's config pull, until it counts as lost. */
export const COMPONENT_LOST_MS = COMPONENT_LOST_SECONDS * 1000;
/** One failed round is a hiccup; from the second on the store counts as away. */
const STORE_AWAY_AFTER_FAILURES = 2;

/** When a component was heard last, in epoch ms; undefined if it never was. */
export interface HeardComponent {
  id: string;
  seenAt: number | undefined;
}

/**
 * Since when silence counts: only over time in which we could have heard. It knows since when this server listens, since
 * when the metric store answers, and since when each component is heard without a break. All times are epoch ms, given in.
 */
export class SilenceAccount {
  #listeningSince = 0;
  #storeUpSince: number | undefined;
  #storeFailures = 0;
  readonly #heardSince = new Map<string, { since: number; isAway: boolean }>();

  /** From now on this server listens; what it knew of an earlier time is forgotten. */
  begin(now: number): void {
    this.#listeningSince = now;
    this.#storeUpSince = undefined;
    this.#storeFailures = 0;
    this.#heardSince.clear();
  }

  /** Since when the metric store answers; undefined while it does not. */
  get storeUpSince(): number | undefined {
    return this.#storeUpSince;
  }

  /** @returns whether a round knows enough to decide anything */
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

  /** @param components all there are; one may be named more than once */
  noteComponents(components: Iterable<HeardComponent>, now: number): void {
    for (const { id, seenAt } of components) {
      const known = this.#heardSince.get(id);
      const isAway = seenAt === undefined || now - seenAt > COMPONENT_LOST_MS;
      if (!known) this.#heardSince.set(id, { since: this.#listeningSince, isAway });
      else if (known.isAway && !isAway) this.#heardSince.set(id, { since: now, isAway });
      else known.isAway = isAway;
    }
  }

  /** From when on the silence of a component counts: it was heard from again, or we began to listen. */
  heardSince(componentId: string): number | undefined {
    return this.#heardSince.get(componentId)?.since;
  }
}
