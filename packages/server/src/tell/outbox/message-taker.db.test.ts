import { silentLogger } from '@stratora/runtime';
import { ManualClock, startDatabase, type TestDatabase } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type DatabaseConnection, openDatabase } from '../../platform/db/index.ts';
import { ON_CALL_LANE } from './lane-queries.ts';
import { MessageTaker } from './message-taker.ts';
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

/** Takes once, and says of which subjects. */
async function take(): Promise<string[]> {
  const taker = new MessageTaker({
    db: connection.db,
    clock: new ManualClock(AT.getTime()),
    logger: silentLogger(),
    time: async () => AT,
  });
  const { messages } = await taker.take(ON_CALL_LANE);
  const ids = messages.flatMap(({ notices }) => notices.map(({ id }) => id));
  const { rows } = await sql<{ subject: string }>`
    SELECT subject FROM notification_outbox WHERE id = ANY(${ids}::uuid[]) ORDER BY created_at`.execute(
    connection.db,
  );
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
