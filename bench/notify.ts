import { silentLogger } from '@stratora/runtime';
import { HttpSink, startDatabase, type TestDatabase, waitFor } from '@stratora/testkit';
import { type AlertChange, AlertWriter } from '../packages/server/src/judge/alerts/index.ts';
import { type DatabaseConnection, openDatabase } from '../packages/server/src/platform/db/index.ts';
import { readTeamBook } from '../packages/server/src/tell/outbox/index.ts';
import { OutboxPlanner } from '../packages/server/src/tell/outbox/outbox-planner.ts';
import {
  insertLooseNotices,
  notifySenders,
} from '../packages/server/src/tell/outbox/outbox-writing-queries.ts';
import { Backend } from './backend.ts';
import { cpuSeconds } from './process-cost.ts';
import {
  type BenchResult,
  describeMachine,
  formatResult,
  median,
  publishResult,
  spreadOf,
} from './result.ts';

/** Part of the whole measure, for a look in between: the result of a part is shown, not kept. */
const SCALE = Number(process.env['STRATORA_BENCH_SCALE'] ?? 1);
const DELIVERIES = Math.ceil(10_000 * SCALE);
const CHANNELS = 20;
const RUNS = 3;
/** Bursts of alerts, as cycles find them. */
const BURSTS = Math.ceil(12 * SCALE);
const BURST_EVERY_MS = 10_000;

/** Measures how fast what waits goes out, each notice a message of its own, and how long notices wait that go out together. */
export async function run(): Promise<BenchResult> {
  const database = await startDatabase({ isDurable: true });
  const connection = openDatabase({ url: database.url, logger: silentLogger() });
  const sink = new HttpSink();
  await sink.start();
  let backend: Backend | undefined;
  try {
    await connection.pool.query(
      "INSERT INTO leases (name, holder, expires_at) VALUES ('evaluation', gen_random_uuid(), 'infinity')",
    );
    backend = await Backend.start({ STRATORA_OUTBOUND_ALLOW: '127.0.0.0/8' }, database);
    const channels = await addChannels(backend, sink.url);
    const singles = [];
    for (let round = 0; round < RUNS; round += 1)
      singles.push(await measureSingles(connection, { backend, database, channels }));
    const grouped = await measureGrouped(connection);
    const rates = singles.map(({ seconds }) => DELIVERIES / seconds);
    const rate = median(rates);
    const cpu = singles.map(({ cpuMs }) => cpuMs / DELIVERIES);
    const result: BenchResult = {
      name: 'notify',
      machine: describeMachine(),
      versions: { node: process.version },
      rows: [
        {
          label: `${DELIVERIES} messages by ${CHANNELS} webhooks`,
          value: rate,
          unit: 'deliveries/s',
          spread: spreadOf(rates),
          goal: '>= 300/s',
          met: rate >= 300,
        },
        {
          label: 'CPU of the server and the database for a message',
          value: median(cpu),
          unit: 'ms',
          spread: spreadOf(cpu),
        },
        { label: 'under grouping: median delay', value: grouped.median, unit: 's' },
        {
          label: 'under grouping: p95 of the delay',
          value: grouped.p95,
          unit: 's',
          goal: '<= 65 s, a minute and what gathers',
          met: grouped.p95 <= 65,
        },
        {
          label: `messages for ${grouped.deliveries} grouped deliveries`,
          value: grouped.messages,
          unit: 'messages',
        },
      ],
      notes: [
        'the real server on a real PostgreSQL with fsync on; the sink, on the same machine, answers at once',
        `grouped: ${BURSTS} bursts, one every ${BURST_EVERY_MS / 1000} s, to every channel`,
      ],
    };
    if (SCALE < 1) process.stdout.write(formatResult(result));
    else await publishResult(result);
    return result;
  } finally {
    await connection.close();
    await backend?.stop();
    await database.stop();
    await sink.stop();
  }
}

async function addChannels(backend: Backend, url: string): Promise<{ id: string; name: string }[]> {
  const channels: { id: string; name: string }[] = [];
  for (let index = 0; index < CHANNELS; index += 1) {
    const name = `sink ${index}`;
    const body = { name, type: 'webhook', max_per_minute: 60_000, config: { url: `${url}/${index}` } };
    const { id } = await backend.call<{ id: string }>('/notification-channels', body);
    channels.push({ id, name });
  }
  return channels;
}

