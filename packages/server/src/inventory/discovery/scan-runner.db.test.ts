import type { CreateDiscoveryJob, DiscoveryJob } from '@stratora/contract';
import { createDiscoveryJobSchema } from '@stratora/contract';
import { silentLogger, systemClock } from '@stratora/runtime';
import { startDatabase, type TestDatabase, waitFor } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SERVER_ACTOR } from '../../platform/audit/index.ts';
import { type DatabaseConnection, openDatabase } from '../../platform/db/index.ts';
import { found } from './discovery-scene.test-support.ts';
import { JobService } from './job-service.ts';
import { type Scan, ScanRunner } from './scan-runner.ts';
import { ScanRuns } from './scan-runs.ts';

const IDENTITY = {
  vendor: null,
  model: null,
  serial: null,
  firmware: null,
  os: null,
  family: null,
  device_type: 'other' as const,
  template: 'ping',
  confidence: 0,
  reasons: [],
};
const PROGRESS = { phase: 'ping', done: 1, total: 4 } as const;

describe('scans from the server', () => {
  let server: TestDatabase;
  let database: DatabaseConnection;
  let runs: ScanRuns;
  let jobs: JobService;
  const runners: ScanRunner[] = [];

  beforeAll(async () => {
    server = await startDatabase();
    const logger = silentLogger();
    database = openDatabase({ url: server.url, logger });
    const { db } = database;
    const identification = { packedRules: '', identifyDevice: async () => IDENTITY };
    runs = new ScanRuns({ db, clock: systemClock, logger, openSecret: () => ({}), identification });
    const onRunsChanged = () => runners.forEach((runner) => runner.hurry());
    jobs = new JobService({ db, clock: systemClock, runs, onRunsChanged });
  });
  afterEach(async () => {
    for (const runner of runners.splice(0)) await end(runner);
    await sql`DELETE FROM discovery_jobs`.execute(database.db);
  });
  afterAll(async () => {
    await database?.close();
    await server?.stop();
  });

  function start(scan: Scan): ScanRunner {
    const { db } = database;
    const runner = new ScanRunner({ db, clock: systemClock, logger: silentLogger(), runs, jobs, scan });
    runners.push(runner);
    runner.loop.start();
    return runner;
  }

  async function end(runner: ScanRunner): Promise<void> {
    await runner.loop.stop();
    await runner.stop();
  }

  function create(more: Partial<CreateDiscoveryJob> = {}): Promise<DiscoveryJob> {
    const body = createDiscoveryJobSchema.parse({ name: 'a scan', targets: ['192.0.2.0/29'], ...more });
    return jobs.create(SERVER_ACTOR, body);
  }

  const until = (id: string, is: (job: DiscoveryJob) => boolean) =>
    waitFor(
      async () => {
        const job = await jobs.get(id);
        return is(job) ? job : undefined;
      },
      { what: 'a job as it is to be', timeoutMs: 60_000 },
    );

  /** A scan that finds one device in each part, and ends after four; or hangs after some. */
  const scripted =
    (seen: (string | null)[], hangsAfter = 4): Scan =>
    async ({ cursor, next_part }, { signal, take }) => {
      seen.push(cursor);
      for (let part = next_part; part < 4; part += 1) {
        const devices = [found({ address: `192.0.2.${part + 1}` })];
        if (part >= hangsAfter) {
          await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
          return;
        }
        const isLast = part === 3;
        const ending = isLast ? { end: { how: 'done' as const, message: null } } : {};
        if (!(await take({ part, progress: PROGRESS, cursor: `${part}`, devices, ...ending }))) return;
      }
    };

  it('run to their end in the background', async () => {
    start(scripted([]));
    const { id } = await create();
    const done = await until(id, ({ status }) => status === 'done');
    expect(done).toMatchObject({ devices: { new: 4 }, run: { resumed: 0 }, progress: { found: 4 } });
  });

  it('go on at their cursor when another server takes over, with nothing twice', async () => {
    const seen: (string | null)[] = [];
    const first = start(scripted(seen, 2));
    const { id } = await create();
    await until(id, ({ progress }) => progress.found === 2);
    await end(first);
    expect(await jobs.get(id)).toMatchObject({ status: 'running' });
    start(scripted(seen));
    const done = await until(id, ({ status }) => status === 'done');
    expect(seen).toEqual([null, '1']);
    expect(done).toMatchObject({ devices: { new: 4 }, run: { resumed: 1 } });
  });

  it('of a server that was thought dead are heard no more', async () => {
    const { id } = await create();
    const { run } = await jobs.get(id);
    const runId = run?.id ?? '';
    const begin = () => database.db.transaction().execute((tx) => runs.begin(tx, runId));
    const [old, successor] = [await begin(), await begin()];
    if (old.kind !== 'order' || successor.kind !== 'order') throw new Error('no order');
    const part = { part: 0, progress: PROGRESS, cursor: 'x', devices: [found({ address: '192.0.2.1' })] };
    const take = (attempt: number) =>
      database.db.transaction().execute((tx) => runs.take(tx, runId, part, attempt));
    expect([await take(old.attempt), await take(successor.attempt)]).toEqual([false, true]);
    expect((await jobs.get(id)).devices.new).toBe(1);
  });

  it('are given up after they were broken off several times at one place', async () => {
    const { id } = await create();
    const runId = (await jobs.get(id)).run?.id ?? '';
    for (let tries = 0; tries < 7; tries += 1)
      await database.db.transaction().execute((tx) => runs.begin(tx, runId));
    expect(await jobs.get(id)).toMatchObject({
      status: 'failed',
      message: 'The scan was broken off 5 times in a row without getting any further.',
    });
  });

  it('that break or end without a word have failed, in words', async () => {
    let isLoud = true;
    start(async () => {
      if (isLoud) throw new Error('fping is not there');
    });
    const loud = await create();
    expect(await until(loud.id, ({ status }) => status === 'failed')).toMatchObject({
      message: 'The scan failed: fping is not there.',
    });
    isLoud = false;
    const silent = await create();
    expect(await until(silent.id, ({ status }) => status === 'failed')).toMatchObject({
      message: 'The scan ended without saying how.',
    });
  });

  it('are cancelled at once', async () => {
    let isAborted = false;
    start(async (_, { signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      isAborted = true;
    });
    const { id } = await create();
    await until(id, ({ status }) => status === 'running');
    expect(await jobs.cancel(SERVER_ACTOR, id)).toMatchObject({ status: 'cancelled' });
    await waitFor(() => isAborted, { what: 'the end of the scan' });
  });

  it('begin by themselves when their time has come, once for each time', async () => {
    start(scripted([]));
    const schedule = { rrule: 'FREQ=DAILY', timezone: 'Europe/Berlin' };
    const { id, next_run_at } = await create({ schedule, start: false });
    expect(Date.parse(next_run_at ?? '')).toBeGreaterThan(Date.now());
    await sql`UPDATE discovery_jobs SET next_run_at = now() - interval '2 days' WHERE id = ${id}`.execute(
      database.db,
    );
    const done = await until(id, ({ status, run }) => run !== null && status === 'done');
    expect(done.run).toMatchObject({ number: 1, trigger: 'schedule' });
    expect(Date.parse(done.next_run_at ?? '')).toBeGreaterThan(Date.now());
  });

  it('are of one server where several run', async () => {
    const seen: (string | null)[] = [];
    for (let made = 0; made < 3; made += 1) start(scripted(seen));
    const { id } = await create();
    await until(id, ({ status }) => status === 'done');
    expect(seen).toEqual([null]);
  });
});
