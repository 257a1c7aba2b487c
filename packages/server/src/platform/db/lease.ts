import { randomUUID } from 'node:crypto';
import type { Database, Tx } from './database.ts';
import { expireLease, type HeldLease, holdLease, limitIdle, lockLease } from './lease-queries.ts';

/** Milliseconds from the last renewal to the moment when another server may take over. */
export const LEASE_MS = 8000;

/** Part of the term after which a transaction that stands still is ended, so that nobody waits for it longer than for the lease. */
const IDLE_PART = 2 / 3;

/** The lease by which one of several servers does a thing that only one may do. */
export class Lease {
  readonly #db: Database;
  readonly #lease: HeldLease;
  readonly #leaseMs: number;
  #epoch: string | undefined;

  constructor(db: Database, name: string, leaseMs = LEASE_MS) {
    this.#db = db;
    this.#lease = { name, holder: randomUUID() };
    this.#leaseMs = leaseMs;
  }

  /**
   * Takes or renews the lease.
   * @returns `taken` on the first success after a time without it, `kept` on a renewal, `elsewhere` otherwise
   */
  async hold(): Promise<'taken' | 'kept' | 'elsewhere'> {
    const epoch = await holdLease(this.#db, this.#lease, this.#leaseMs);
    const before = this.#epoch;
    this.#epoch = epoch;
    if (epoch === undefined) return 'elsewhere';
    return epoch === before ? 'kept' : 'taken';
  }

  /**
   * Whether no other server has taken over; within the transaction none can, until its end. A server that is frozen in the
   * middle of it loses the transaction: otherwise its lock would outlive the lease.
   */
  async fence(tx: Tx): Promise<boolean> {
    await limitIdle(tx, this.#leaseMs * IDLE_PART);
    return lockLease(tx, this.#lease, this.#epoch ?? '-1');
  }

  /** Lets another server take over at once. */
  async release(): Promise<void> {
    await expireLease(this.#db, this.#lease);
    this.#epoch = undefined;
  }
}
