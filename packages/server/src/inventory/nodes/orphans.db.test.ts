import { silentLogger } from '@stratora/runtime';
import { startDatabase, type TestDatabase, waitFor } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DatabaseConnection, openDatabase } from '../../platform/db/index.ts';
import { adoptOrphans } from './node-collector.ts';
import { findDefaultCollector } from './node-collector-queries.ts';
import { insertNode } from './node-writing-queries.ts';

describe('nodes that nobody polls', () => {
  let server: TestDatabase;
  let database: DatabaseConnection;
  let [local, other] = ['', ''];

  beforeAll(async () => {
    server = await startDatabase();
    database = openDatabase({ url: server.url, logger: silentLogger() });
    local = await addCollector('here', true);
    other = await addCollector('there', false);
    await sql`
      WITH version AS (INSERT INTO device_template_versions (hash, gathered_by, inputs, metrics)
        VALUES ('h', 'agent', '[]', '[]') RETURNING hash)
      INSERT INTO device_templates (slug, hash, own) SELECT 'linux-agent', hash, '{}' FROM version`.execute(
      database.db,
    );
  });
  afterAll(async () => {
    await database?.close();
    await server?.stop();
  });

  async function addCollector(name: string, isLocal: boolean): Promise<string> {
    const row = await database.db
      .insertInto('remote_components')
      .values({
        component_type: 'collector',
        name,
        hostname: name,
        version: '1',
        os: 'linux',
        arch: 'x64',
        approval: 'approved',
        is_local: isLocal,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  }

  /** With what a report left that came while the node was taken from its collector. */
  async function addNode(name: string, collectorId: string | null, template = 'ping'): Promise<string> {
    const { rows } = await sql<{ id: string }>`
      INSERT INTO nodes (name, ip_address, node_type, site_id, template, collector_id, collector_chosen)
      SELECT ${name}, '10.0.0.1', 'server', id, ${template}, ${collectorId}, true FROM sites WHERE is_default
      RETURNING id`.execute(database.db);
    const id = rows[0]?.id ?? '';
    await sql`UPDATE node_states SET status = 'critical', status_reason = 'no answer' WHERE node_id = ${id}`.execute(
      database.db,
    );
    await database.db
      .insertInto('collector_targets')
      .values({ node_id: id, input: 'ping', component_id: other, status: 'error', message: 'no answer' })
      .execute();
    return id;
  }

  async function look(id: string) {
    const { rows } = await sql`
      SELECT n.collector_id, n.collector_chosen, s.status, s.status_reason,
        (SELECT count(*)::int FROM collector_targets t WHERE t.node_id = n.id) AS targets
      FROM nodes n JOIN node_states s ON s.node_id = n.id WHERE n.id = ${id}`.execute(database.db);
    return rows[0];
  }

  it("start over with the server's own collector; those that somebody polls or an agent reported stay", async () => {
    const orphan = await addNode('orphan', null);
    const polled = await addNode('polled', other);
    const reported = await addNode('reported', null, 'linux-agent');
    const adopted = await database.db.transaction().execute((tx) => adoptOrphans(tx, local));
    expect(adopted).toEqual([orphan]);
    expect(await look(orphan)).toEqual({
      collector_id: local,
      collector_chosen: false,
      status: 'discovering',
      status_reason: null,
      targets: 0,
    });
    expect(await look(polled)).toMatchObject({ collector_id: other, status: 'critical', targets: 1 });
    expect(await look(reported)).toMatchObject({ collector_id: null, status: 'critical', targets: 1 });
  });

  it('are found though they are added while the collector comes', async () => {
    const { db } = database;
    const approve = (approval: 'approved' | 'pending') =>
      sql`UPDATE remote_components SET approval = ${approval} WHERE id = ${local}`;
    await approve('pending').execute(db);
    const { rows: sites } = await sql<{ id: string }>`SELECT id FROM sites WHERE is_default`.execute(db);
    const siteId = sites[0]?.id ?? '';
    const [isAdded, mayCommit] = [Promise.withResolvers<string>(), Promise.withResolvers<void>()];
    const adding = db.transaction().execute(async (tx) => {
      const collectorId = await findDefaultCollector(tx, siteId);
      const input = { name: 'late', ip_address: '10.0.0.9', node_type: 'server', template: 'ping' } as const;
      isAdded.resolve(await insertNode(tx, { ...input, snmp_port: 161 }, { siteId, collectorId }));
      await mayCommit.promise;
    });
    const late = await isAdded.promise;
    let hasCome = false;
    const coming = db.transaction().execute(async (tx) => {
      await approve('approved').execute(tx);
      const adopted = await adoptOrphans(tx, local);
      hasCome = true;
      return adopted;
    });
    await waitFor(async () => {
      const { rows } = await sql`SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`.execute(
        db,
      );
      return rows.length > 0 || hasCome;
    });
    mayCommit.resolve();
    await adding;
    expect(await coming).toEqual([late]);
    expect(await look(late)).toMatchObject({ collector_id: local, status: 'discovering' });
  });
});
