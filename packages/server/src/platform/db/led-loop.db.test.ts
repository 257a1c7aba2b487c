import { silentLogger, systemClock } from '@stratora/runtime';
import { startDatabase, type TestDatabase, waitFor } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type DatabaseConnection, openDatabase } from './database.ts';
import { Lease } from './lease.ts';
import { LedLoop, type LedRound } from './led-loop.ts';

const LEASE_MS = 900;

describe('a loop under a lease', () => {
  let database: TestDatabase;
  let connection: DatabaseConnection;
  const loops: LedLoop[] = [];

  beforeAll(async () => {
    database = await startDatabase();
    connection = openDatabase({ url: database.url, logger: silentLogger() });
  });
  afterEach(async () => {
    for (const loop of loops.splice(0)) await loop.stop();
  });
  afterAll(async () => {
    await connection?.close();
    await database?.stop();
  });

  /** A server's loop, with what its rounds were told. */
  function server(
    name: string,
    intervalMs: number,
    run: (round: LedRound) => Promise<void> = async () => {},
  ) {
    const rounds: boolean[] = [];
    const loop = new LedLoop({
      name,
      intervalMs,
      leaseMs: LEASE_MS,
      db: connection.db,
      clock: systemClock,
      logger: silentLogger(),
      run: async (round) => {
        rounds.push(round.isNew);
        await run(round);
      },
    });
    loops.push(loop);
    return { loop, rounds };
  }

  it('stays with one server though its interval is longer than the lease', async () => {
    const one = server('long', LEASE_MS * 1.5);
    const two = server('long', LEASE_MS * 1.5);
    one.loop.start();
    await waitFor(() => one.rounds.length >= 1);
    two.loop.start();
    await waitFor(() => one.rounds.length >= 3);
    expect(one.rounds.slice(0, 3)).toEqual([true, false, false]);
    expect(two.rounds).toEqual([]);
  });

  it('goes on at once elsewhere when its server stops', async () => {
    const one = server('stopped', 100_000);
    const two = server('stopped', 100_000);
    one.loop.start();
    await waitFor(() => one.rounds.length >= 1);
    two.loop.start();
    await one.loop.stop();
    await waitFor(() => two.rounds.length >= 1);
    expect(two.rounds).toEqual([true]);
  });

  it('is new until a round has gone well', async () => {
    let failures = 2;
    const one = server('failing', 50, async () => {
      failures -= 1;
      if (failures >= 0) throw new Error('not yet');
    });
    one.loop.start();
    await waitFor(() => one.rounds.length >= 4);
    expect(one.rounds.slice(0, 4)).toEqual([true, true, true, false]);
  });

  it('goes on elsewhere when its server freezes in the middle of a transaction', async () => {
    const lease = new Lease(connection.db, 'frozen', LEASE_MS);
    await lease.hold();
    const two = server('frozen', 100_000);
    const written = connection.db.transaction().execute(async (tx) => {
      await lease.fence(tx);
      two.loop.start();
      await waitFor(() => two.rounds.length >= 1, { timeoutMs: 15_000 });
      await sql`SELECT 1`.execute(tx);
    });
    await expect(written).rejects.toThrow(/connection/);
  });

  it('writes nothing more once another server has taken over', async () => {
    const outcomes: (string | undefined)[] = [];
    const one = server('fenced', 100_000, async ({ fenced }) => {
      outcomes.push(await fenced(async () => 'written'));
      await sql`UPDATE leases SET holder = gen_random_uuid(), epoch = epoch + 1 WHERE name = 'fenced'`.execute(
        connection.db,
      );
      outcomes.push(await fenced(async () => 'written over'));
    });
    one.loop.start();
    await waitFor(() => outcomes.length >= 2);
    expect(outcomes).toEqual(['written', undefined]);
  });
});
