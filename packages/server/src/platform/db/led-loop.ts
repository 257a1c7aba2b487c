import { type Clock, type Logger, type Periodic, periodic } from '@stratora/runtime';
import type { Database, Tx } from './database.ts';
import { LEASE_MS, Lease } from './lease.ts';

/** One run of a loop that one server leads. */
export interface LedRound {
  /**
   * Whether no run has gone well since this server took the lead. Another server may have led meanwhile, or none, so
   * what this one remembers of an earlier time does not count.
   */
  readonly isNew: boolean;
  readonly signal: AbortSignal;
  /**
   * Runs a transaction as long as no other server has taken over, and keeps others from it until its end. A server that was
   * frozen and comes back must not write over what its successor decided.
   * @returns undefined when it was not run
   */
  readonly fenced: <T>(work: (tx: Tx) => Promise<T>) => Promise<T | undefined>;
}

export interface LedLoopOptions {
  /** Name of the loop and of its lease. */
  name: string;
  intervalMs: number;
  /** Milliseconds after whole intervals of the wall clock at which to run; anywhere by default. */
  wallPhaseMs?: number;
  db: Database;
  clock: Clock;
  logger: Logger;
  run: (round: LedRound) => Promise<void>;
  /** Says on every server before each run whether there is anything to lead; if not, no server holds the lease. */
  isWanted?: () => Promise<boolean>;
  /** Milliseconds from the last renewal to the moment when another server may take over; 8 s by default. */
  leaseMs?: number;
}

/** Number of renewals in the term of a lease: two may fail. */
const RENEWALS = 3;

/**
 * A periodic loop that runs on one of several servers: `run` is called only on the one that holds the lease. The lease is
 * renewed between runs and during a long one, so the interval may be longer than it; a server that takes over runs at once.
 * A stop lets go of it. For the module's `loops`, as any other.
 */
export class LedLoop implements Periodic {
  readonly #options: LedLoopOptions;
  readonly #lease: Lease;
  readonly #rounds: Periodic;
  readonly #renewals: Periodic;
  #leads = false;
  /** Number of times that the lead was taken or lost. */
  #term = 0;
  /** The term in which a run has gone well. */
  #settledTerm: number | undefined;

  constructor(options: LedLoopOptions) {
    const { name, intervalMs, db, clock, logger, leaseMs = LEASE_MS } = options;
    this.#options = options;
    this.#lease = new Lease(db, name, leaseMs);
    const { wallPhaseMs } = options;
    this.#rounds = periodic({
      name,
      intervalMs,
      ...(wallPhaseMs === undefined ? {} : { wallPhaseMs }),
      clock,
      logger,
      run: (signal) => this.#round(signal),
    });
    this.#renewals = periodic({
      name: `${name} lease`,
      intervalMs: leaseMs / RENEWALS,
      clock,
      logger,
      run: () => this.#renew(),
    });
  }

  get name(): string {
    return this.#rounds.name;
  }

  get stats(): Periodic['stats'] {
    return this.#rounds.stats;
  }

  start(): void {
    this.#rounds.start();
    this.#renewals.start();
  }

  async stop(): Promise<void> {
    await this.#renewals.stop();
    await this.#rounds.stop();
    // While the database is away the lease runs out by itself.
    if (this.#leads) await this.#lease.release().catch(() => {});
    this.#leads = false;
  }

  trigger(): void {
    this.#rounds.trigger();
  }

  async #round(signal: AbortSignal): Promise<void> {
    if (this.#options.isWanted && !(await this.#options.isWanted())) {
      // The lease runs out by itself.
      this.#leads = false;
      return;
    }
    await this.#hold();
    if (!this.#leads) return;
    const term = this.#term;
    await this.#options.run({
      isNew: term !== this.#settledTerm,
      signal,
      fenced: (work) => this.#fenced(term, work),
    });
    this.#settledTerm = term;
  }

  /** Runs a transaction of a run. A lead that was lost and taken again during the run is another term, and refused. */
  #fenced<T>(term: number, work: (tx: Tx) => Promise<T>): Promise<T | undefined> {
    return this.#options.db.transaction().execute(async (tx) => {
      if (term !== this.#term || !(await this.#lease.fence(tx))) return undefined;
      return work(tx);
    });
  }

  async #renew(): Promise<void> {
    // Whether the loop is wanted is asked before a run alone; between runs only a leader renews.
    if (!this.#leads && this.#options.isWanted) return;
    if ((await this.#hold()) === 'taken') this.#rounds.trigger();
  }

  async #hold(): Promise<'taken' | 'kept' | 'elsewhere'> {
    const held = await this.#lease.hold();
    this.#leads = held !== 'elsewhere';
    if (held !== 'kept') this.#term += 1;
    return held;
  }
}
