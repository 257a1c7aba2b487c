import { silentLogger } from '@stratora/runtime';
import { startDatabase, type TestDatabase, waitFor } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DatabaseConnection, openDatabase, type Tx } from '../../platform/db/index.ts';
import { forgetTargets, keepTargets, resetNodeStates } from './index.ts';

describe('what gathering met', () => {
  let server: TestDatabase;
  let database: DatabaseConnection;
  let collector = '';

  beforeAll(async () => {
    server = await startDatabase();
    database = openDatabase({ url: server.url, logger: silentLogger() });
    const { rows } = await sql<{ id: string }>`
      INSERT INTO remote_components (component_type, name, hostname, version, os, arch, approval)
      VALUES ('collector', 'c', 'c', '1', 'linux', 'x64', 'approved') RETURNING id`.execute(database.db);
    collector = rows[0]?.id ?? '';
  });
  afterAll(async () => {
    await database?.close();
    await server?.stop();
  });

  async function addNode(name: string, collectorId: string | null): Promise<string> {
    const { rows } = await sql<{ id: string }>`
      INSERT INTO nodes (name, ip_address, node_type, site_id, template, collector_id)
      SELECT ${name}, '10.0.0.1', 'server', id, 'ping', ${collectorId} FROM sites WHERE is_default
      RETURNING id`.execute(database.db);
    return rows[0]?.id ?? '';
  }

  const met = (node_id: string, status: 'ok' | 'timeout', message = '') => ({
    node_id,
    input: 'ping',
    status,
    message,
  });
  const keep = (...targets: (ReturnType<typeof met> & { detail?: string })[]) =>
    database.db.transaction().execute((tx) => keepTargets(tx, collector, targets));
  const look = (id: string) =>
    database.db
      .selectFrom('collector_targets')
      .select(['status', 'message', 'since', sql<string>`xmin::text`.as('writer')])
      .where('node_id', '=', id)
      .executeTakeFirst();

  it('is kept of nodes of the component alone; of two words on one target the last one counts', async () => {
    const [own, foreign] = [await addNode('own', collector), await addNode('foreign', null)];
    await keep(met(own, 'ok'), met(foreign, 'ok'), met(own, 'timeout', 'no answer'));
    expect(await look(own)).toMatchObject({ status: 'timeout', message: 'no answer' });
    expect(await look(foreign)).toBeUndefined();
  });

  it('has what the engine said itself, and is forgotten with the input', async () => {
    const id = await addNode('told', collector);
    await keep({ ...met(id, 'timeout', 'no answer'), detail: 'i/o timeout' });
    const details = () =>
      database.db.selectFrom('collector_targets').select('detail').where('node_id', '=', id).execute();
    expect(await details()).toEqual([{ detail: 'i/o timeout' }]);
    await keep(met(id, 'ok'));
    expect(await details()).toEqual([{ detail: '' }]);
    await database.db.transaction().execute((tx) => forgetTargets(tx, id, ['snmp']));
    expect(await details()).toHaveLength(1);
    await database.db.transaction().execute((tx) => forgetTargets(tx, id, ['snmp', 'ping']));
    expect(await details()).toEqual([]);
  });

  it('has the time of its last change of status, and is not written again where nothing is new', async () => {
    const id = await addNode('steady', collector);
    await keep(met(id, 'timeout', 'no answer'));
    const first = await look(id);
    await keep(met(id, 'timeout', 'no answer'));
    expect(await look(id)).toEqual(first);
    await keep(met(id, 'timeout', 'no route'));
    expect(await look(id)).toMatchObject({ message: 'no route', since: first?.since });
    await database.db
      .updateTable('collector_targets')
      .set({ since: new Date(0) })
      .where('node_id', '=', id)
      .execute();
    await keep(met(id, 'ok'));
    expect((await look(id))?.since.getTime()).toBeGreaterThan(0);
  });

  it('is not kept of a node that was changed after the config that met it was made', async () => {
    for (const forget of [
      (tx: Tx, id: string) => resetNodeStates(tx, [id]),
      (tx: Tx, id: string) => forgetTargets(tx, id, ['ping']),
    ]) {
      const id = await addNode('changed', collector);
      const keepOf = (madeAt?: Date) =>
        database.db
          .transaction()
          .execute((tx) => keepTargets(tx, collector, [met(id, 'timeout', 'no answer')], madeAt));
      const before = new Date(Date.now() - 1000);
      await keepOf(before);
      expect(await look(id)).toBeDefined();
      await database.db.transaction().execute((tx) => forget(tx, id));
      await keepOf(before);
      expect(await look(id)).toBeUndefined();
      await keepOf();
      expect(await look(id)).toBeDefined();
    }
  });

  it('is not kept of a node that is taken from the component while it reports', async () => {
    const id = await addNode('taken', collector);
    const take = async (tx: Tx) => {
      await sql`SELECT FROM nodes WHERE id = ${id} FOR UPDATE`.execute(tx);
      await sql`UPDATE nodes SET collector_id = NULL WHERE id = ${id}`.execute(tx);
      await resetNodeStates(tx, [id]);
    };
    const report = await database.db.transaction().execute(async (tx) => {
      await take(tx);
      const report = keep(met(id, 'timeout', 'no answer'));
      await waitFor(async () => {
        const { rows } = await sql`SELECT FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(database.db);
        return rows.length > 0;
      });
      return { isWritten: report };
    });
    await report.isWritten;
    expect(await look(id)).toBeUndefined();
  });
});
