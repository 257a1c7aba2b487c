import type { Database, Tx } from '../db/index.ts';
import type { Actor } from './actor.ts';

/**
 * Runs the transaction of an actor's call. Where the call carries an `Idempotency-Key`, what it returns, which must be the
 * body of the answer, is kept with what it did: a repeat is answered by it.
 *
 * @throws AppError idempotency_key_in_use while another call with the same key runs
 */
export function once<T>(db: Database, { call }: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await call?.begin(tx);
    const answer = await work(tx);
    await call?.keep(tx, answer);
    return answer;
  });
}
