import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Database, Tx } from './database.ts';

/** From the last renewal to the moment when another server may take over. */
export const LEASE_MS = 8000;

/** Which of several servers does a thing that only one may do. */
export class Lease {
  readonly #db: Database;
  readonly #name: string;
  readonly #holder = randomUUID();
  readonly #leaseMs: number;
  #epoch: string | undefined;

  constructor(db: Database, name: string, leaseMs = LEASE_MS) {
    this.#db = db;
    this.#name = name;
    this.#leaseMs = leaseMs;
  }

  /**
   * Takes or renews it. Times are the database's, so clocks of servers need not agree.
   * @returns `taken` on the first success after a time without it, `kept` on a renewal, `elsewhere` otherwise
   */
  async hold(): Promise<'taken' | 'kept' | 'elsewhere'> {
    const { rows } = await sql<{ epoch: string }>`
      INSERT INTO leases AS lease (name, holder, expires_at)
      VALUES (${this.#name}, ${this.#holder}, now() + ${this.#leaseMs} * interval '1 ms')
      ON CONFLICT (name) DO UPDATE SET
        epoch = lease.epoch + CASE WHEN lease.holder = excluded.holder AND lease.expires_at > now() THEN 0 ELSE 1 END,
        holder = excluded.holder,
        expires_at = excluded.expires_at
      WHERE lease.holder = excluded.holder OR lease.expires_at <= now()
      RETURNING epoch`.execute(this.#db);
    const before = this.#epoch;
    this.#epoch = rows[0]?.epoch;
    if (this.#epoch === undefined) return 'elsewhere';
    return this.#epoch === before ? 'kept' : 'taken';
  }

  /** Inside a transaction: true as long as no other server has taken over; holds takers back until its end. */
  async fence(tx: Tx): Promise<boolean> {
    const row = await tx
      .selectFrom('leases')
      .select('epoch')
      .where('name', '=', this.#name)
      .where('holder', '=', this.#holder)
      .where('epoch', '=', this.#epoch ?? '-1')
      .forShare()
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Lets another server take over at once. The row stays: its epoch must never come back. */
  async release(): Promise<void> {
    await sql`UPDATE leases SET expires_at = now() - interval '1 s'
      WHERE name = ${this.#name} AND holder = ${this.#holder}`.execute(this.#db);
    this.#epoch = undefined;
  }
}
