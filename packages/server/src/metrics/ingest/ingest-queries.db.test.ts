import { silentLogger } from '@stratora/runtime';
import { ManualClock, startDatabase, type TestDatabase } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addTallies, type IngestTally } from '../../components/component-reports/index.ts';
import { type DatabaseConnection, openDatabase } from '../../platform/db/index.ts';
import { IngestDiagnosticsLog } from './ingest-diagnostics.ts';
import { listOwnNodes } from './ingest-queries.ts';
import { LineScreen } from './line-screen.ts';
import { tagValue } from './own-tags.ts';

let database: TestDatabase;
let connection: DatabaseConnection;

beforeAll(async () => {
  database = await startDatabase();
  connection = openDatabase({ url: database.url, logger: silentLogger() });
});

afterAll(async () => {
  await connection.close();
  await database.stop();
});

async function addComponent(type: string, hostname: string): Promise<string> {
  const row = await connection.db
    .insertInto('remote_components')
    .values({
      component_type: type,
      name: hostname,
      hostname,
      version: '1',
      os: 'linux',
      arch: 'x64',
      approval: 'approved',
    } as never)
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

async function addNode(name: string, owner: { collector_id?: string; agent_id?: string }): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    INSERT INTO nodes (name, ip_address, node_type, site_id, template, collector_id, agent_id)
    SELECT ${name}, '10.0.0.1', 'server', id, 'ping', ${owner.collector_id ?? null}, ${owner.agent_id ?? null}
    FROM sites WHERE is_default RETURNING id`.execute(connection.db);
  return rows[0]?.id ?? '';
}

const tally = (component_id: string, more: Partial<IngestTally>): IngestTally => ({
  component_id,
  lines_accepted: 0,
  lines_rejected: 0,
  rejected_by_reason: {},
  last_ingest_at: null,
  last_rejection: null,
  ...more,
});

function stateOf(id: string) {
  return connection.db
    .selectFrom('component_states')
    .select(['lines_accepted', 'lines_rejected', 'rejected_by_reason', 'last_ingest_at', 'last_rejection'])
    .where('component_id', '=', id)
    .executeTakeFirst();
}

test('a collector has the nodes that it polls, an agent its own', async () => {
  const collector = await addComponent('collector', 'c1');
  const agent = await addComponent('agent', 'a1');
  const polled = [
    await addNode('n1', { collector_id: collector }),
    await addNode('n2', { collector_id: collector }),
  ];
  const own = await addNode('n3', { agent_id: agent });
  await addNode('n4', {});
  const ofCollector = await listOwnNodes(connection.db, collector);
  expect(ofCollector.map(({ id }) => id).sort()).toEqual(polled.sort());
  expect(await listOwnNodes(connection.db, agent)).toEqual([{ id: own, name: 'n3' }]);
});

test('tallies add up, by reason, and the last rejection stays until there is another', async () => {
  const first = await addComponent('collector', 'c2');
  const second = await addComponent('collector', 'c3');
  const gone = '0190a1b2-c3d4-7e5f-8a9b-00000000dead';
  await addTallies(connection.db, [
    tally(first, {
      lines_accepted: 10,
      lines_rejected: 3,
      rejected_by_reason: { bad_tag: 1, node_foreign: 2 },
      last_ingest_at: '2026-01-01T00:00:00.000Z',
      last_rejection: 'line 1: bad_tag',
    }),
    tally(second, { lines_accepted: 1 }),
    tally(gone, { lines_accepted: 99 }),
  ]);
  await addTallies(connection.db, [
    tally(first, {
      lines_accepted: 5,
      rejected_by_reason: { node_foreign: 5, bad_utf8: 1 },
      lines_rejected: 6,
    }),
  ]);
  await addTallies(connection.db, [tally(first, { lines_accepted: 1 })]);
  expect(await stateOf(first)).toEqual({
    lines_accepted: '16',
    lines_rejected: '9',
    rejected_by_reason: { bad_tag: 1, node_foreign: 7, bad_utf8: 1 },
    last_ingest_at: new Date('2026-01-01T00:00:00.000Z'),
    last_rejection: 'line 1: bad_tag',
  });
  expect(await stateOf(second)).toMatchObject({ lines_accepted: '1', rejected_by_reason: {} });
  expect(await stateOf(gone)).toBeUndefined();
});

test('counts wait while the database is away and are written once', async () => {
  const id = await addComponent('collector', 'c4');
  const clock = new ManualClock();
  let isAway = true;
  const log = new IngestDiagnosticsLog({
    addTallies: async (tallies) => {
      if (isAway) throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
      await addTallies(connection.db, tallies);
    },
    logger: silentLogger(),
    clock,
  });
  const screened = new LineScreen().screen(Buffer.from('m,node_id=n f=1\nbad\nm,node_id=x f=1\n'), 'ns', {
    nodes: new Map([['n', tagValue('node')]]),
    defaultNode: undefined,
    nowMs: 0,
    maxTags: 40,
    newestMs: 0,
    oldestMs: 0,
  });
  log.loop.start();
  log.countRejected(id, screened);
  log.countAccepted(id, screened, 0);
  await clock.advance(11_000);
  isAway = false;
  log.countAccepted(id, screened, 0);
  await log.stop();
  await log.stop();
  expect(await stateOf(id)).toMatchObject({
    lines_accepted: '2',
    lines_rejected: '2',
    rejected_by_reason: { bad_measurement: 1, node_foreign: 1 },
    last_rejection: 'line 2: bad_measurement',
  });
});
