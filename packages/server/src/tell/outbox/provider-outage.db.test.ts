import { OutboundGuard, silentLogger } from '@stratora/runtime';
import {
  freeTcpPort,
  HttpSink,
  MailSink,
  ManualClock,
  startDatabase,
  type TestDatabase,
} from '@stratora/testkit';
import { sql } from 'kysely';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AlertChange } from '../../judge/alerts/index.ts';
import { type DatabaseConnection, openDatabase } from '../../platform/db/index.ts';
import { KeyRing, RecordSealer } from '../../platform/secrets/index.ts';
import { type ChannelsModule, createChannels } from '../channels/index.ts';
import { OutboxServer } from './outbox-server.test-support.ts';
import { teamOf, triggerOf } from './outbox-timeline.test-support.ts';
import { teamBookOf } from './team-book-of.ts';

const BEGIN = Date.parse('2026-11-02T10:00:00Z');
/** Seconds of the begin at which the provider is lost, and at which it is back. */
const [LOST, BACK, END] = [60, 3660, 3960];
const ALERTS = 40;
const PEOPLE = ['ada@example.com', 'bob@example.com'];
const keys = new KeyRing(new Map([[1, '11'.repeat(32)]]));

/** What arrived at somebody, and in which second. */
interface Arrival {
  readonly second: number;
  readonly to: string;
  readonly key: string;
  /** Ids of its alerts; of posts with the event. */
  readonly text: string;
}

const hook = new HttpSink();
const clock = new ManualClock(BEGIN);
let mail: MailSink & { readonly port: number };
let database: TestDatabase;
let connection: DatabaseConnection;
let channels: ChannelsModule;
let server: OutboxServer;
let nodeId: string;
let definitionId: string;
let closedPort: number;
let isMailAway = false;

beforeAll(async () => {
  await hook.start();
  mail = await MailSink.start();
  closedPort = await freeTcpPort();
  database = await startDatabase();
  connection = openDatabase({ url: database.url, logger: silentLogger() });
  channels = createChannels({
    db: connection.db,
    keys,
    clock,
    logger: silentLogger(),
    version: '0',
    guard: new OutboundGuard({ allow: ['127.0.0.0/8'] }),
    mailServer: () => ({
      host: '127.0.0.1',
      port: isMailAway ? closedPort : mail.port,
      security: 'none',
      username: null,
      password: null,
      from: 'stratora@example.com',
      ca_pem: null,
    }),
    publicOrigin: () => 'https://stratora.test',
    queue: {
      enqueueTest: () => Promise.reject(new Error('no tests here')),
      countQueued: async () => new Map(),
    },
  });
  server = await serverOf(
    new Map([
      [
        'hook',
        await addChannel('hook', 'webhook', { url: `${hook.url}/`, headers: {}, signing_secret: null }, [
          'hook',
        ]),
      ],
      ['mail', await addChannel('mail', 'email', { to: PEOPLE }, PEOPLE)],
    ]),
  );
  nodeId = await inserted(sql`INSERT INTO nodes (name, ip_address, node_type, site_id, template)
    SELECT 'core', '10.0.0.1', 'server', id, 'ping' FROM sites WHERE is_default RETURNING id`);
  definitionId =
    await inserted(sql`INSERT INTO alert_definitions (slug, name, kind, expr, comparison, warning,
      duration_seconds, clear_after_seconds, no_data, seen_good, enabled)
    VALUES ('load', 'Load', 'metric', 'load', '>', 1, 0, 20, 'hold', false, true) RETURNING id`);
});
afterAll(async () => {
  await channels?.stop?.();
  await connection?.close();
  await database?.stop();
  await mail?.stop();
  await hook.stop();
});

async function inserted(statement: ReturnType<typeof sql>): Promise<string> {
  const { rows } = await statement.execute(connection.db);
  return (rows[0] as { id: string }).id;
}

async function addChannel(name: string, type: string, config: object, recipients: string[]): Promise<string> {
  const id = await inserted(sql`SELECT stratora_uuidv7() AS id`);
  const { body, keyVersion } = new RecordSealer(keys, 'notification_channel').seal(id, type, config);
  return inserted(sql`
    INSERT INTO notification_channels (id, name, type, enabled, max_per_minute, config, key_version, shown_config, recipients)
    VALUES (${id}, ${name}, ${type}, true, 60, ${body}, ${keyVersion}, '{}', ${JSON.stringify(recipients)}) RETURNING id`);
}

async function serverOf(ids: ReadonlyMap<string, string>): Promise<OutboxServer> {
  const ways = [
    { name: 'hook', type: 'webhook' as const, recipients: ['hook'] },
    { name: 'mail', type: 'email' as const, recipients: PEOPLE },
  ];
  const booked = ways.map((way) => ({ ...way, id: ids.get(way.name) ?? '', enabled: true }));
  const team = teamOf({ steps: [{ after: 0, by: ['hook', 'mail'] }] }, 0, ids);
  const book = teamBookOf({ teams: [team], channels: booked, persons: new Map() });
  return new OutboxServer(connection.db, { clock, book, sender: channels });
}

