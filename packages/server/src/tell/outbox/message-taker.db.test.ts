import { silentLogger } from '@stratora/runtime';
import { ManualClock, startDatabase, type TestDatabase } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type DatabaseConnection, openDatabase } from '../../platform/db/index.ts';
import { ON_CALL_LANE } from './lane-queries.ts';
import { MessageTaker, type Taken } from './message-taker.ts';
import { insertLooseNotices } from './outbox-writing-queries.ts';

const AT = new Date('2026-11-02T10:00:00Z');
const NOTICES = 250;

let server: TestDatabase;
let connection: DatabaseConnection;
beforeAll(async () => {
  server = await startDatabase();
  connection = openDatabase({ url: server.url, logger: silentLogger() });
});
afterAll(async () => {
  await connection?.close();
  await server?.stop();
});
beforeEach(async () => {
  await sql`DELETE FROM notification_outbox`.execute(connection.db);
  await sql`DELETE FROM notification_lanes`.execute(connection.db);
  const notices = Array.from({ length: NOTICES }, (_, index) => ({
    event: 'test' as const,
    subject: String(index),
    detail: {},
    teamId: null,
    teamName: null,
    channelId: null,
    channelName: 'mail',
    recipient: 'ada@example.com',
  }));
  await connection.db.transaction().execute((tx) => insertLooseNotices(tx, notices, AT));
  await sql`UPDATE notification_outbox SET created_at = created_at + subject::int * interval '1 ms'`.execute(
    connection.db,
  );
});

const warned: unknown[] = [];

function takerOf(): MessageTaker {
  const clock = new ManualClock(AT.getTime());
  const logger = { warn: (...words: unknown[]) => void warned.push(words) };
  return new MessageTaker({ db: connection.db, clock, logger, time: async () => AT });
}

async function subjectsOf(taken: Taken): Promise<string[]> {
  const ids = taken.messages.flatMap(({ notices }) => notices.map(({ id }) => id));
  const { rows } = await sql<{ subject: string }>`
    SELECT subject FROM notification_outbox WHERE id = ANY(${ids}::uuid[]) ORDER BY created_at`.execute(
    connection.db,
  );
  return rows.map(({ subject }) => subject);
}

/** Takes once, and says of which subjects. */
async function take(): Promise<string[]> {
  return subjectsOf(await takerOf().take(ON_CALL_LANE));
}

const acceptedOf = ({ messages }: Taken) =>
  messages.map(({ key, lease }) => ({ key, token: lease.token, detail: `said of ${key}` }));

/** Lists subjects of what was sent, and whether each has its own word. */
async function listSent(): Promise<string[]> {
  const { rows } = await sql<{ subject: string }>`
    SELECT subject FROM notification_outbox WHERE state = 'sent' AND message = 'said of ' || message_key
    ORDER BY created_at`.execute(connection.db);
  return rows.map(({ subject }) => subject);
}

it('four messages are taken at once, the oldest first, and no more before one comes to its end', async () => {
  expect(await take()).toEqual(['0', '1', '2', '3']);
  expect(await take()).toEqual([]);
  await sql`DELETE FROM notification_outbox WHERE subject = '2'`.execute(connection.db);
  expect(await take()).toEqual(['4']);
});

it('what is on its way counts, wherever it stands in the queue', async () => {
  await take();
  await sql`UPDATE notification_outbox SET created_at = created_at + interval '1 minute' WHERE state = 'sending'`.execute(
    connection.db,
  );
  expect(await take()).toEqual([]);
});

it('many messages whose next try is later do not keep those after them from being taken', async () => {
  await take();
  await sql`UPDATE notification_outbox SET due_at = due_at + interval '1 minute' WHERE subject::int < 230`.execute(
    connection.db,
  );
  await sql`DELETE FROM notification_outbox WHERE state = 'sending'`.execute(connection.db);
  expect(await take()).toEqual(['230', '231', '232', '233']);
});

it('a message of many notices does not hide those after it', async () => {
  await take();
  await sql`
    UPDATE notification_outbox SET state = 'queued', lease_token = NULL, leased_until = NULL, attempts = 0,
      message_key = (SELECT id FROM notification_outbox WHERE subject = first.subject)
    FROM (VALUES ('0', 0, 119), ('120', 120, 239), ('240', 240, 249)) AS first (subject, low, high)
    WHERE notification_outbox.subject::int BETWEEN first.low AND first.high`.execute(connection.db);
  expect(await take()).toHaveLength(NOTICES);
});

it('what was accepted is noted with the next take, which takes as many in its place', async () => {
  const taker = takerOf();
  const first = await taker.take(ON_CALL_LANE);
  const accepted = acceptedOf(first);
  const next = await taker.take(ON_CALL_LANE, accepted.slice(0, 3));
  expect(next.noted).toEqual(accepted.slice(0, 3));
  expect(await subjectsOf(next)).toEqual(['4', '5', '6']);
  expect(await listSent()).toEqual(['0', '1', '2']);
});

it('what was accepted is noted also while another server has the lane', async () => {
  const taker = takerOf();
  const accepted = acceptedOf(await taker.take(ON_CALL_LANE));
  await connection.db.transaction().execute(async (tx) => {
    await sql`SELECT FROM notification_lanes FOR UPDATE`.execute(tx);
    const next = await taker.take(ON_CALL_LANE, accepted);
    expect({ noted: next.noted.length, messages: next.messages }).toEqual({ noted: 4, messages: [] });
  });
  expect(await listSent()).toEqual(['0', '1', '2', '3']);
});

it('what another server took meanwhile is not noted, and said', async () => {
  const taker = takerOf();
  const accepted = acceptedOf(await taker.take(ON_CALL_LANE));
  await sql`UPDATE notification_outbox SET lease_token = gen_random_uuid() WHERE subject = '1'`.execute(
    connection.db,
  );
  warned.length = 0;
  await taker.note(ON_CALL_LANE, accepted);
  expect(await listSent()).toEqual(['0', '2', '3']);
  expect(warned).toEqual([[{ key: accepted[1]?.key }, 'a message was sent after its lease had ended']]);
});
