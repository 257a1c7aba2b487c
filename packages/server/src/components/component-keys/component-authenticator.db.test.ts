import { randomBytes } from 'node:crypto';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { hash } from '@node-rs/bcrypt';
import { silentLogger, systemClock } from '@stratora/runtime';
import { ManualClock, STALL_MS, startDatabase, type TestDatabase, waitFor } from '@stratora/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type DatabaseConnection, DatabaseListener, openDatabase } from '../../platform/db/index.ts';
import { FastVerifier, mintApiKey } from './api-key.ts';
import { ComponentAuthenticator } from './component-authenticator.ts';

const PEPPER = randomBytes(32);
/** As bcrypt goes: enough to make a queue, not to wait for it. */
const CHEAP_COST = 7;

/** A way to PostgreSQL that can fall silent without closing anything. */
class SilentWay {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #fromDatabase = new Set<Socket>();
  readonly url: string;
  #isSilent = false;

  private constructor(server: Server, url: string) {
    this.#server = server;
    this.url = url;
  }

  static async open(databaseUrl: string): Promise<SilentWay> {
    const target = new URL(databaseUrl);
    const { hostname, port } = target;
    const server = createServer((client) => way.#join(client, connect(Number(port), hostname)));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    target.port = String((server.address() as { port: number }).port);
    const way = new SilentWay(server, target.href);
    return way;
  }

  #join(client: Socket, database: Socket): void {
    for (const [from, to] of [
      [client, database],
      [database, client],
    ] as const) {
      this.#sockets.add(from);
      from.on('data', (chunk) => to.write(chunk));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        to.destroy();
        this.#sockets.delete(from);
      });
    }
    // What the database says is held back; it still does what it was asked for.
    if (this.#isSilent) database.pause();
    this.#fromDatabase.add(database);
  }

  silence(): void {
    this.#isSilent = true;
    for (const socket of this.#fromDatabase) socket.pause();
  }

  speak(): void {
    this.#isSilent = false;
    for (const socket of this.#fromDatabase) socket.resume();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }
}

describe('the authenticator', () => {
  let database: TestDatabase;
  /** For the test's own hands, never silent. */
  let direct: DatabaseConnection;
  const open: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    database = await startDatabase();
    direct = openDatabase({ url: database.url, logger: silentLogger() });
  });
  afterAll(async () => {
    await direct?.close();
    await database?.stop();
  });
  afterEach(async () => {
    for (const close of open.splice(0).toReversed()) await close();
  });

  /** @param options.hears whether it is told of changes, as it is while its listener stands */
  async function start(options: { url?: string; hears?: boolean; clock?: ManualClock } = {}) {
    const logger = silentLogger();
    const url = options.url ?? database.url;
    const clock = options.clock ?? systemClock;
    const connection = openDatabase({ url, logger });
    open.push(() => connection.close());
    const listener = new DatabaseListener({ url, clock, logger });
    const authenticator = new ComponentAuthenticator({
      db: connection.db,
      listener,
      clock,
      logger,
      secrets: { apiKeyPepper: PEPPER },
      hashCost: CHEAP_COST,
    });
    if (options.hears ?? true) {
      listener.start();
      open.push(() => listener.stop());
      await waitFor(() => listener.isCurrent);
    }
    return { authenticator, connection };
  }

  /** Approved components, each with a key; proved before unless told otherwise. */
  async function addKeys(count: number, options: { isProved?: boolean; cost?: number } = {}) {
    const { isProved = true, cost = 4 } = options;
    const verifier = new FastVerifier(PEPPER);
    const keys = Array.from({ length: count }, mintApiKey);
    const bcrypts = await Promise.all(
      keys.map((key) => (isProved ? Promise.resolve('-') : hash(key, { cost }))),
    );
    await direct.pool.query(
      `WITH given AS (
         SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[]) AS t(key_id, key_bcrypt, fast_verifier)
       ), components AS (
         INSERT INTO remote_components (component_type, name, hostname, version, os, arch, approval)
         SELECT 'collector', key_id, 'h-' || encode(key_id::bytea, 'hex'), '1', 'linux', 'x64', 'approved' FROM given
         RETURNING id, name
       )
       INSERT INTO component_keys (key_id, component_id, key_bcrypt, fast_verifier)
       SELECT g.key_id, c.id, g.key_bcrypt, g.fast_verifier FROM given g JOIN components c ON c.name = g.key_id`,
      [keys.map((key) => key.slice(8, 19)), bcrypts, keys.map((key) => (isProved ? verifier.of(key) : null))],
    );
    return keys;
  }

  const wrong = (key: string, suffix: number) => key.slice(0, -4) + String(1000 + suffix);

  async function revoke(key: string): Promise<string> {
    const { rows } = await direct.pool.query(
      `UPDATE remote_components SET approval = 'revoked' WHERE name = $1 RETURNING id`,
      [key.slice(8, 19)],
    );
    await direct.pool.query('UPDATE component_keys SET fast_verifier = NULL WHERE key_id = $1', [
      key.slice(8, 19),
    ]);
    return (rows[0] as { id: string } | undefined)?.id ?? '';
  }

  const outcome = async (call: unknown) =>
    Promise.resolve(call).then(
      () => 'in',
      (error: { code?: string }) => error.code,
    );
  const ask = (authenticator: ComponentAuthenticator, key: string, from = 'here') => {
    try {
      return outcome(authenticator.authenticate(key, () => from));
    } catch (error) {
      return Promise.resolve((error as { code?: string }).code);
    }
  };

  it('reads three thousand keys of one instant in a few statements, and runs no bcrypt', async () => {
    const keys = await addKeys(3000);
    // A machine that stalls must not look like a database that is away.
    const { authenticator, connection } = await start({ clock: new ManualClock() });
    const asked = vi.spyOn(connection.pool, 'connect');
    const outcomes = await Promise.all(keys.map((key) => ask(authenticator, key)));
    expect(outcomes.filter((text) => text !== 'in')).toEqual([]);
    expect(asked.mock.calls.length).toBeLessThanOrEqual(7);
    expect(connection.pool.totalCount).toBeLessThanOrEqual(2);
    expect(authenticator.bcryptRuns).toBe(0);
    expect(authenticator.knownKeys).toBe(3000);
    expect(keys.every((key) => authenticator.peek(key) !== undefined)).toBe(true);
  });

  it('lets nobody in by a row that was read before the revocation', async () => {
    const way = await SilentWay.open(database.url);
    open.push(() => way.close());
    const [key = ''] = await addKeys(1);
    const { authenticator, connection } = await start({ url: way.url });
    await connection.pool.query('SELECT 1');
    way.silence();
    const asked = ask(authenticator, key);
    // The database has answered with the row as it was; the answer is still on its way.
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
    authenticator.forget(await revoke(key));
    way.speak();
    expect(await asked).toBe('component_revoked');
    expect(authenticator.peek(key)).toBeUndefined();
  });

  it('refuses a revoked key within two seconds when changes cannot be heard', async () => {
    const clock = new ManualClock();
    const [key = ''] = await addKeys(1);
    const { authenticator } = await start({ hears: false, clock });
    expect(await ask(authenticator, key)).toBe('in');
    expect(authenticator.peek(key)).toBeDefined();
    await revoke(key);
    await clock.advance(2000);
    expect(authenticator.peek(key)).toBeUndefined();
    expect(await ask(authenticator, key)).toBe('component_revoked');
  });

  it('hears of a revocation on another server', async () => {
    const [key = ''] = await addKeys(1);
    const { authenticator } = await start();
    expect(await ask(authenticator, key)).toBe('in');
    await revoke(key);
    await waitFor(() => authenticator.peek(key) === undefined);
    expect(await ask(authenticator, key)).toBe('component_revoked');
  });

  it('goes on with known keys while the database is silent, and says 503 to the others in time', async () => {
    const way = await SilentWay.open(database.url);
    open.push(() => way.close());
    const [known = '', unknown = '', changed = ''] = await addKeys(3);
    const { authenticator } = await start({ url: way.url, hears: false });
    expect(await ask(authenticator, known)).toBe('in');
    expect(await ask(authenticator, changed)).toBe('in');
    const changedId = authenticator.peek(changed)?.componentId ?? '';
    await new Promise((resolve) => {
      setTimeout(resolve, 2050);
    });
    way.silence();
    const startedAt = performance.now();
    expect(await ask(authenticator, known)).toBe('in');
    expect(performance.now() - startedAt).toBeLessThan(1800 + STALL_MS);
    // From here on nobody who is known waits.
    const begun = performance.now();
    for (let call = 0; call < 1000; call += 1) expect(await ask(authenticator, known)).toBe('in');
    expect(performance.now() - begun).toBeLessThan(900 + STALL_MS);
    expect(await ask(authenticator, unknown)).toBe('database_unavailable');
    expect(performance.now() - begun).toBeLessThan(5000 + STALL_MS);
    // What was told to have changed may be revoked.
    authenticator.forget(changedId);
    expect(await ask(authenticator, changed)).toBe('database_unavailable');
    const known2 = await revoke(known);
    expect(known2).not.toBe('');
    way.speak();
    await waitFor(async () => (await ask(authenticator, known)) === 'component_revoked');
    expect(await ask(authenticator, unknown)).toBe('in');
    expect(await ask(authenticator, changed)).toBe('in');
  });

  it('proves a new key once, however often it comes, and never a second time', async () => {
    const keys = await addKeys(5, { isProved: false });
    const { authenticator } = await start();
    const calls = keys.flatMap((key) => Array.from({ length: 20 }, () => ask(authenticator, key)));
    expect(new Set(await Promise.all(calls))).toEqual(new Set(['in']));
    expect(authenticator.bcryptRuns).toBe(5);
    const { authenticator: restarted } = await start();
    for (const key of keys) expect(await ask(restarted, key)).toBe('in');
    expect(restarted.bcryptRuns).toBe(0);
  });

  it('limits wrong keys per id and address, so that the right one still comes in', async () => {
    const [key = ''] = await addKeys(1, { isProved: false });
    const { authenticator } = await start();
    const outcomes: unknown[] = [];
    for (let index = 0; index < 12; index += 1) {
      outcomes.push(await ask(authenticator, wrong(key, index), 'attacker'));
    }
    expect(outcomes.filter((text) => text === 'api_key_invalid')).toHaveLength(5);
    expect(outcomes.filter((text) => text === 'too_many_requests')).toHaveLength(7);
    expect(authenticator.bcryptRuns).toBe(5);
    expect(await ask(authenticator, key, 'its own place')).toBe('in');
    expect(authenticator.bcryptRuns).toBe(6);
    // Proved: wrong ones cost no bcrypt any more.
    for (let index = 0; index < 50; index += 1) {
      expect(await ask(authenticator, wrong(key, index), `place ${index}`)).toBe('api_key_invalid');
    }
    expect(authenticator.bcryptRuns).toBe(6);
  });

  it('bounds wrong keys per id also when they come from everywhere', async () => {
    const [key = ''] = await addKeys(1, { isProved: false });
    const { authenticator } = await start();
    for (let index = 0; index < 60; index += 1) {
      await ask(authenticator, wrong(key, index), `place ${index}`);
    }
    expect(authenticator.bcryptRuns).toBe(20);
  });

  it('proves a right key in its turn while a flood of wrong ones waits', async () => {
    const flooded = await addKeys(150, { isProved: false, cost: CHEAP_COST });
    const [right = ''] = await addKeys(1, { isProved: false, cost: CHEAP_COST });
    const { authenticator } = await start();
    const flood = flooded.flatMap((key) =>
      Array.from({ length: 4 }, (_, index) => ask(authenticator, wrong(key, index), 'attacker')),
    );
    await waitFor(() => authenticator.proofsWaiting > 400);
    const before = authenticator.bcryptRuns;
    expect(await ask(authenticator, right, 'its own place')).toBe('in');
    expect(authenticator.bcryptRuns - before).toBeLessThan(20);
    expect(authenticator.proofsWaiting).toBeGreaterThan(300);
    await Promise.all(flood);
  });

  it('asks the database nothing about what has not the shape of a key', async () => {
    const { authenticator, connection } = await start();
    const asked = vi.spyOn(connection.pool, 'connect');
    for (const key of ['', 'x', 'sk_stra_', `sk_stra_${'a'.repeat(42)}`, `sk_stra_${'ä'.repeat(43)}`]) {
      expect(await ask(authenticator, key)).toBe('api_key_invalid');
      expect(authenticator.peek(key)).toBeUndefined();
    }
    expect(asked).not.toHaveBeenCalled();
  });
});
