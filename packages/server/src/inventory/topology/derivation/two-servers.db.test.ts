import { silentLogger } from '@stratora/runtime';
import { startBackend, startDatabase, type TestBackend, type TestDatabase, waitFor } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DatabaseConnection, openDatabase } from '../../../platform/db/index.ts';
import { reportOf, switchRows } from '../reports/neighbour-report.test-support.ts';
import { takeNeighbourReport } from '../reports/report-intake.ts';

const LIMIT = { timeoutMs: 60_000 };

describe('two servers', () => {
  let server: TestDatabase;
  let database: DatabaseConnection;
  const backends: TestBackend[] = [];

  beforeAll(async () => {
    server = await startDatabase();
    database = openDatabase({ url: server.url, logger: silentLogger() });
    for (let count = 0; count < 2; count += 1) backends.push(await startBackend({ database: server }));
  });
  afterAll(async () => {
    for (const backend of backends) await backend.stop();
    await database?.close();
    await server?.stop();
  });

  async function say(id: string, name: string, ...ports: string[]): Promise<void> {
    const report = reportOf(id, { name, rows: switchRows(...ports) });
    await database.db.transaction().execute((tx) => takeNeighbourReport(tx, report));
  }
  const links = async (backend: TestBackend | undefined) =>
    (await backend?.admin('GET', '/api/v1/topology'))?.links as {
      id: string;
      state: string;
      first_seen_at: string;
    }[];
  const counts = async () => {
    const { rows } = await sql<{ events: number; links: number }>`
      SELECT (SELECT count(*)::int FROM topology_events) AS events, (SELECT count(*)::int FROM derived_links) AS links`.execute(
      database.db,
    );
    return rows[0];
  };

  it('derive once, and the one that takes over goes on from what was written', async () => {
    const [first, second] = backends as [TestBackend, TestBackend];
    const make = async (name: string) =>
      (await first.admin('POST', '/api/v1/nodes', { name, ip_address: `${name}.test`, node_type: 'switch' }))
        .id as string;
    const [core, edge] = [await make('core'), await make('edge')];
    await say(core, 'core', '1 edge 7');
    await say(edge, 'edge', '7 core 1');
    const [before] = await waitFor(async () => {
      const found = await links(second);
      return found.length > 0 && found;
    }, LIMIT);
    expect(await links(first)).toEqual(await links(second));

    // Whichever leads: both leave, and a third takes over.
    for (const backend of backends.splice(0)) await backend.stop();
    backends.push(await startBackend({ database: server }));
    await say(core, 'core', '1 down');
    await say(edge, 'edge', '7 down');
    const [after] = await waitFor(async () => {
      const found = await links(backends[0]);
      return found[0]?.state === 'down' && found;
    }, LIMIT);
    expect(after).toMatchObject({ id: before?.id, first_seen_at: before?.first_seen_at });
    const { rows } = await sql<{ kind: string }>`SELECT kind FROM topology_events ORDER BY id`.execute(
      database.db,
    );
    expect(rows.map(({ kind }) => kind).filter((kind) => kind === 'link_down')).toHaveLength(1);
    expect(await counts()).toMatchObject({ links: 1 });
  });

  it('go on where kept rows are damaged: the node says why, and its links stay', async () => {
    const [backend] = backends as [TestBackend];
    const { items } = await backend.admin('GET', '/api/v1/nodes');
    const core = items.find(({ name }: { name: string }) => name === 'core').id as string;
    await sql`UPDATE neighbour_tables SET kept = ${Buffer.from('damaged')} WHERE node_id = ${core}`.execute(
      database.db,
    );
    for (const each of backends.splice(0)) await each.stop();
    backends.push(await startBackend({ database: server }));
    const told = await waitFor(async () => {
      const found = await backends[0]?.admin('GET', `/api/v1/topology/nodes/${core}`);
      return found.reasons.some((reason: string) => reason.includes('damaged')) && found;
    }, LIMIT);
    expect(told.reasons.join(' ')).toContain('damaged');
    expect(await links(backends[0])).toHaveLength(1);
  });
});
