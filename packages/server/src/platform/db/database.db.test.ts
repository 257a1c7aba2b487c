import { silentLogger } from '@stratora/runtime';
import { STALL_MS, startDatabase, type TestDatabase } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DatabaseConnection, openDatabase } from './database.ts';
import { isDatabaseAway } from './database-fault.ts';
import { DeafDatabase } from './deaf-database.test-support.ts';

const pause = (ms: number) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

describe('the connections of a server', () => {
  let server: TestDatabase;
  let way: DeafDatabase;
  let connection: DatabaseConnection;

  beforeAll(async () => {
    server = await startDatabase();
  });
  afterAll(() => server?.stop());
  beforeEach(async () => {
    way = new DeafDatabase(server.url);
    connection = openDatabase({ url: await way.start(), logger: silentLogger() });
  });
  afterEach(async () => {
    way.cut();
    await connection.close();
    await way.stop();
  });

  const ask = () => sql`SELECT 1 AS one`.execute(connection.db);

  it('may be cut in the middle of a transaction: the call fails, the process goes on', async () => {
    const work = connection.db.transaction().execute(async (tx) => {
      await sql`SELECT 1`.execute(tx);
      way.cut();
      // Nothing runs on the connection now, and nobody waits for it.
      await pause(100);
      await sql`SELECT 2`.execute(tx);
    });
    expect(isDatabaseAway(await work.catch((error: unknown) => error))).toBe(true);
    expect((await ask()).rows).toEqual([{ one: 1 }]);
  });

  it('are given up when all of them hang, and calls that waited on them fail at once', async () => {
    await Promise.all([ask(), ask(), ask()]);
    way.stall();
    const stuck = ask().catch((error: unknown) => error);
    await pause(2100);
    const startedAt = Date.now();
    connection.pool.renew();
    expect((await ask()).rows).toEqual([{ one: 1 }]);
    expect(isDatabaseAway(await stuck)).toBe(true);
    expect(Date.now() - startedAt).toBeLessThan(1000 + STALL_MS);
  });

  it('whose question was just asked are given up too, soon after', async () => {
    await ask();
    way.stall();
    const startedAt = Date.now();
    const stuck = ask().catch((error: unknown) => error);
    await pause(100);
    connection.pool.renew();
    expect(isDatabaseAway(await stuck)).toBe(true);
    expect(Date.now() - startedAt).toBeLessThan(1100 + STALL_MS);
  });

  it('that are in use and well go on over a renewal', async () => {
    const work = sql`SELECT pg_sleep(0.5), 7 AS seven`.execute(connection.db);
    await pause(100);
    connection.pool.renew();
    expect((await work).rows).toMatchObject([{ seven: 7 }]);
    expect(connection.pool.waitingCount).toBe(0);
  });
});
