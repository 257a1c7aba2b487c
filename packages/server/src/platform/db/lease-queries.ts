import { sql } from 'kysely';
import type { Database, Tx } from './database.ts';

/** A lease by its name, and the server that holds it. */
export interface HeldLease {
  name: string;
  /** Id of the server that holds it. */
  holder: string;
}

/**
 * Takes or renews a lease. Times are the database's, so clocks of servers need not agree.
 * @returns its epoch, which grows with each taking, or undefined while another server holds it
 */
export async function holdLease(
  db: Database,
  { name, holder }: HeldLease,
  leaseMs: number,
): Promise<string | undefined> {
  const { rows } = await sql<{ epoch: string }>`
    INSERT INTO leases AS lease (name, holder, expires_at)
    VALUES (${name}, ${holder}, now() + ${leaseMs} * interval '1 ms')
    ON CONFLICT (name) DO UPDATE SET
      epoch = lease.epoch + CASE WHEN lease.holder = excluded.holder AND lease.expires_at > now() THEN 0 ELSE 1 END,
      holder = excluded.holder,
      expires_at = excluded.expires_at
    WHERE lease.holder = excluded.holder OR lease.expires_at <= now()
    RETURNING epoch`.execute(db);
  return rows[0]?.epoch;
}

/** Whether the lease is still of that epoch; keeps other servers from taking it until the end of the transaction. */
export async function lockLease(tx: Tx, { name, holder }: HeldLease, epoch: string): Promise<boolean> {
  const row = await tx
    .selectFrom('leases')
    .select('epoch')
    .where('name', '=', name)
    .where('holder', '=', holder)
    .where('epoch', '=', epoch)
    .forShare()
    .executeTakeFirst();
  return row !== undefined;
}

/** Lets PostgreSQL end a transaction, and the session with it, whose client does not go on with it for so long. */
export async function limitIdle(tx: Tx, idleMs: number): Promise<void> {
  await sql`SELECT set_config('idle_in_transaction_session_timeout', ${`${Math.ceil(idleMs)}ms`}, true)`.execute(
    tx,
  );
}

/** Ends the term of a lease. The row stays: its epoch must never come back. */
export async function expireLease(db: Database, { name, holder }: HeldLease): Promise<void> {
  await sql`UPDATE leases SET expires_at = now() - interval '1 s'
    WHERE name = ${name} AND holder = ${holder}`.execute(db);
}