const at = (second: number) => new Date(BEGIN + second * 1000);
const refOf = (name: string) => ({ subject: { nodeId, componentId: null }, alertKey: `load:${name}` });

async function change(name: string, what: 'trigger' | 'resolve', second: number): Promise<string> {
  const one: AlertChange =
    what === 'resolve'
      ? { ...refOf(name), kind: 'resolve', value: 0, reason: undefined }
      : triggerOf(refOf(name), {
          definitionId,
          severity: 'warning',
          startedAt: at(second),
          value: 3,
          threshold: 1,
        });
  const ids = await server.apply([one], at(second));
  return [...ids.values()][0] ?? '';
}

it('what is still relevant after an hour without the provider arrives within a minute, the rest is merged', async () => {
  const ids = new Map<string, string>();
  const arrived: Arrival[] = [];
  const [seen, opened] = [{ count: 0 }, { count: 0 }];
  /** Reads what arrived since the last time. */
  async function receive(second: number): Promise<void> {
    for (const { body, headers } of hook.requests.slice(seen.count)) {
      const { details } = JSON.parse(body) as {
        details: { alerts: { alert_id: string; details: { event: string } }[] };
      };
      const text = details.alerts.map((one) => `${one.alert_id}:${one.details.event}`).join(' ');
      arrived.push({ second, to: 'hook', key: String(headers['idempotency-key']), text });
    }
    seen.count = hook.requests.length;
    for (const { raw, to } of mail.mails.slice(opened.count)) {
      const { text = '', messageId = '' } = await simpleParser(raw);
      arrived.push({ second, to: to.join(), key: messageId, text });
    }
    opened.count = mail.mails.length;
  }

  /** What happens in a second: `early` was told before and ends meanwhile; of the others every second one ends ten minutes later. */
  async function happen(second: number): Promise<void> {
    if (second === LOST) {
      await hook.stop();
      isMailAway = true;
      await channels.stop?.();
    }
    if (second === BACK) {
      await hook.start();
      isMailAway = false;
    }
    if (second === 0) ids.set('early', await change('early', 'trigger', second));
    if (second === 1800) await change('early', 'resolve', second);
    const index = second / 60 - 2;
    if (Number.isInteger(index) && index >= 0 && index < ALERTS)
      ids.set(`a${index}`, await change(`a${index}`, 'trigger', second));
    if (Number.isInteger(index) && index >= 10 && index < ALERTS + 10 && index % 2 === 1)
      await change(`a${index - 10}`, 'resolve', second);
  }

  for (let second = 0; second <= END; second += second >= LOST && second < BACK ? 15 : 5) {
    await clock.advance(Math.max(0, second * 1000 - clock.monotonic()));
    await happen(second);
    await server.tick();
    await receive(second);
  }

  const told = (to: string, name: string) =>
    arrived.filter((one) => one.to === to && one.text.includes(ids.get(name) ?? '-'));
  const relevant = Array.from({ length: ALERTS }, (_, index) => index).filter((index) => index % 2 === 0);
  for (const to of ['hook', ...PEOPLE]) {
    // Told before, and its end when there is a way again.
    const early = told(to, 'early').map(({ second }) => second);
    expect(early, to).toHaveLength(2);
    expect(early[0], to).toBeLessThan(LOST);
    expect(early[1], to).toBeGreaterThanOrEqual(BACK);
    for (const index of relevant) {
      const times = told(to, `a${index}`).map(({ second }) => second);
      expect(times, `${to} a${index}`).toHaveLength(1);
      expect(times[0], `${to} a${index}`).toBeGreaterThanOrEqual(BACK);
      expect(times[0], `${to} a${index}`).toBeLessThanOrEqual(BACK + 60);
    }
    expect(early[1], to).toBeLessThanOrEqual(BACK + 60);
    for (let index = 1; index < ALERTS; index += 2)
      expect(told(to, `a${index}`), `${to} a${index}`).toEqual([]);
  }
  expect(new Set(arrived.map(({ to, key }) => `${to} ${key}`)).size).toBe(arrived.length);
  const { rows } = await sql<{ event: string; state: string; reason: string | null; count: number }>`
    SELECT event, state, reason, count(*)::int AS count FROM notification_outbox GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`.execute(
    connection.db,
  );
  const recipients = 1 + PEOPLE.length;
  expect(rows).toEqual([
    { event: 'resolved', state: 'sent', reason: null, count: recipients },
    { event: 'triggered', state: 'merged', reason: 'resolved_before', count: (ALERTS / 2) * recipients },
    { event: 'triggered', state: 'sent', reason: null, count: (ALERTS / 2 + 1) * recipients },
  ]);
}, 240_000);