interface Parts {
  backend: Backend;
  database: TestDatabase;
  channels: readonly { id: string; name: string }[];
}

/** Sends notices that are not grouped: tests. */
async function measureSingles(
  { db, pool }: DatabaseConnection,
  { backend, database, channels }: Parts,
): Promise<{ seconds: number; cpuMs: number }> {
  await pool.query('DELETE FROM notification_outbox');
  const pids = [backend.pid, database.pid];
  const cpuBefore = cpuSeconds(pids);
  const notices = Array.from({ length: DELIVERIES }, (_, index) => {
    const { id, name } = channels[index % CHANNELS] ?? { id: '', name: '' };
    return {
      event: 'test' as const,
      subject: `bench ${index}`,
      detail: {},
      teamId: null,
      teamName: null,
      channelId: id,
      channelName: name,
      recipient: 'sink',
    };
  });
  await db.transaction().execute(async (tx) => {
    await insertLooseNotices(tx, notices, new Date());
    await notifySenders(tx);
  });
  const begin = performance.now();
  await waitForSent(pool, DELIVERIES);
  const seconds = (performance.now() - begin) / 1000;
  return { seconds, cpuMs: (cpuSeconds(pids) - cpuBefore) * 1000 };
}

async function waitForSent(pool: DatabaseConnection['pool'], count: number): Promise<void> {
  await waitFor(
    async () => {
      const { rows } = await pool.query<{ sent: number }>(
        "SELECT count(*)::int AS sent FROM notification_outbox WHERE state = 'sent'",
      );
      return rows[0]?.sent === count;
    },
    { timeoutMs: 400_000, everyMs: 250, what: `${count} deliveries` },
  );
}

/** Lets alerts begin in bursts, each of which the default team tells by every channel. */
async function measureGrouped({ db, pool }: DatabaseConnection) {
  await pool.query('DELETE FROM notification_outbox');
  const { rows: nodes } = await pool.query<{ id: string }>(`
    INSERT INTO nodes (name, ip_address, node_type, site_id, template)
    SELECT 'bench', '10.0.0.1', 'server', id, 'ping' FROM sites WHERE is_default RETURNING id`);
  const { rows: definitions } = await pool.query<{ id: string }>('SELECT id FROM alert_definitions LIMIT 1');
  const planner = new OutboxPlanner({ logger: silentLogger(), readTeams: readTeamBook });
  const writer = new AlertWriter((tx, ids, at) => planner.note(tx, ids, at));
  const perBurst = Math.floor(DELIVERIES / CHANNELS / BURSTS);
  for (let burst = 0; burst < BURSTS; burst += 1) {
    const changes = Array.from({ length: perBurst }, (_, index) =>
      triggerOf(`bench:${burst}-${index}`, {
        nodeId: nodes[0]?.id ?? '',
        definitionId: definitions[0]?.id ?? '',
      }),
    );
    await db.transaction().execute((tx) => writer.apply(tx, changes));
    await new Promise((resolve) => {
      setTimeout(resolve, BURST_EVERY_MS);
    });
  }
  const deliveries = perBurst * BURSTS * CHANNELS;
  await waitForSent(pool, deliveries);
  const { rows } = await pool.query<{ median: number; p95: number; messages: number }>(`
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM sent_at - created_at))::float8 AS median,
      percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM sent_at - created_at))::float8 AS p95,
      count(DISTINCT message_key)::int AS messages
    FROM notification_outbox`);
  const [{ median, p95, messages } = { median: Number.NaN, p95: Number.NaN, messages: 0 }] = rows;
  return { median, p95, messages, deliveries };
}

function triggerOf(alertKey: string, of: { nodeId: string; definitionId: string }): AlertChange {
  return {
    subject: { nodeId: of.nodeId, componentId: null },
    alertKey,
    kind: 'trigger',
    definitionId: of.definitionId,
    definitionSlug: 'bench',
    instance: alertKey,
    labels: {},
    severity: 'warning',
    value: 91,
    threshold: 90,
    comparison: '>',
    unit: '%',
    query: 'bench',
    text: undefined,
    startedAt: new Date(),
  };
}
