import { createHmac, randomBytes } from 'node:crypto';
import { setImmediate as immediate } from 'node:timers/promises';
import { silentLogger, systemClock } from '@stratora/runtime';
import { startDatabase } from '@stratora/testkit';
import { ComponentAuthenticator } from '../packages/server/src/components/component-keys/index.ts';
import {
  type DatabaseConnection,
  DatabaseListener,
  openDatabase,
} from '../packages/server/src/platform/db/index.ts';
import { type BenchResult, describeMachine, median, publishResult, spreadOf } from './result.ts';

const KEYS = 10_000;
const RUNS = 5;
const CHECKS = 100_000;
const FRESH_KEYS = 5;
/** Number of requests in flight after a restart: components come over their own 10 s, not in one moment. */
const CALLERS = 64;
const REQUESTS_PER_SECOND = 1_000;

/** Measures the cost of checking API keys: at first use, when known, and all of them at once after a restart. */
export async function run(): Promise<BenchResult> {
  const database = await startDatabase();
  const connection = openDatabase({ url: database.url, logger: silentLogger() });
  const pepper = randomBytes(32);
  try {
    const proved = provedKeys(pepper);
    await insertKeys(connection, proved);
    const keys = proved.map(({ key }) => key);
    const { bcryptMs, runs: fresh } = await measureFirstUse(connection, { url: database.url, pepper });
    const restarts: number[] = [];
    const checks: number[] = [];
    let provedAgain = 0;
    for (let round = 0; round < RUNS; round += 1) {
      const measured = await measureRestart(connection, { url: database.url, keys, pepper });
      restarts.push(measured.seconds);
      checks.push(measured.checkMicroseconds);
      provedAgain += measured.bcryptRuns;
    }
    const cores = checks.map((us) => (us * REQUESTS_PER_SECOND) / 1e6);
    const result: BenchResult = {
      name: 'keys',
      machine: describeMachine(),
      versions: { node: process.version },
      rows: [
        {
          label: 'bcrypt, cost 12: one key',
          value: median(bcryptMs),
          unit: 'ms',
          spread: spreadOf(bcryptMs),
        },
        {
          label: 'check of a known key',
          value: median(checks),
          unit: 'CPU us',
          peer: 'bcrypt on every call',
          ratio: median(checks) / (median(bcryptMs) * 1_000),
          spread: spreadOf(checks),
        },
        {
          label: `auth at ${REQUESTS_PER_SECOND} requests/s`,
          value: median(cores) * 100,
          unit: '% of a core',
          spread: spreadOf(cores.map((share) => share * 100)),
          goal: '<= 1 %',
          met: median(cores) <= 0.01,
        },
        {
          label: `${KEYS} keys after a restart`,
          value: median(restarts),
          unit: 's',
          spread: spreadOf(restarts),
          goal: '<= 10 s',
          met: median(restarts) <= 10,
        },
        {
          label: 'bcrypt runs in those restarts',
          value: provedAgain,
          unit: 'runs',
          goal: '0',
          met: provedAgain === 0,
        },
        {
          label: `bcrypt runs for ${FRESH_KEYS} new keys, each used 20 times`,
          value: fresh,
          unit: 'runs',
          goal: String(FRESH_KEYS),
          met: fresh === FRESH_KEYS,
        },
      ],
      notes: [
        'the real authenticator on a real PostgreSQL; a restart is an authenticator that knows nothing yet',
      ],
    };
    await publishResult(result);
    return result;
  } finally {
    await connection.close();
    await database.stop();
  }
}

interface StoredKey {
  key: string;
  bcrypt: string;
  verifier: Buffer | null;
}

/** Makes keys that were proved before: they are never compared by bcrypt, so its hash does not matter. */
function provedKeys(pepper: Buffer): StoredKey[] {
  return Array.from({ length: KEYS }, () => {
    const key = `sk_stra_${randomBytes(33).toString('base64url').slice(0, 43)}`;
    return { key, bcrypt: '-', verifier: createHmac('sha256', pepper).update(key).digest() };
  });
}

/** Inserts components that own these keys. */
async function insertKeys(connection: DatabaseConnection, keys: readonly StoredKey[]): Promise<void> {
  await connection.pool.query(
    `WITH given AS (
       SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[]) AS t(key_id, key_bcrypt, fast_verifier)
     ), components AS (
       INSERT INTO remote_components (component_type, name, hostname, version, os, arch, approval)
       SELECT 'agent', key_id, 'host-' || encode(key_id::bytea, 'hex'), '1', 'linux', 'x64', 'approved' FROM given
       RETURNING id, name
     )
     INSERT INTO component_keys (key_id, component_id, key_bcrypt, fast_verifier)
     SELECT g.key_id, c.id, g.key_bcrypt, g.fast_verifier FROM given g JOIN components c ON c.name = g.key_id`,
    [
      keys.map(({ key }) => key.slice(8, 19)),
      keys.map(({ bcrypt }) => bcrypt),
      keys.map(({ verifier }) => verifier),
    ],
  );
}

interface Parts {
  url: string;
  pepper: Buffer;
}

async function withAuthenticator<T>(
  connection: DatabaseConnection,
  { url, pepper }: Parts,
  work: (authenticator: ComponentAuthenticator) => Promise<T>,
): Promise<T> {
  const logger = silentLogger();
  const clock = systemClock;
  const listener = new DatabaseListener({ url, clock, logger });
  const authenticator = new ComponentAuthenticator({
    db: connection.db,
    listener,
    clock,
    logger,
    secrets: { apiKeyPepper: pepper },
    hashCost: 12,
  });
  listener.start();
  try {
    return await work(authenticator);
  } finally {
    await listener.stop();
  }
}

function measureRestart(
  connection: DatabaseConnection,
  { keys, ...parts }: Parts & { keys: readonly string[] },
) {
  return withAuthenticator(connection, parts, async (authenticator) => {
    const startedAt = performance.now();
    let next = 0;
    const callers = Array.from({ length: CALLERS }, async () => {
      while (next < keys.length) await authenticator.authenticate(keys[next++] ?? '');
    });
    await Promise.all(callers);
    const seconds = (performance.now() - startedAt) / 1_000;
    const before = process.cpuUsage();
    for (let index = 0; index < CHECKS; index += 1) {
      const identity = authenticator.authenticate(keys[index % keys.length] ?? '');
      if (identity instanceof Promise) await identity;
      // The listener that proves that no change was missed needs its turn, as it has between real requests.
      if (index % 500 === 0) await immediate();
    }
    const { user, system } = process.cpuUsage(before);
    return { seconds, checkMicroseconds: (user + system) / CHECKS, bcryptRuns: authenticator.bcryptRuns };
  });
}

/** Measures new keys, made as by enrolment, each used many times at once. */
async function measureFirstUse(connection: DatabaseConnection, parts: Parts) {
  return withAuthenticator(connection, parts, async (authenticator) => {
    const bcryptMs: number[] = [];
    const keys: StoredKey[] = [];
    for (let index = 0; index < FRESH_KEYS; index += 1) {
      const startedAt = performance.now();
      const { key, bcrypt } = await authenticator.mint();
      bcryptMs.push(performance.now() - startedAt);
      keys.push({ key, bcrypt, verifier: null });
    }
    await insertKeys(connection, keys);
    const calls = Array.from({ length: 20 * FRESH_KEYS }, (_, index) => keys[index % FRESH_KEYS]?.key ?? '');
    await Promise.all(calls.map(async (key) => authenticator.authenticate(key)));
    return { bcryptMs, runs: authenticator.bcryptRuns };
  });
}
